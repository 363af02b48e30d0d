"""A round that can be computed, the button that computes it, runs to publish, and one run to be read only."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey import create_app
from survey.db import db
from survey.models import Round
from survey.security import limiter
from tests.survey.conftest import SETTINGS
from tests.survey.pages import InspectingClient
from tests.survey.results.rounds import SharedRun, TheRound, computed, in_database, new_analyst, new_round


@pytest.fixture
def the_round(app: Flask) -> TheRound:
    return new_round(app)


@pytest.fixture
def press(client: FlaskClient, the_round: TheRound):
    """A function that presses the button, waits for the job and gives the address of what it leads to."""
    return lambda **settings: computed(client, the_round, **settings)


@pytest.fixture
def closed_run(app, client, sign_in, the_round, press) -> str:
    """A run of the closed round, and a planner at the screen."""
    in_database(app, sa.update(Round).values(state="closed"))
    sign_in("analyst")
    address = press()
    sign_in("planner")
    return address


@pytest.fixture(scope="session")
def shared_run(
    new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory, compiled_translations: None
) -> Iterator[SharedRun]:
    """A run in a database of its own, computed once for all tests that only read it."""
    jobs_file = str(tmp_path_factory.mktemp("jobs") / "jobs.db")
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": new_database("read"), "JOBS_FILE": jobs_file})
    app.test_client_class = InspectingClient
    with app.app_context():
        db.create_all()
    a_round = new_round(app)
    yield SharedRun(app, a_round, computed(new_analyst(app), a_round))
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def reader(shared_run: SharedRun) -> FlaskClient:
    """An analyst who opens the shared run; a new one each time, as a language chosen stays with a person."""
    limiter.enabled = False  # as for `app`
    return new_analyst(shared_run.app)
