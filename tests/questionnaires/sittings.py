"""A form that rates departments, as deputies fill it in for several of them at once."""

from __future__ import annotations

import datetime
from typing import Any

from questionnaires.schema import Questionnaire
from tests.questionnaires.forms import AGREE, choice, form, question, section, words

TODAY = datetime.date(2024, 12, 2)
UNITS = (("so-y-te", "Sở Y tế"), ("so-tu-phap", "Sở Tư pháp"), ("So.Tu.Phap", "Sở Tư pháp (cũ)"))
LEVELS = [choice("poor"), choice("fair"), choice("good")]
ROWS = [{"code": "duty", "text": words("Trách nhiệm")}, {"code": "manners", "text": words("Thái độ")}]


def rated(code: str, kind: str = "scale", **more: Any) -> dict[str, Any]:
    answers = {} if "scale" in more else {"choices": LEVELS}
    return question(code, kind, unit_of_rating="department", **answers | more)


def deputies() -> Questionnaire:
    """Two questions about the deputy, then five items per department, and a comment at the end."""
    return form(
        section("you", question("level", "single", choices=LEVELS, profile=True, required=True)),
        section(
            "work",
            question("before", "note"),
            rated("steering", required=True),
            question("heard", "text"),
            question("between", "note"),
            rated("openness", scale="agree", criterion="openness"),
            rated("officials", "matrix", rows=ROWS, relevant="${level} != 'poor'"),
            question("after", "note"),
            intro=words("Đánh giá từng đơn vị"),
        ),
        section("end", rated("impact", "single"), question("comment", "long_text")),
        scales=[AGREE],
    )
