"""Where in the workbook each value of the definition stands, and everything found wrong on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from questionnaires.exchange.framework_sheet.column import Column
from questionnaires.exchange.framework_sheet.forms import CellRefused
from questionnaires.sheets import Row, Sheet, SheetFault


@dataclass(frozen=True)
class Spot:
    """A cell, or where one should be; of all rows where `row` is None. `column`: what belongs there."""

    sheet: Sheet
    row: Row | None
    heading: str = ""
    column: Column | None = None

    @property
    def cell(self) -> bool:
        """Whether the sheet has this cell."""
        return self.row is not None and bool(self.heading)

    @property
    def faulty(self) -> bool:
        """Whether the sheet itself says that the cell holds nothing to read."""
        known = self.fault("", {})
        return any((fault.row, fault.column) == (known.row, known.column) for fault in self.sheet.faults)

    def fault(self, template: str, values: Mapping[str, object]) -> SheetFault:
        return self.sheet.fault(self.row, self.heading, template, values)


@dataclass
class Ledger:
    """Filled while the workbook is read. A place is a path in the definition: "nodes.12.rule.full"."""

    faults: list[SheetFault] = field(default_factory=list)
    spots: dict[str, Spot] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def refuse(self, place: str, template: str, values: Mapping[str, object]) -> None:
        """Note a fault at a place; what stands there counts as unread, so that nothing follows from it."""
        self.unread.add(place)
        self.faults.append(self.spot(place).fault(template, values))

    def spot(self, place: str) -> Spot:
        """The cell of a place, of the first thing inside it, or of what it is inside."""
        if place in self.spots:
            return self.spots[place]
        inside = (spot for known, spot in self.spots.items() if known.startswith(f"{place}."))
        around = (self.spots.get(outer) for outer in reversed(places_around(place)))
        return next(inside, None) or next(filter(None, around), None) or self.spots[""]

    def hides(self, place: str) -> bool:
        """Whether a fault there would only say again that something could not be read."""
        broad = place in ("", "nodes")
        inside = not broad and any(known.startswith(f"{place}.") for known in self.unread)
        return inside or not self.unread.isdisjoint(places_around(place))


def places_around(place: str) -> list[str]:
    """The place itself and all that contain it: "a.1.b" → "a", "a.1", "a.1.b"."""
    return list(accumulate(place.split("."), "{}.{}".format))


def read_cells(cells: Iterable[tuple[Column, str, str, Spot]], prefix: str, ledger: Ledger) -> dict[str, Any]:
    """An entry of the definition from (column, language, text, spot) of its cells; blanks are left out."""
    entry: dict[str, Any] = {}
    for column, language, text, spot in cells:
        path = f"{column.path}.{language}" if language else column.path
        ledger.spots[prefix + path] = spot
        if spot.faulty:
            ledger.unread.add(prefix + path)
            continue
        if not text:
            continue
        try:
            put(entry, path, column.form.read(text))
        except CellRefused as refused:
            ledger.refuse(prefix + path, refused.template, refused.values)
    return entry


def put(entry: dict[str, Any], path: str, value: Any) -> None:
    *outer, last = path.split(".")
    for key in outer:
        entry = entry.setdefault(key, {})
    entry[last] = value


def value_at(entry: Mapping[str, Any], path: str) -> Any:
    """What stands at a path; None where nothing does."""
    value: Any = entry
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
