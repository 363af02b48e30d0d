"""The kinds of questions in one table: how an answer is read, checked and shown, what the question needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from questionnaires.kinds.checking import (
    Checked,
    check_choice,
    check_choices,
    check_day,
    check_decimal,
    check_integer,
    check_line,
    check_lines,
    check_nothing,
    check_pick,
)
from questionnaires.kinds.reading import (
    read_code,
    read_codes,
    read_day,
    read_decimal,
    read_integer,
    read_line,
    read_lines,
    read_nothing,
    read_order,
)
from questionnaires.kinds.showing import (
    show_choice,
    show_choices,
    show_day,
    show_number,
    show_order,
    show_text,
)
from questionnaires.schema import Question


@dataclass(frozen=True)
class Kind:
    """How one kind of question works.

    `read` turns the raw texts of a form into a value, None for a blank, and raises Unreadable. `check` names
    what is wrong with a value, wherever it comes from. `show` writes a good value for people.
    `levels` is the least number of non-missing choices, None where choices are out of place. Answers of
    `rated` kinds are one level each and may feed a criterion.
    """

    read: Callable[[Question, Sequence[str]], Any]
    check: Callable[[Question, Any], Checked]
    show: Callable[[Question, Any, str], str]
    levels: int | None = None
    rows: bool = False
    rated: bool = False
    answered: bool = True


KINDS: dict[str, Kind] = {
    "single": Kind(read_code, check_choice, show_choice, levels=1, rated=True),
    "multiple": Kind(read_codes, check_choices, show_choices, levels=1),
    "scale": Kind(read_code, check_choice, show_choice, levels=2, rated=True),
    "matrix": Kind(read_code, check_choice, show_choice, levels=2, rows=True, rated=True),
    "integer": Kind(read_integer, check_integer, show_number),
    "decimal": Kind(read_decimal, check_decimal, show_number),
    "text": Kind(read_line, check_line, show_text),
    "long_text": Kind(read_lines, check_lines, show_text),
    "date": Kind(read_day, check_day, show_day),
    "rank": Kind(read_order, check_choices, show_order, levels=2),
    "note": Kind(read_nothing, check_nothing, show_text, answered=False),
    "place": Kind(read_line, check_pick, show_choice, levels=0),
    "unit": Kind(read_line, check_pick, show_choice, levels=0),
}


def is_rated(kind: str) -> bool:
    return kind in KINDS and KINDS[kind].rated
