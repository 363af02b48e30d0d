"""The workbook in: a definition of the framework, or everything wrong with the sheets at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from questionnaires.codes import near_name
from questionnaires.exchange.framework_sheet.advice import sheet_faults
from questionnaires.exchange.framework_sheet.criteria import MAX_POINTS, TITLE
from questionnaires.exchange.framework_sheet.criteria_rows import read_criteria
from questionnaires.exchange.framework_sheet.head import HEAD, HEAD_NAME
from questionnaires.exchange.framework_sheet.head_lines import read_head
from questionnaires.exchange.framework_sheet.headings import match_headings, meaning_of
from questionnaires.exchange.framework_sheet.ledger import Ledger
from questionnaires.exchange.framework_sheet.list_sheets import read_list
from questionnaires.exchange.framework_sheet.tables import CRITERIA_SHEET, FURTHER
from questionnaires.faults import N_, DefinitionError, Words
from questionnaires.parse_framework import parse_framework
from questionnaires.sheets import Sheet, SheetFault, SheetsRefused
from questionnaires.text import fold

NO_SHEET = N_("The sheet “%(name)s” is missing. Copy it from the template, and fill it in.")
NEAR_SHEET = N_("The sheet “%(name)s” is not read. Name it “%(near)s” if you mean that, or delete it.")


def read_framework_sheet(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """The definition that the sheets of a workbook hold, sound for `parse_framework`.

    Sheets and columns go by their Vietnamese or English names, whatever their marks and capitals. The tree is
    that of the column for it; without one, the codes'; where those tell none, the indents', for which the
    sheets must be read with `read_sheets(file, indents=True, is_header=is_header)`, which also passes over
    title lines. Raises SheetsRefused, with every fault.
    """
    ledger = Ledger()
    definition = read_definition(sheets, ledger)
    try:
        parse_framework(definition)
    except DefinitionError as refused:
        ledger.faults += sheet_faults(refused.faults, definition, ledger)
    if ledger.faults:
        raise SheetsRefused(in_order(ledger.faults, sheets))
    return definition


def read_definition(sheets: Sequence[Sheet], ledger: Ledger) -> dict[str, Any]:
    """What the sheets say, with what is wrong noted; further sheets may be missing."""
    head = named(sheets, HEAD_NAME.values())
    criteria = criteria_sheet(sheets)
    further = {kind: named(sheets, (*kind.name.values(), *kind.also)) for kind in FURTHER}
    ledger.faults += nearly_named(sheets, [sheet for sheet in (head, criteria, *further.values()) if sheet])
    for name, sheet in ((HEAD_NAME, head), (CRITERIA_SHEET.name, criteria)):
        if sheet is None:
            ledger.faults.append(SheetFault("", None, None, NO_SHEET, {"name": name}))
    if head is None:
        ledger.skip(*(column.path for column in HEAD))
    if criteria is None:
        ledger.skip("nodes")
    definition = {"decision": {}, **(read_head(head, ledger) if head else {})}
    definition["nodes"] = read_criteria(criteria, ledger) if criteria else []
    for kind, sheet in further.items():
        if sheet is not None and (entries := read_list(sheet, kind, ledger)):
            definition[kind.key] = entries
    return definition


def is_header(texts: Sequence[str]) -> bool:
    """Whether a line holds the headings of the criteria: an annex has its title in the lines above."""
    meanings = (meaning_of(text, CRITERIA_SHEET.columns) for text in texts if text)
    paths = {meaning[0].path for meaning in meanings if meaning}
    return {TITLE.path, MAX_POINTS.path} <= paths


def named(sheets: Iterable[Sheet], names: Iterable[str]) -> Sheet | None:
    known = set(map(fold, names))
    return next((sheet for sheet in sheets if fold(sheet.name) in known), None)


def criteria_sheet(sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet of that name; else the first that has titles and points."""
    known = named(sheets, (*CRITERIA_SHEET.name.values(), *CRITERIA_SHEET.also))
    return known or next((sheet for sheet in sheets if holds_criteria(sheet)), None)


def holds_criteria(sheet: Sheet) -> bool:
    matched = match_headings(sheet, CRITERIA_SHEET.columns)
    return bool(matched.heading(TITLE.path) and matched.heading(MAX_POINTS.path))


def nearly_named(sheets: Sequence[Sheet], found: Sequence[Sheet]) -> Iterator[SheetFault]:
    """Sheets that look like one which is missing; all others may stay in the workbook unread."""
    names: list[Words] = [HEAD_NAME, *(kind.name for kind in (CRITERIA_SHEET, *FURTHER))]
    unfound = [name for name in names if named(found, name.values()) is None]
    missing = {fold(text): name for name in unfound for text in name.values()}
    for sheet in sheets:
        near = near_name(fold(sheet.name), missing)
        if near and all(sheet is not other for other in found):
            yield SheetFault(sheet.name, None, None, NEAR_SHEET, {"name": sheet.name, "near": missing[near]})


def in_order(faults: Iterable[SheetFault], sheets: Sequence[Sheet]) -> list[SheetFault]:
    """As they stand in the workbook."""
    order = {sheet.name: place for place, sheet in enumerate(sheets)}
    return sorted(faults, key=lambda fault: (order.get(fault.sheet, -1), fault.row or 0, fault.column or 0))
