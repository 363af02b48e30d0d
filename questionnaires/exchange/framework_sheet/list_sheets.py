"""Sheets with an entry of the definition in each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from questionnaires.exchange.framework_sheet.column import Column
from questionnaires.exchange.framework_sheet.headings import Matched, match_headings
from questionnaires.exchange.framework_sheet.ledger import Ledger, Spot, read_cells
from questionnaires.exchange.framework_sheet.tables import SheetKind
from questionnaires.sheets import Row, Sheet


def read_list(sheet: Sheet, kind: SheetKind, ledger: Ledger) -> list[dict[str, Any]]:
    """An entry for each row."""
    matched = matched_headings(sheet, kind, ledger)
    return read_rows(sheet, sheet.rows, kind, matched, ledger)


def matched_headings(sheet: Sheet, kind: SheetKind, ledger: Ledger) -> Matched:
    matched = match_headings(sheet, kind.columns)
    ledger.faults += [*sheet.faults, *matched.faults]
    ledger.locate(kind.key, Spot(sheet, None))
    return matched


def read_rows(
    sheet: Sheet, rows: Sequence[Row], kind: SheetKind, matched: Matched, ledger: Ledger
) -> list[dict[str, Any]]:
    """The entries of these rows; what a missing column would hold is counted as unread where it is needed."""
    entries = []
    for number, row in enumerate(rows, start=1):
        prefix = f"{kind.key}.{number}"
        ledger.locate(prefix, Spot(sheet, row))
        ledger.skip(*(f"{prefix}.{column.path}" for column in matched.missing))
        for column in kind.columns:
            spot = Spot(sheet, row, matched.heading(column.path), column)
            ledger.locate(f"{prefix}.{column.path}", spot)
        entries.append(read_cells(cells_of(sheet, row, matched), f"{prefix}.", ledger))
    return entries


def cells_of(sheet: Sheet, row: Row, matched: Matched) -> Iterator[tuple[Column, str, str, Spot]]:
    for heading, (column, language) in matched.headings.items():
        yield column, language, row[heading], Spot(sheet, row, heading, column)
