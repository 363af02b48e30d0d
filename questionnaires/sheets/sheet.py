"""A table as it was uploaded, and what is wrong with it, cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TypeVar

from openpyxl.utils import get_column_letter

from questionnaires.codes import near_name
from questionnaires.faults import N_, Fault

HEADER_ROW = 1
MOST_TITLES = 30
"""Lines among which a header is looked for."""

Cell = TypeVar("Cell")
Line = tuple[int, Sequence[str]]
IsHeader = Callable[[Sequence[str]], bool]
"""Whether a line of texts holds the headings of a table."""

MISSING_COLUMN = N_("The column “%(heading)s” is missing. Its heading belongs in row 1.")
UNKNOWN_COLUMN = N_("“%(heading)s” is no column of this table.")
NEAR_COLUMN = N_("“%(heading)s” is no column of this table. Did you mean “%(near)s”?")
SAME_HEADING = N_("The heading “%(heading)s” stands over more than one column.")
NO_HEADING = N_("This column has no heading, so what stands in it cannot be placed.")


@dataclass(frozen=True)
class SheetFault:
    """One thing wrong with an uploaded table. `row` and `column` count from 1; None is all of them."""

    sheet: str
    row: int | None
    column: int | None
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    heading: str = ""

    @property
    def letter(self) -> str:
        """The column as spreadsheets name it."""
        return get_column_letter(self.column) if self.column else ""

    def sentence(self, translate: Callable[[str], str] = str, language: str = "vi") -> str:
        """What is wrong, as `Fault.sentence` says it; where, the reader sees beside it."""
        return Fault("", self.template, self.values).sentence(translate, language)


class SheetsRefused(Exception):
    """The file is no table at all, or too large; `faults` say why."""

    def __init__(self, faults: Sequence[SheetFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.sentence() for fault in self.faults))


class Row(Mapping[str, str]):
    """A row that is not blank: heading → text, "" where the cell is empty or the sheet has no such column."""

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        self.number, self._cells = number, cells

    def __getitem__(self, heading: str) -> str:
        return self._cells.get(heading, "")

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)


@dataclass(frozen=True)
class Sheet:
    """A table: the headings of `header_row` in their order, and the rows below that hold something.

    `indents`: how many spaces the text of a cell (row, column) stands in from the left, where it does; filled
    only where `read_sheets` is asked for it.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[SheetFault, ...] = ()
    indents: Mapping[tuple[int, int], int] = field(default_factory=dict)
    header_row: int = HEADER_ROW

    def fault(
        self, row: Row | None, heading: str, template: str, values: Mapping[str, object] | None = None
    ) -> SheetFault:
        """A fault at this row's cell under the heading; of the whole row where there is no such column."""
        column = self.header.index(heading) + 1 if heading and heading in self.header else None
        return SheetFault(
            self.name, row.number if row else None, column, template, values or {}, heading if column else ""
        )


def build_sheet(
    name: str,
    lines: Iterable[tuple[int, Sequence[str]]],
    faults: Sequence[SheetFault] = (),
    is_header: IsHeader | None = None,
) -> Sheet:
    """A sheet of numbered lines of clean text; the first line, whatever its number, is the header.

    Where `is_header` knows one of the first lines, that is the header, and what stands above is a title.
    """
    numbered = iter(without_titles(list(lines), is_header) if is_header else lines)
    header_row, first = next(numbered, (HEADER_ROW, ()))
    header = tuple(" ".join(heading.split()) for heading in without_blank_end(first))
    rows, nameless = [], []
    for number, texts in numbered:
        nameless += [
            SheetFault(name, number, place, NO_HEADING)
            for place, text in enumerate(texts, start=1)
            if text and not (place <= len(header) and header[place - 1])
        ]
        cells = {heading: text for heading, text in zip_longest(header, texts, fillvalue="") if heading}
        if any(texts):
            rows.append(Row(number, cells))
    found = (*faults, *same_headings(name, header, header_row), *nameless)
    return Sheet(name, header, tuple(rows), found, header_row=header_row)


def without_titles(lines: list[Line], is_header: IsHeader) -> list[Line]:
    """The lines from the header on; all of them where none of the first is one."""
    first = next((place for place, (_, texts) in enumerate(lines[:MOST_TITLES]) if is_header(texts)), 0)
    return lines[first:]


def without_blank_end(texts: Sequence[Cell]) -> Sequence[Cell]:
    length = next((place for place in range(len(texts), 0, -1) if texts[place - 1]), 0)
    return texts[:length]


def same_headings(name: str, header: Sequence[str], row: int = HEADER_ROW) -> list[SheetFault]:
    count = Counter(heading for heading in header if heading)
    return [
        SheetFault(name, row, place, SAME_HEADING, {"heading": heading}, heading)
        for place, heading in enumerate(header, start=1)
        if count[heading] > 1 and heading in header[: place - 1]
    ]


def heading_faults(sheet: Sheet, needed: Collection[str], optional: Collection[str] = ()) -> list[SheetFault]:
    """Needed columns that are not there, and columns that nobody knows, each with the near name."""
    known = [*needed, *optional]
    missing = [
        SheetFault(sheet.name, sheet.header_row, None, MISSING_COLUMN, {"heading": heading})
        for heading in needed
        if heading not in sheet.header
    ]
    unknown = [
        unknown_column(sheet, place, heading, known)
        for place, heading in enumerate(sheet.header, start=1)
        if heading and heading not in known
    ]
    return missing + unknown


def unknown_column(sheet: Sheet, place: int, heading: str, known: Collection[str]) -> SheetFault:
    near = near_name(heading, [name for name in known if name not in sheet.header])
    template, values = (NEAR_COLUMN, {"near": near}) if near else (UNKNOWN_COLUMN, {})
    return SheetFault(
        sheet.name, sheet.header_row, place, template, {"heading": heading[:80], **values}, heading
    )
