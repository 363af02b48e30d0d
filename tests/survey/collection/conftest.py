"""A round with an open survey, within an application context: tests look into the database all the time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from survey.db import db
from tests.survey.factory import MadeRound, make_round


@pytest.fixture
def made(app: Flask) -> Iterator[MadeRound]:
    with app.app_context():
        yield make_round(db.session)
