"""Rounds whose results are computed: how they are ordered, found and changed."""

from __future__ import annotations

import uuid
from typing import NamedTuple

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey.db import db
from survey.models import Round, Run
from tests.survey.answered import answered_round
from tests.survey.factory import make_user

DEFAULT_FORM = {
    "official": "weighted",
    "targets": "yes",
    "aggregation": "item_mean",
    "satisfaction": "scaled_mean",
    "absent_group": "refuse",
    "minimum_cell": "5",
}


class TheRound(NamedTuple):
    """The round under test, as its pages are found."""

    id: int
    code: str
    units: list[str]
    survey: str

    @property
    def runs(self) -> str:
        return f"/rounds/{self.id}/runs"


def new_round(app: Flask, **values: object) -> TheRound:
    """A round answered and appraised, ready to be computed."""
    with app.app_context():
        made = answered_round(db.session, **values)
        codes = [unit.code for unit in made.units]
        return TheRound(made.round.id, made.round.code, codes, made.survey.code)


def computed(client: FlaskClient, a_round: TheRound, **settings: str) -> str:
    """Press the button as somebody who may, wait for the job: the address of the run."""
    started = client.submit(a_round.runs, {**DEFAULT_FORM, **settings})
    assert started.status_code == 302, started.text
    return client.get(started.location).location


class SharedRun(NamedTuple):
    """A run that tests only read: its application, its round, its address."""

    app: Flask
    round: TheRound
    address: str


def new_analyst(app: Flask) -> FlaskClient:
    """The browser of an analyst who came just now."""
    with app.app_context():
        analyst = make_user(db.session, "analyst")
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = f"{analyst.id}."
    return client


def the_run(app: Flask, address: str) -> Run:
    """The run at this address, with its result."""
    with app.app_context():
        run = db.session.get_one(Run, uuid.UUID(address.rpartition("/")[2]))
        assert run.result
        return run


def round_state(app: Flask) -> str:
    with app.app_context():
        return db.session.scalar(sa.select(Round.state))


def in_database(app: Flask, statement: sa.Executable) -> None:
    with app.app_context():
        db.session.execute(statement)
        db.session.commit()


def percent(figure: str) -> str:
    """A percentage as pages write it, its space not breaking."""
    return f"{figure}\N{NO-BREAK SPACE}%"


def saved(client: FlaskClient, address: str, **kwargs: object):
    """What a browser saves to disk: a file, which is not held to the rules of our pages."""
    return FlaskClient.open(client, address, **kwargs)
