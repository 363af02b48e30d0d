"""Parts of a definition that remember the row they come from, so that its faults are named there."""

from __future__ import annotations

from typing import Any

from questionnaires.exchange.imported import inside
from questionnaires.exchange.xlsform.columns import CRITERION, FACTOR, GROUP, MISSING
from questionnaires.exchange.xlsform.lines import Line
from questionnaires.faults import Fault
from questionnaires.sheets import SheetFault

COLUMNS = {
    "choices": "type",
    "code": "name",
    "criterion": CRITERION,
    "factor": FACTOR,
    "intro": "label",
    "kind": "type",
    "missing": MISSING,
    "rows": "type",
    "scale": "type",
    "text": "label",
    "title": "label",
}
"""Key of a definition → the column it is read from, where they differ."""

HEAD_COLUMNS = {"code": "id_string", "group": GROUP, "title": "form_title"}


class Sourced(dict[str, Any]):
    """A table of a definition with its row; of the whole form, the row of its settings or None."""

    def __init__(self, line: Line | None, /, **values: Any) -> None:
        self.line = line
        super().__init__({key: value for key, value in values.items() if _is_given(value)})


def _is_given(value: Any) -> bool:
    return value not in (None, "", False) and value != [] and value != {}


def in_sheet(definition: Sourced, fault: Fault, survey: str) -> SheetFault:
    """A fault of the definition at the cell that it was read from; of the whole form where there is none."""
    source, rest = definition, fault.place.split(".")
    value: Any = definition
    for depth, part in enumerate(fault.place.split("."), 1):
        value = inside(value, part)
        if isinstance(value, Sourced):
            source, rest = value, fault.place.split(".")[depth:]
    if source.line is None:
        return SheetFault(survey, None, None, fault.template, fault.values)
    columns = HEAD_COLUMNS if source is definition else COLUMNS
    column = columns.get(rest[0], rest[0]) if rest else "type"
    return source.line.found(column, fault.template, fault.values, rest[-1] if rest else "")
