"""What is found while a survey is read: faults that refuse it, notes on what it loses on the way."""

from __future__ import annotations

from questionnaires.exchange.imported import Found
from questionnaires.sheets import Row, Sheet, SheetFault


class Findings(Found):
    """Faults and notes at the cells of one sheet, in the order of the rows."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        super().__init__()

    @property
    def faults(self) -> tuple[SheetFault, ...]:
        return tuple(sorted(super().faults, key=_position))

    @property
    def notes(self) -> tuple[SheetFault, ...]:
        return tuple(sorted(super().notes, key=_position))

    def refuse(self, row: Row | None, heading: str, template: str, /, **values: object) -> None:
        self.add_fault(self.sheet.fault(row, heading, template, values))

    def note(self, row: Row | None, heading: str, template: str, /, **values: object) -> None:
        self.add_note(self.sheet.fault(row, heading, template, values))


def _position(fault: SheetFault) -> tuple[int, int]:
    return (fault.row or 0, fault.column or 0)
