"""A survey in which deputies rate several agencies at once."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask

from tests.survey.factory import choices, words
from tests.survey.respond.surveyed import Round

LEVELS = choices(
    ("poor", "Kém", "Poor"),
    ("fair", "Trung bình", "Fair"),
    ("good", "Tốt", "Good"),
    dont_know="Không biết",
)
DEPUTIES: dict[str, Any] = {
    "code": "deputies",
    "version": "1",
    "title": words("Phiếu khảo sát đại biểu", "Questionnaire for deputies"),
    "group": "deputy",
    "languages": ["vi", "en"],
    "illustrative": True,
    "sections": [
        {
            "code": "work",
            "title": words("Đánh giá các cơ quan", "The agencies"),
            "intro": words("Xin đánh giá từng cơ quan.", "Please rate each agency."),
            "questions": [
                {
                    "code": code,
                    "kind": "scale",
                    "text": text,
                    "choices": LEVELS,
                    "unit_of_rating": "department",
                    "required": True,
                }
                for code, text in (
                    ("steering", words("Công tác chỉ đạo, điều hành", "Steering")),
                    ("openness", words("Công khai, minh bạch", "Openness")),
                )
            ],
        },
        {
            "code": "end",
            "title": words("Ý kiến khác", "Anything else"),
            "questions": [
                {"code": "comment", "kind": "long_text", "text": words("Góp ý thêm", "Anything else?")}
            ],
        },
    ],
}


def make_sitting(app: Flask, *, units: int) -> Round:
    """A stored round with an open survey of this questionnaire, over all its units at once."""
    made = Round(app, questionnaire=DEPUTIES, units=units)
    made.change(rates="several")
    return made


def rows_at(page: str) -> list[str]:
    """The codes of the rows of a page, one for each unit, in order."""
    return list(dict.fromkeys(re.findall(r'type="radio" name="(\w+)"', page)))
