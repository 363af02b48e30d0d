"""Which column of an uploaded sheet is which of ours: by its heading, whatever its marks and capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from questionnaires.codes import near_name
from questionnaires.exchange.framework_sheet.column import Column
from questionnaires.faults import N_
from questionnaires.sheets import Sheet, SheetFault
from questionnaires.text import fold

UNKNOWN_HEADING = N_(
    "“%(heading)s” is no column of this sheet, and nothing below it would be kept. Delete the column, or "
    "begin its heading with # if it is a remark."
)
NEAR_HEADING = N_(
    "“%(heading)s” is no column of this sheet. Write “%(near)s” if you mean that, or delete the column."
)
SAME_COLUMN = N_("“%(heading)s” and “%(other)s” name the same column. Keep one of them.")
NO_COLUMN = N_(
    "The column “%(heading)s” is missing. Write this heading in row 1. What belongs below: %(note)s"
)

REMARKS = frozenset({"ghi chu", "note", "notes", "remarks"})
LANGUAGES = {"tieng anh": "en", "english": "en", "tieng viet": "vi", "vietnamese": "vi"}
_IN_LANGUAGE = re.compile(r"(.+?) ?\(([a-z ]+)\)")

Meaning = tuple[Column, str]
"""A column, and the language of its texts ("" where it has none)."""


@dataclass(frozen=True)
class Matched:
    """What the headings of a sheet mean, and what is wrong with them."""

    headings: dict[str, Meaning]
    missing: tuple[Column, ...]
    faults: tuple[SheetFault, ...]

    def heading(self, path: str) -> str:
        """The sheet's own heading of a column; "" where it has none."""
        return self._by_path.get(path, "")

    @cached_property
    def _by_path(self) -> Mapping[str, str]:
        last_first = reversed(self.headings.items())
        return {column.path: heading for heading, (column, _) in last_first}


def match_headings(sheet: Sheet, columns: Sequence[Column]) -> Matched:
    """The meaning of each heading; a remark's column has none."""
    headings: dict[str, Meaning] = {}
    faults = []
    for place, heading in enumerate(sheet.header, start=1):
        if not heading or heading.startswith("#") or heading in headings:
            continue
        meaning = meaning_of(heading, columns)
        other = next((known for known, means in headings.items() if means == meaning), None)
        if meaning is None:
            if fold(heading) not in REMARKS:
                faults.append(_unknown(sheet, place, heading, columns))
        elif other is not None:
            values = {"heading": heading, "other": other}
            faults.append(SheetFault(sheet.name, sheet.header_row, place, SAME_COLUMN, values, heading))
        else:
            headings[heading] = meaning
    missing = tuple(column for column in columns if column.needed and not _stands(column, headings))
    faults += [_missing(sheet, column) for column in missing]
    return Matched(headings, missing, tuple(faults))


def meaning_of(heading: str, columns: Iterable[Column]) -> Meaning | None:
    """The column that a heading, or a line of the head, names; None where none of ours."""
    bare = fold(heading).strip(" :*")
    split = _IN_LANGUAGE.fullmatch(bare)
    for column in columns:
        named = names_of(column)
        if bare in named:
            return column, "vi" if column.by_language else ""
        if column.by_language and split and split[1] in named:
            language = LANGUAGES.get(split[2], split[2])
            if 2 <= len(language) <= 3:
                return column, language
    return None


def names_of(column: Column) -> frozenset[str]:
    return frozenset(fold(name) for name in (*column.heading.values(), *column.also))


def near_column(heading: str, columns: Iterable[Column]) -> Column | None:
    known = {name: column for column in columns for name in names_of(column)}
    near = near_name(fold(heading), known)
    return known[near] if near else None


def _stands(column: Column, headings: Mapping[str, Meaning]) -> bool:
    return any(known is column and language in ("", "vi") for known, language in headings.values())


def _unknown(sheet: Sheet, place: int, heading: str, columns: Sequence[Column]) -> SheetFault:
    given = {meaning_of(other, columns) for other in sheet.header}
    near = near_column(heading, [column for column in columns if not _given(column, given)])
    template, values = (NEAR_HEADING, {"near": near.heading}) if near else (UNKNOWN_HEADING, {})
    return SheetFault(
        sheet.name, sheet.header_row, place, template, {"heading": heading[:80], **values}, heading
    )


def _given(column: Column, meanings: Iterable[Meaning | None]) -> bool:
    return any(meaning is not None and meaning[0] is column for meaning in meanings)


def _missing(sheet: Sheet, column: Column) -> SheetFault:
    values = {"heading": column.heading, "note": column.note}
    return SheetFault(sheet.name, sheet.header_row, None, NO_COLUMN, values)
