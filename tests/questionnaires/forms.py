"""Definitions the tests fill in: short ways to write questions, and one small form with every kind."""

from __future__ import annotations

from typing import Any

from questionnaires import parse_questionnaire
from questionnaires.schema import Questionnaire


def words(text: str) -> dict[str, str]:
    return {"vi": text, "en": f"{text} (en)"}


def choice(code: str, missing: str | None = None) -> dict[str, Any]:
    return {"code": code, "text": words(code.title()), "missing": missing}


def question(code: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "text": words(code)} | more


def section(code: str, *questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"code": code, "title": words(code), "questions": list(questions), **more}


def definition(*sections: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "code": "form",
        "version": "1",
        "title": words("Phiếu"),
        "group": "citizen",
        "languages": ["vi", "en"],
        "sections": list(sections),
        **more,
    }


AGREE = {
    "code": "agree",
    "choices": [choice("no"), choice("rather"), choice("yes"), choice("dk", "dont_know")],
}


def form(*sections: dict[str, Any], **more: Any) -> Questionnaire:
    return parse_questionnaire(definition(*sections, **more))


def one_question(kind: str, **more: Any) -> Questionnaire:
    return form(section("s", question("q", kind, **more)))


def every_kind() -> Questionnaire:
    """A questionnaire with a question of each kind, coded by it."""
    picks = [choice("a"), choice("b"), choice("c"), choice("dk", "dont_know")]
    rows = [{"code": "row_1", "text": words("Một")}, {"code": "row_2", "text": words("Hai")}]
    return form(
        section(
            "choices",
            question("single", "single", choices=picks),
            question("multiple", "multiple", choices=picks),
            question("scale", "scale", scale="agree"),
            question("matrix", "matrix", scale="agree", rows=rows),
            question("rank", "rank", choices=picks),
        ),
        section(
            "values",
            question("integer", "integer"),
            question("decimal", "decimal"),
            question("text", "text"),
            question("long_text", "long_text"),
            question("date", "date"),
            question("note", "note"),
            question("place", "place"),
            question("rated_unit", "unit"),
        ),
        scales=[AGREE],
    )
