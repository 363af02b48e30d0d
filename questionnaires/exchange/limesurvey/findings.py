"""What is found while a survey is read: faults that refuse it, notes on what it loses on the way."""

from __future__ import annotations

from questionnaires.sheets import Row, Sheet, SheetFault


class Findings:
    """Collects faults and notes at the cells of one sheet, each once, in the order of the rows."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._faults: list[SheetFault] = []
        self._notes: list[SheetFault] = []

    @property
    def faults(self) -> tuple[SheetFault, ...]:
        return tuple(sorted(self._faults, key=_position))

    @property
    def notes(self) -> tuple[SheetFault, ...]:
        return tuple(sorted(self._notes, key=_position))

    def refuse(self, row: Row | None, heading: str, template: str, /, **values: object) -> None:
        self._add(self._faults, self.sheet.fault(row, heading, template, values))

    def note(self, row: Row | None, heading: str, template: str, /, **values: object) -> None:
        self._add(self._notes, self.sheet.fault(row, heading, template, values))

    def _add(self, found: list[SheetFault], fault: SheetFault) -> None:
        if fault not in found:
            found.append(fault)


def _position(fault: SheetFault) -> tuple[int, int]:
    return (fault.row or 0, fault.column or 0)
