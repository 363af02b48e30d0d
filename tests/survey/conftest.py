"""The application on each database, a browser-like client that inspects every page, and people to be."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from survey import catalogs, create_app
from survey.accounts import passwords
from survey.db import db
from survey.models import Unit, User
from survey.security import limiter
from tests.survey.pages import InspectingClient

HERE = Path(__file__).parent
PASSWORD = "một câu dễ nhớ"
SETTINGS = {
    "TESTING": True,
    "SECRET_KEY": "only for tests, only for tests, only for tests",
    "SERVER_NAME": "localhost",
    "JOBS_IMMEDIATE": True,
    "RATELIMIT_ENABLED": True,
}


# Where parameters are what is stored, raced for or refused, the second database sees all of them.
ALL_ON_BOTH_DATABASES = (
    "collection",
    "exactly_once",
    "hostile",
    "paper",
    "test_migrations",
    "test_quota_races",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Elsewhere the second database sees each test once, with its first parameters: what else they change
    does not reach the database.
    """
    if os.environ.get("TEST_DATABASES", "both") != "both":
        return
    seen: set[tuple[object, ...]] = set()
    left_out = [item for item in items if is_again(item, seen)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def is_again(item: pytest.Item, seen: set[tuple[object, ...]]) -> bool:
    """Whether a test of this room has been on the second database; notes that it has now."""
    if not item.path.is_relative_to(HERE) or backend_of(item) != "postgresql":
        return False
    if item.path.relative_to(HERE).as_posix().startswith(ALL_ON_BOTH_DATABASES):
        return False
    test = (item.path, getattr(item, "originalname", item.name))
    is_seen = test in seen
    seen.add(test)
    return is_seen


def backend_of(item: pytest.Item) -> str | None:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("database_backend") if callspec else None


@pytest.fixture(scope="session", autouse=True)
def compiled_translations() -> None:
    catalogs.compile_all()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Real Argon2 with parameters that take a millisecond."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def shared_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    jobs_file = tmp_path_factory.mktemp("jobs") / "jobs.db"
    places = {"JOBS_FILE": str(jobs_file), "SCANS_FOLDER": str(tmp_path_factory.mktemp("scans"))}
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": database_url, **places})
    app.test_client_class = InspectingClient
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.session.remove()
        db.drop_all()
        db.engine.dispose()


@pytest.fixture
def app(shared_app: Flask) -> Iterator[Flask]:
    """The application with an empty database. Look into that within `with app.app_context():`."""
    limiter.enabled = False  # every test comes from one address; each new application switches it on again
    yield shared_app
    with shared_app.app_context():
        empty_all_tables()


def empty_all_tables() -> None:
    """In one statement where the database is asked over a wire, after each of some thousand tests."""
    deletions = [f"DELETE FROM {table.name}" for table in reversed(db.metadata.sorted_tables)]
    is_remote = db.engine.dialect.name == "postgresql"
    for statement in ["; ".join(deletions)] if is_remote else deletions:
        db.session.connection().exec_driver_sql(statement)
    db.session.commit()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts. It fails the test when a page it opens is badly made (see pages.py)."""
    return app.test_client()


@pytest.fixture
def new_user(app: Flask) -> Callable[..., int]:
    """A function that adds a user of a role, with PASSWORD, and returns the id."""

    def add(role: str, name: str | None = None, **values: object) -> int:
        with app.app_context():
            if role == "unit_officer" and "unit_id" not in values:
                values["unit_id"] = a_unit().id
            user = User(name=name or role, full_name=f"Người {role}", role=role, **values)
            user.password_hash = passwords.make_hash(PASSWORD)
            db.session.add(user)
            db.session.commit()
            return user.id

    return add


@pytest.fixture
def sign_in(client: FlaskClient, new_user: Callable[..., int]) -> Callable[..., int]:
    """A function that makes the client somebody of a role (adding the user), and returns the user's id."""

    def become(role: str, **values: object) -> int:
        user_id = new_user(role, **values)
        with client.session_transaction() as session:
            session["_user_id"] = f"{user_id}."
        return user_id

    return become


@pytest.fixture
def limited_tries(app: Flask) -> Iterator[None]:
    """Count how often this address tries, as in production, from nothing."""
    limiter.reset()
    limiter.enabled = True
    yield
    limiter.enabled = False


def a_unit() -> Unit:
    """A unit for officers whose unit does not matter."""
    unit = db.session.scalar(sa.select(Unit).where(Unit.code == "a-unit"))
    if unit is None:
        unit = Unit(code="a-unit", name="Sở Nội vụ", type="department", valid_from=date(2020, 1, 1))
        db.session.add(unit)
        db.session.flush()
    return unit
