"""A batch of paper forms, and somebody at its keying screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.db import db
from tests.survey.entry.desk import Desk, MadeIds
from tests.survey.factory import make_batch, make_round


@pytest.fixture
def made(app: Flask) -> MadeIds:
    """A round with an open survey of three agencies, by the ids of what was made."""
    with app.app_context():
        made = make_round(db.session)
        return MadeIds(made.survey.id, [stratum.id for stratum in made.strata])


@pytest.fixture
def batch_id(app: Flask) -> int:
    with app.app_context():
        return make_batch(db.session, make_round(db.session)).id


@pytest.fixture
def enumerator(sign_in: Callable[..., int]) -> int:
    return sign_in("enumerator")


@pytest.fixture
def desk(client: FlaskClient, batch_id: int, enumerator: int) -> Desk:
    return Desk(client, batch_id)
