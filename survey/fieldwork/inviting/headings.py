"""The columns of a list, found by the words that offices write over them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from questionnaires.codes import near_name
from questionnaires.faults import N_
from questionnaires.sheets import Row, Sheet, SheetFault
from questionnaires.sheets.sheet import NEAR_COLUMN, UNKNOWN_COLUMN
from questionnaires.text import fold

WORDS: Mapping[str, tuple[str, ...]] = {
    "unit": ("mã đơn vị", "đơn vị", "mã cơ quan", "unit", "unit code", "agency"),
    "stratum": ("tầng mẫu", "mã tầng", "stratum"),
    "name": ("họ và tên", "họ tên", "tên", "ông/bà", "name", "full name"),
    "phone": ("điện thoại", "số điện thoại", "sđt", "di động", "số di động", "phone", "telephone", "mobile"),
    "email": ("thư điện tử", "email", "e-mail", "địa chỉ email", "địa chỉ thư điện tử"),
    "address": ("địa chỉ", "nơi ở", "address", "postal address"),
    "dossier": ("số hồ sơ", "mã hồ sơ", "mã số hồ sơ", "số biên nhận", "dossier", "dossier number"),
}
"""A column → the headings it is known by; the first stands in patterns."""

SKIPPED = frozenset(map(fold, ("STT", "TT", "số thứ tự", "ghi chú", "No", "No.", "note", "notes")))
COLUMN_OF = {fold(word): column for column, words in WORDS.items() for word in (*words, column)}

MISSING = N_("A column “%(heading)s” is missing.")
TWICE = N_("“%(heading)s” names a column that is here already.")


@dataclass(frozen=True)
class Columns:
    """Where a list keeps what: column → the heading as the list has it."""

    sheet: Sheet
    headings: Mapping[str, str]

    def cell(self, row: Row, column: str) -> str:
        """The text in a column, on one line; "" where the list has no such column."""
        return " ".join(row[self.headings[column]].split()) if column in self.headings else ""

    def fault(self, row: Row, column: str, template: str, **values: object) -> SheetFault:
        return self.sheet.fault(row, self.headings.get(column, ""), template, values)


def is_known(heading: str) -> bool:
    return fold(heading) in COLUMN_OF


def read_headings(
    sheet: Sheet, needed: Collection[str], optional: Collection[str]
) -> tuple[Columns, list[SheetFault]]:
    """The columns of a list, and what is wrong with its headings."""
    wanted = (*needed, *optional)
    found: dict[str, str] = {}
    faults = list(sheet.faults)
    for place, heading in enumerate(sheet.header, start=1):
        column = COLUMN_OF.get(fold(heading))
        if column in found and column in wanted and heading != found[column]:
            faults.append(
                SheetFault(sheet.name, sheet.header_row, place, TWICE, {"heading": heading}, heading)
            )
        elif column in wanted:
            found.setdefault(column, heading)
        elif heading and fold(heading) not in SKIPPED:
            faults.append(unknown(sheet, place, heading, wanted))
    return Columns(sheet, found), [*faults, *missing(sheet, needed, found)]


def unknown(sheet: Sheet, place: int, heading: str, wanted: Collection[str]) -> SheetFault:
    names = {fold(word): word for column in wanted for word in WORDS[column]}
    near = near_name(fold(heading), list(names))
    template = NEAR_COLUMN if near else UNKNOWN_COLUMN
    values = {"heading": heading[:80]} | ({"near": names[near]} if near else {})
    return SheetFault(sheet.name, sheet.header_row, place, template, values, heading)


def missing(sheet: Sheet, needed: Collection[str], found: Collection[str]) -> Iterator[SheetFault]:
    for column in needed:
        if column not in found:
            values = {"heading": WORDS[column][0]}
            yield SheetFault(sheet.name, sheet.header_row, None, MISSING, values)
