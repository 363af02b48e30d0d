"""A round with an open survey, and the people who come to answer it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import Round


@pytest.fixture
def a_round(app: Flask) -> Round:
    return Round(app)


@pytest.fixture
def citizen(a_round: Round, client: FlaskClient) -> Citizen:
    """Somebody in front of the first page of questions."""
    person = Citizen(client, a_round.slug)
    person.start(a_round.units[1])
    return person


@pytest.fixture
def newcomer(app: Flask, a_round: Round) -> Callable[[], Citizen]:
    """A function that makes further people, each with a browser of their own."""
    return lambda: Citizen(app.test_client(), a_round.slug)
