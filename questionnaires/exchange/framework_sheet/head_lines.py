"""The head: a line for each thing that is said once of a framework."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from questionnaires.exchange.framework_sheet.column import Column
from questionnaires.exchange.framework_sheet.head import ADVICE, HEAD, ITEM, VALUE
from questionnaires.exchange.framework_sheet.headings import (
    Matched,
    match_headings,
    meaning_of,
    near_column,
)
from questionnaires.exchange.framework_sheet.ledger import Ledger, Spot, read_cells
from questionnaires.faults import N_
from questionnaires.sheets import Sheet

UNKNOWN_LINE = N_(
    "“%(heading)s” is no line of this sheet. Delete the line, or begin it with # if it is a remark."
)
NEAR_LINE = N_("“%(heading)s” is no line of this sheet. Write “%(near)s” if you mean that, or delete it.")
LINE_TWICE = N_("“%(heading)s” stands in row %(row)s already. Keep one of the two lines.")


def read_head(sheet: Sheet, ledger: Ledger) -> dict[str, Any]:
    """What the lines say; their order does not matter."""
    matched = match_headings(sheet, (ITEM, VALUE, ADVICE))
    ledger.faults += [*sheet.faults, *matched.faults]
    for column in HEAD:
        ledger.locate(column.path, Spot(sheet, None, "", column))
    if matched.missing:
        ledger.skip(*(column.path for column in HEAD))
        return {}
    return read_cells(list(_cells(sheet, matched, ledger)), "", ledger)


def _cells(sheet: Sheet, matched: Matched, ledger: Ledger) -> Iterator[tuple[Column, str, str, Spot]]:
    item, value = matched.heading(ITEM.path), matched.heading(VALUE.path)
    rows: dict[tuple[Column, str], int] = {}
    for row in sheet.rows:
        name = row[item]
        if name.startswith("#") or not (name or row[value]):
            continue
        meaning = meaning_of(name, HEAD)
        if meaning is None:
            near = near_column(name, HEAD)
            named = {"heading": name[:80], "near": near.heading if near else ""}
            ledger.faults.append(sheet.fault(row, item, NEAR_LINE if near else UNKNOWN_LINE, named))
        elif meaning in rows:
            twice = {"heading": name, "row": rows[meaning]}
            ledger.faults.append(sheet.fault(row, item, LINE_TWICE, twice))
        else:
            rows[meaning] = row.number
            yield *meaning, row[value], Spot(sheet, row, value, meaning[0])
