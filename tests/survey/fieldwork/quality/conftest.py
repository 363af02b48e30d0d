"""Ten careful people, four who tick one level throughout, three with the same words, two quick ones."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from survey.db import db, today
from survey.fieldwork.quality.look import Look, last_look
from survey.models import Response, ResponseFlag, ResponseVersion, Survey
from tests.survey.factory import SMALL_QUESTIONNAIRE, MadeRound, make_round, words
from tests.survey.fieldwork.conftest import kept

ROWS = tuple(f"r{number}" for number in range(8))
SAME_WORDS = "Cán bộ giải thích rất rõ ràng"
SECTIONS = SMALL_QUESTIONNAIRE["sections"]
RATING = {
    "code": "service",
    "title": words("Sự phục vụ", "The service"),
    "questions": [
        {
            "code": "items",
            "kind": "matrix",
            "scale": "satisfaction3",
            "text": words("Ông/Bà hài lòng ở mức nào?", "How satisfied are you?"),
            "rows": [{"code": code, "text": words(f"Mục {code}", f"Item {code}")} for code in ROWS],
        }
    ],
}
QUESTIONNAIRE = {**SMALL_QUESTIONNAIRE, "code": "rated", "sections": [RATING, SECTIONS[-1]]}
CAREFUL = dict(zip(ROWS, ("low", "middle", "high") * 3, strict=False))
STRAIGHT = dict.fromkeys(ROWS, "high")


@pytest.fixture
def rated(app) -> MadeRound:
    with app.app_context():
        made = kept(make_round(db.session, questionnaire=QUESTIONNAIRE, codes_each=0))
        for _ in range(10):
            add(made, 0, CAREFUL)
        for _ in range(4):
            add(made, 1, {**STRAIGHT, "ethnicity": "kinh"})
        for _ in range(3):
            add(made, 2, {**CAREFUL, "comment": SAME_WORDS})
        for _ in range(2):
            add(made, 0, CAREFUL, flags=("fast", "burst"))
        db.session.commit()
    return made


def add(made: MadeRound, place: int, answers: dict[str, Any], flags: tuple[str, ...] = ()) -> uuid.UUID:
    stratum, response_id = made.strata[place], uuid.uuid4()
    row = {"survey_id": made.survey.id, "unit_id": stratum.unit_id, "stratum_id": stratum.id}
    db.session.execute(
        sa.insert(Response), [{"id": response_id, **row, "mode": "online", "received_on": today()}]
    )
    version = {"response_id": response_id, "version": 1, "answers": answers, "made_on": today()}
    db.session.execute(sa.insert(ResponseVersion), [version])
    for kind in flags:
        db.session.execute(sa.insert(ResponseFlag), [{"response_id": response_id, "kind": kind}])
    return response_id


@pytest.fixture
def looked(client, sign_in, rated) -> MadeRound:
    """The same after an analyst had the answers looked through."""
    sign_in("analyst")
    client.set_cookie("language", "en")
    client.submit(f"/surveys/{rated.survey.id}/quality")
    return rated


def stored_look(made: MadeRound) -> Look:
    """What was found last; call it within the application's context."""
    return last_look(db.session.get(Survey, made.survey.id))
