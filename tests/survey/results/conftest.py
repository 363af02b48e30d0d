"""A round that can be computed, the button that computes it, and a run that can be published."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey.models import Round
from tests.survey.results.rounds import DEFAULT_FORM, TheRound, in_database, new_round


@pytest.fixture
def the_round(app: Flask) -> TheRound:
    return new_round(app)


@pytest.fixture
def press(client: FlaskClient, the_round: TheRound):
    """A function that presses the button, waits for the job and gives the address of what it leads to."""

    def compute(**settings: str) -> str:
        started = client.submit(the_round.runs, {**DEFAULT_FORM, **settings})
        assert started.status_code == 302, started.text
        return client.get(started.location).location

    return compute


@pytest.fixture
def closed_run(app, client, sign_in, the_round, press) -> str:
    """A run of the closed round, and a planner at the screen."""
    in_database(app, sa.update(Round).values(state="closed"))
    sign_in("analyst")
    address = press()
    sign_in("planner")
    return address
