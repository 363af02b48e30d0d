"""A planner, and what stands in the database before they begin."""

from __future__ import annotations

import pytest

from survey.builder.shelves import FRAMEWORKS, QUESTIONNAIRES, add_shipped
from survey.db import db
from tests.survey.factory import MadeRound, make_round
from tests.survey.fieldwork.desk import CITIZENS, FRAMEWORK


@pytest.fixture
def planner(client, sign_in):
    sign_in("planner")
    return client


@pytest.fixture
def made(app) -> MadeRound:
    """A round with three agencies and one open survey; look at its ids within the test."""
    with app.app_context():
        return kept(make_round(db.session, codes_each=0))


def kept(made: MadeRound) -> MadeRound:
    """The round with its rows read, for use outside the session that made it."""
    for row in (made.round, made.survey, *made.units, *made.strata):
        db.session.refresh(row)
    db.session.expunge_all()
    return made


@pytest.fixture
def citizens(app) -> MadeRound:
    """The same, asking the shipped questionnaire for citizens."""
    with app.app_context():
        return kept(make_round(db.session, questionnaire=CITIZENS, codes_each=0))


@pytest.fixture
def definitions(app) -> dict[str, int]:
    """The ids of a stored framework and questionnaire."""
    with app.app_context():
        framework, _ = add_shipped(FRAMEWORKS, FRAMEWORK)
        questionnaire, _ = add_shipped(QUESTIONNAIRES, CITIZENS)
        db.session.commit()
        return {"framework": framework.id, "questionnaire": questionnaire.id}
