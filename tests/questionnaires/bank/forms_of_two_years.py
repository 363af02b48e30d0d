"""A citizens' form of 2024 and ways to make that of 2025 out of it, as next year's author does."""

from __future__ import annotations

from typing import Any

from questionnaires import library, parse_questionnaire
from questionnaires.editing.question_places import question_of
from questionnaires.editing.question_setting import set_question
from questionnaires.editing.questionnaire_head import next_version
from questionnaires.editing.questionnaire_scales import scale_of, set_scale
from questionnaires.schema import Questionnaire

SHIPPED = "citizen-satisfaction-2024"


def next_year(code: str = "citizen-satisfaction-2025", version: str = "1") -> dict[str, Any]:
    return next_version(library.source(SHIPPED), version, code)


def with_row(form: dict[str, Any], question: str, row: str, **changes: Any) -> dict[str, Any]:
    """The form after one row of a matrix was changed."""
    table = question_of(form, question)[1]
    for entry in table["rows"]:
        if entry["code"] == row:
            entry.update(changes)
    return set_question(form, question, table)


def with_question(form: dict[str, Any], question: str, **changes: Any) -> dict[str, Any]:
    return set_question(form, question, question_of(form, question)[1] | changes)


def with_levels(form: dict[str, Any], levels: list[dict[str, Any]]) -> dict[str, Any]:
    """The form after the satisfaction scale was given other levels; its special answers stay."""
    table = scale_of(form, "satisfaction5")
    special = [choice for choice in table["choices"] if "missing" in choice]
    return set_scale(form, "satisfaction5", table | {"choices": [*levels, *special]})


def levels(form: dict[str, Any]) -> list[dict[str, Any]]:
    choices = scale_of(form, "satisfaction5")["choices"]
    return [choice for choice in choices if "missing" not in choice]


def parsed(form: dict[str, Any]) -> Questionnaire:
    return parse_questionnaire(form)
