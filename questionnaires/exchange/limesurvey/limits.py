"""The attributes of a question that limit its answer, as constraints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaires.exchange.limesurvey import words
from questionnaires.exchange.limesurvey.building import Builder
from questionnaires.exchange.limesurvey.survey import Asked
from questionnaires.faults import N_
from questionnaires.written import Unreadable, read_number, write_number

NOT_A_LIMIT = N_("“%(raw)s” is no number; the limit is not kept.")


def whole_only(asked: Asked) -> bool:
    return asked.row["num_value_int_only"] in ("1", "Y")


def within(builder: Builder, asked: Asked) -> dict[str, Any]:
    """Least and most of a number."""
    texts = {"least": words.AT_LEAST, "most": words.AT_MOST}
    return _limits(builder, asked, ".", {"least": "min_num_value_n", "most": "max_num_value_n"}, texts)


def choosing(builder: Builder, asked: Asked) -> dict[str, Any]:
    """Least and most of the answers to choose."""
    texts = {"least": words.CHOOSE_LEAST, "most": words.CHOOSE_MOST}
    return _limits(
        builder, asked, "count-selected(.)", {"least": "min_answers", "most": "max_answers"}, texts
    )


def _limits(
    builder: Builder,
    asked: Asked,
    measured: str,
    columns: Mapping[str, str],
    texts: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """The constraint and its message; nothing where no attribute is filled in."""
    found = {name: number for name, column in columns.items() if (number := _number(builder, asked, column))}
    signs = {"least": ">=", "most": "<="}
    said = [builder.say(texts[name], **{name: number}) for name, number in found.items()]
    message = {language: " ".join(text[language] for text in said) for language in (said[0] if said else ())}
    sides = (f"{measured} {signs[name]} {number.replace(',', '.')}" for name, number in found.items())
    return {"constraint": " and ".join(sides), "constraint_message": message}


def _number(builder: Builder, asked: Asked, column: str) -> str:
    """The number in a column as people write it; "" where there is none."""
    raw = asked.row[column]
    try:
        return write_number(read_number(raw)) if raw else ""
    except Unreadable:
        builder.survey.findings.note(asked.row, column, NOT_A_LIMIT, raw=raw[:40])
        return ""
