"""Parts of a definition that remember the row they come from, so that its faults are named there."""

from __future__ import annotations

from typing import Any

from questionnaires.exchange.imported import inside
from questionnaires.exchange.limesurvey.survey import HELP, NAME, RELEVANCE, TEXT, TYPE
from questionnaires.faults import Fault
from questionnaires.sheets import Row

COLUMNS = {
    "code": NAME,
    "hint": HELP,
    "intro": TEXT,
    "relevant": RELEVANCE,
    "required": "mandatory",
    "text": TEXT,
    "title": NAME,
}
"""Key of a definition → the column it is read from; the type of a question for all others."""


class Sourced(dict[str, Any]):
    """A table of a definition with its row; of the whole survey, None."""

    def __init__(self, row: Row | None, /, **values: Any) -> None:
        self.row = row
        super().__init__(
            {key: value for key, value in values.items() if value not in (None, "", False, [], {})}
        )


def cell_of(definition: Sourced, fault: Fault) -> tuple[Row | None, str]:
    """The row and column that a fault of the definition was read from."""
    value: Any = definition
    row, column = definition.row, ""
    for part in fault.place.split("."):
        value = inside(value, part)
        column = COLUMNS.get(part, column)
        if isinstance(value, Sourced):
            row, column = value.row, TYPE
    return row, column
