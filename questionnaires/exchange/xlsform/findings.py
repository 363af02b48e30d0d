"""What is found while a form is read: faults that refuse it, notes on what it loses or gains by it."""

from __future__ import annotations

from questionnaires.exchange.xlsform.lines import Line
from questionnaires.sheets import SheetFault


class Findings:
    """Collects faults and notes, each once."""

    def __init__(self) -> None:
        self._faults: dict[tuple[object, ...], SheetFault] = {}
        self._notes: dict[tuple[object, ...], SheetFault] = {}

    @property
    def faults(self) -> tuple[SheetFault, ...]:
        return tuple(self._faults.values())

    @property
    def notes(self) -> tuple[SheetFault, ...]:
        return tuple(self._notes.values())

    def refuse(self, line: Line, column: str, template: str, /, **values: object) -> None:
        self.add_fault(line.found(column, template, values))

    def note(self, line: Line, column: str, template: str, /, **values: object) -> None:
        self.add_note(line.found(column, template, values))

    def add_fault(self, fault: SheetFault) -> None:
        self._faults.setdefault(_identity(fault), fault)

    def add_note(self, note: SheetFault) -> None:
        self._notes.setdefault(_identity(note), note)


def _identity(found: SheetFault) -> tuple[object, ...]:
    return (found.sheet, found.row, found.column, found.template, str(found.values))
