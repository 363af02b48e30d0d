"""Where in the workbook each value of the definition stands, and everything found wrong on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from questionnaires.exchange.framework_sheet.column import Column
from questionnaires.exchange.framework_sheet.forms import CellRefused
from questionnaires.exchange.framework_sheet.marks import STILL_EXAMPLE, is_example
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
        if not self.sheet.faults:
            return False
        here = self.fault("", {})
        return any((fault.row, fault.column) == (here.row, here.column) for fault in self.sheet.faults)

    def fault(self, template: str, values: Mapping[str, object]) -> SheetFault:
        return self.sheet.fault(self.row, self.heading, template, values)


NOWHERE = Spot(Sheet("", (), ()), None)


@dataclass
class Ledger:
    """Filled while the workbook is read. A place is a path in the definition: "nodes.12.rule.full"."""

    faults: list[SheetFault] = field(default_factory=list)
    _spots: dict[str, Spot] = field(default_factory=dict)
    _firsts: dict[str, Spot] = field(default_factory=dict)
    _unread: set[str] = field(default_factory=set)
    _partly: set[str] = field(default_factory=set)

    def locate(self, place: str, spot: Spot) -> None:
        """Note where a place stands; what contains it stands there too, unless told otherwise."""
        self._spots[place] = spot
        for outer in places_around(place)[:-1]:
            self._firsts.setdefault(outer, spot)

    def skip(self, *places: str) -> None:
        """Note that these could not be read, so that nothing is said to follow from their absence."""
        self._unread.update(places)
        self._partly.update(outer for place in places for outer in places_around(place)[:-1])

    def refuse(self, place: str, template: str, values: Mapping[str, object]) -> None:
        """Note a fault at a place, which counts as unread."""
        self.skip(place)
        self.faults.append(self.spot(place).fault(template, values))

    def spot(self, place: str) -> Spot:
        """The cell of a place, of the first thing inside it, or of what it is inside."""
        if place in self._spots or place in self._firsts:
            return self._spots.get(place) or self._firsts[place]
        around = (self._spots.get(outer) for outer in reversed(places_around(place)))
        return next(filter(None, around), NOWHERE)

    def hides(self, place: str) -> bool:
        """Whether a fault there would only say again that something could not be read."""
        partly = place != "nodes" and place in self._partly
        return partly or not self._unread.isdisjoint(places_around(place))


def places_around(place: str) -> list[str]:
    """The place itself and all that contain it: "a.1.b" → "a", "a.1", "a.1.b"."""
    return list(accumulate(place.split("."), "{}.{}".format))


def read_cells(cells: Iterable[tuple[Column, str, str, Spot]], prefix: str, ledger: Ledger) -> dict[str, Any]:
    """An entry of the definition from (column, language, text, spot) of its cells; blanks are left out."""
    entry: dict[str, Any] = {}
    for column, language, text, spot in cells:
        path = f"{column.path}.{language}" if language else column.path
        ledger.locate(prefix + path, spot)
        if spot.faulty:
            ledger.skip(prefix + path)
            continue
        if not text:
            continue
        if is_example(text):
            ledger.refuse(prefix + path, STILL_EXAMPLE, {})
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
