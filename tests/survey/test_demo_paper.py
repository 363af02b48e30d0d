"""One batch of the example goes the whole way: printed, marked, scanned, settled, checked, in the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from questionnaires.answers import write_form
from survey import create_app
from survey.db import db, today
from survey.demo import Settings, load_example
from survey.demo.scanned_batch import CODE, FORMS, SLIPS, load_scanned_batch, texts_of_forms
from survey.export import round_inputs
from survey.models import Batch, FormEvent, Round, ScanPage
from tests.survey.conftest import SETTINGS


@pytest.fixture(scope="module")
def example(
    new_database: Callable[[str], str],
    quick_passwords: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Round, Settings]]:
    """The round with its scanned batch, made once and only read by these tests."""
    places = {"SCANS_FOLDER": str(tmp_path_factory.mktemp("scans"))}
    app = create_app({**SETTINGS, **places, "SQLALCHEMY_DATABASE_URI": new_database("scanned")})
    settings = Settings(SETTINGS["SECRET_KEY"], "một câu dễ nhớ", today(), responses=100)
    with app.app_context():
        db.create_all()
        round_ = load_example(db.session, settings)
        db.session.commit()
        load_scanned_batch(round_, settings, lambda message: None)
        yield round_, settings
        db.session.rollback()
        db.engine.dispose()


STEPS = ["printed", "issued", "returned", "entered", "accepted", "verified"]


def batch() -> Batch:
    return db.session.scalars(sa.select(Batch).filter_by(code=CODE)).one()


def test_every_form_is_accepted_with_just_what_was_marked_on_it(example):
    _round, settings = example
    found = [write_form(form.response.versions[0].answers) for form in batch().forms]
    marked = texts_of_forms(batch().survey, settings)
    assert len(found) == FORMS
    assert [plain(texts) for texts in found] == [plain(texts) for texts in marked]


def plain(texts: object) -> dict[str, list[str]]:
    return {item: list(values) for item, values in texts.items()}


def test_each_form_went_step_by_step(example):
    for form in batch().forms:
        query = sa.select(FormEvent.event).filter_by(form_id=form.id).order_by(FormEvent.id)
        assert list(db.session.scalars(query)) == STEPS
        assert form.response.mode == "scanned"


def test_where_two_boxes_are_marked_a_person_decided(example):
    for form, slip in zip(batch().forms, SLIPS, strict=True):
        sheets = db.session.scalars(sa.select(ScanPage).filter_by(form_id=form.id)).all()
        assert {sheet.state for sheet in sheets} == {"settled"}
        said = {item for sheet in sheets for item in sheet.readings.get("said", {})}
        assert not slip or slip in said


def test_its_answers_are_in_the_report_s_data(example):
    inputs = round_inputs(example[0])
    citizens = next(survey for survey in inputs.surveys if survey.code == batch().survey.code)
    assert sum(record["mode"] == "scanned" for record in citizens.records) == FORMS


def test_paper_and_screen_say_that_it_is_synthetic(example):
    assert "Giả lập" in batch().enumerator
    assert batch().survey.round.synthetic
    assert "Giả lập" in batch().survey.purpose
