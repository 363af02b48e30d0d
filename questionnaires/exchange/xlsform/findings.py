"""What is found while a form is read: faults that refuse it, notes on what it loses or gains by it."""

from __future__ import annotations

from questionnaires.exchange.imported import Found
from questionnaires.exchange.xlsform.lines import Line


class Findings(Found):
    """Faults and notes at the cells of the form's lines, in the order found."""

    def refuse(self, line: Line, column: str, template: str, /, **values: object) -> None:
        self.add_fault(line.found(column, template, values))

    def note(self, line: Line, column: str, template: str, /, **values: object) -> None:
        self.add_note(line.found(column, template, values))
