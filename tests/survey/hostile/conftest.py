"""A survey that asks one question of each kind, and somebody in front of it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.survey.citizen import Citizen
from tests.survey.factory import YES_NO, choices, words
from tests.survey.respond.surveyed import Round


def asks(code: str, kind: str, **more: object) -> dict[str, object]:
    return {"code": code, "kind": kind, "text": words(f"Câu {code}", f"Question {code}"), **more}


THINGS = choices(("time", "Thời gian", "Time"), ("cost", "Chi phí", "Cost"))
EVERY_KIND = {
    "code": "every-kind",
    "version": "1",
    "title": words("Mọi loại câu hỏi", "Every kind of question"),
    "group": "citizen",
    "languages": ["vi", "en"],
    "illustrative": True,
    "sections": [
        {
            "code": "all",
            "title": words("Tất cả", "All"),
            "questions": [
                asks("one", "single", choices=YES_NO),
                asks("some", "multiple", choices=THINGS),
                asks("order", "rank", choices=THINGS),
                asks("count", "integer"),
                asks("share", "decimal"),
                asks("day", "date"),
                asks("word", "text"),
                asks("story", "long_text"),
                asks("where", "place"),
                asks("whose", "unit"),
            ],
        }
    ],
}


@pytest.fixture
def a_round(app: Flask) -> Round:
    return Round(app, questionnaire=EVERY_KIND)


@pytest.fixture
def citizen(a_round: Round, client: FlaskClient) -> Citizen:
    person = Citizen(client, a_round.slug)
    person.start(a_round.units[0])
    return person
