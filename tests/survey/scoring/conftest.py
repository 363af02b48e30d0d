"""A round whose units may still score themselves."""

from __future__ import annotations

import datetime

import pytest

from survey.db import db, today
from tests.survey.factory import make_round
from tests.survey.scoring.place import Place


@pytest.fixture
def place(app) -> Place:
    """A round of three units, its self-scores due in five days."""
    with app.app_context():
        made = make_round(db.session)
        made.round.self_score_due = today() + datetime.timedelta(days=5)
        db.session.commit()
        return Place(made.round.id, [unit.id for unit in made.units])
