"""The parts of a score: how each is read and written, and what must hold among them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.faults import N_, Fault
from questionnaires.framework import Node
from questionnaires.written import Unreadable, clean, read_number, write_number

LONGEST_TEXT = 5_000

TOO_LONG = N_("This text is too long: it may have 5,000 characters.")
OUT_OF_RANGE = N_("Points of this criterion lie between 0 and %(maximum)s.")
CUT_WITHOUT_NOTE = N_("The points lie below the self-score of %(self_score)s: say why in the note.")
NO_REASON = N_("Say why the criterion does not apply.")
REASON_ALONE = N_("There is a reason why the criterion does not apply, but it is not marked so.")
POINTS_ON_NOTHING = N_("A criterion that does not apply gets no points. Delete the points or the mark.")

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """`read` makes a value of what was typed and raises Unreadable; `write` is its inverse."""

    title: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    blank: Any


def read_points(raw: str) -> float | None:
    return float(read_number(raw)) if raw.strip() else None


def write_points(value: float | None) -> str:
    if value is None:
        return ""
    return write_number(int(value) if float(value).is_integer() else value)


def read_text(raw: str) -> str:
    text = clean(raw)
    if len(text) > LONGEST_TEXT:
        raise Unreadable(TOO_LONG, raw)
    return text


INAPPLICABLE = "no"


def points_column(title: str) -> Column:
    return Column(title, read_points, write_points, None)


def text_column(title: str) -> Column:
    return Column(title, read_text, str, "")


COLUMNS: dict[str, Column] = {
    "self_score": points_column(N_("Self-score")),
    "evidence": text_column(N_("Evidence")),
    "explanation": text_column(N_("Explanation")),
    "appraised": points_column(N_("Appraised points")),
    "appraisal_note": text_column(N_("Note of the appraisal")),
    "applicable": Column(
        N_("Applies"),
        lambda raw: raw != INAPPLICABLE,
        lambda applicable: "" if applicable else INAPPLICABLE,
        True,
    ),
    "inapplicable_reason": text_column(N_("Why it does not apply")),
}
BLANK = {name: column.blank for name, column in COLUMNS.items()}


def values_of(score: object | None) -> dict[str, Any]:
    """Every part of a stored score; blanks where nothing is stored yet."""
    return dict(BLANK) if score is None else {name: getattr(score, name) for name in COLUMNS}


def written(values: Values) -> dict[str, str]:
    """The values as people type them."""
    return {name: COLUMNS[name].write(value) for name, value in values.items()}


def read(raw: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    """The values typed, and a fault (its place the column) for each that cannot be read."""
    values, faults = {}, []
    for name, text in raw.items():
        try:
            values[name] = COLUMNS[name].read(text)
        except Unreadable as error:
            faults.append(Fault(name, error.template, error.values))
    return values, faults


def changed(values: Values, stored: Values) -> dict[str, Any]:
    """The values that are not what is stored."""
    return {name: value for name, value in values.items() if not is_same(value, stored[name])}


def is_same(value: object, other: object) -> bool:
    """Spreadsheets keep 15 digits of a number: less than that is no change."""
    if isinstance(value, float) and isinstance(other, float):
        return math.isclose(value, other, rel_tol=0, abs_tol=1e-9)
    return value == other


def check(leaf: Node, values: Values) -> Iterator[Fault]:
    """What is wrong with the parts of a score together; the place of a fault is its column."""
    for name in ("self_score", "appraised"):
        if values[name] is not None and not 0 <= values[name] <= leaf.max_points:
            yield Fault(name, OUT_OF_RANGE, {"maximum": leaf.max_points})
    if values["applicable"]:
        yield from check_cut(values)
        if values["inapplicable_reason"]:
            yield Fault("applicable", REASON_ALONE)
        return
    if values["appraised"] is not None:
        yield Fault("appraised", POINTS_ON_NOTHING)
    if not values["inapplicable_reason"]:
        yield Fault("inapplicable_reason", NO_REASON)


def check_cut(values: Values) -> Iterator[Fault]:
    own, given = values["self_score"], values["appraised"]
    if own is not None and given is not None and given < own and not values["appraisal_note"]:
        yield Fault("appraisal_note", CUT_WITHOUT_NOTE, {"self_score": own})
