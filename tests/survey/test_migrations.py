"""The migrations build the database that the models describe."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from survey import create_app
from survey.collection import PaperEntry, Submission, reject, submit, verify
from survey.db import db
from survey.models import FormEvent, FormReading, PaperForm
from tests.survey.conftest import SETTINGS
from tests.survey.factory import ANSWERS, make_batch, make_round, make_user


def migrated(url: str):
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": url, "JOBS_FILE": ":memory:"})
    with app.app_context():
        flask_migrate.upgrade()
    return app


def test_migrations_and_models_agree(new_database: Callable[[str], str]) -> None:
    app = migrated(new_database("migrated"))
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_migrations_keep_every_promise_of_the_tables(new_database: Callable[[str], str]) -> None:
    """Alembic compares no CHECK constraints, and nothing that is SQLite's alone."""
    app, plain = migrated(new_database("migrated")), new_database("created")
    with app.app_context():
        created = sa.create_engine(plain)
        db.metadata.create_all(created)
        assert promises(db.engine) == promises(created)


def promises(engine: sa.Engine) -> dict[str, object]:
    """Each table's CHECK constraints, and on SQLite whether its rows lie in the order of their arrival."""
    inspector = sa.inspect(engine)
    checks = {
        table: sorted(check["name"] for check in inspector.get_check_constraints(table))
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }
    if engine.dialect.name != "sqlite":
        return checks
    with engine.connect() as connection:
        listed = connection.execute(sa.text("PRAGMA table_list")).mappings().all()
        return {row["name"]: (checks[row["name"]], row["wr"]) for row in listed if row["name"] in checks}


def test_migrations_can_be_taken_back(new_database: Callable[[str], str]) -> None:
    app = migrated(new_database("migrated"))
    with app.app_context():
        flask_migrate.downgrade(revision="base")
        assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}


def test_answers_outlive_the_way_back_and_forth(new_database: Callable[[str], str]) -> None:
    app = migrated(new_database("migrated"))
    with app.app_context():
        made = make_round(db.session)
        for _ in range(3):
            submit(made.survey, Submission(uuid.uuid4(), made.strata[0].id, ANSWERS))
        db.session.remove()
        before = contents()
        flask_migrate.downgrade(revision="0003")
        flask_migrate.upgrade()
        assert contents() == before
        with pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
            connection.execute(sa.text("DELETE FROM surveys"))  # foreign keys hold again


def test_keyed_forms_outlive_the_way_back_and_forth(new_database: Callable[[str], str]) -> None:
    """The older tables know a form as keyed, verified or rejected, and what was keyed as its response."""
    app = migrated(new_database("migrated"))
    with app.app_context():
        supervisor = key_three_forms()
        db.session.remove()
        before = contents()
        flask_migrate.downgrade(revision="0004")
        with db.engine.connect() as connection:
            states = connection.scalars(sa.text("SELECT state FROM paper_forms ORDER BY number"))
            assert states.all() == ["keyed", "verified", "rejected"]
        flask_migrate.upgrade()
        after = contents()
        known = {"batches", "form_events", "form_readings"}  # these gain what the older tables did not hold
        assert {each: after[each] for each in after.keys() - known} == {
            each: before[each] for each in before.keys() - known
        }
        readings = db.session.scalars(sa.select(FormReading).order_by(FormReading.form_id)).all()
        assert [(each.kind, each.answers, each.person_id) for each in readings] == [
            ("first", ANSWERS, supervisor - 1)
        ] * 3
        assert set(db.session.scalars(sa.select(FormEvent.event))) == {"accepted"}
        seeds = [batch.seed for batch in {form.batch for form in db.session.scalars(sa.select(PaperForm))}]
        assert [len(seed) for seed in seeds] == [32]


def key_three_forms() -> int:
    """One keyed, one verified and one rejected; the id of who checked them, the keyer's is the one before."""
    made = make_round(db.session)
    batch, keyer, supervisor = make_batch(db.session, made), make_user(db.session), make_user(db.session)
    for number in (1, 2, 3):
        paper = PaperEntry(batch.id, number, keyer.id)
        submit(made.survey, Submission(uuid.uuid4(), made.strata[0].id, ANSWERS, mode="keyed", paper=paper))
    forms = db.session.scalars(sa.select(PaperForm).order_by(PaperForm.number)).all()
    verify(forms[1], supervisor)
    reject(forms[2].response, supervisor, "phiếu trắng")
    return supervisor.id


def contents() -> dict[str, list[str]]:
    with db.engine.connect() as connection:
        return {
            table.name: sorted(map(str, connection.execute(table.select())))
            for table in db.metadata.sorted_tables
        }
