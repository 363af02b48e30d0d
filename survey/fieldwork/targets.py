"""Known population counts that answers are weighed to, from a table or JSON: all cells, or every fault.

Rows that fill in every question are cells of one grid. Rows that leave questions blank are margins: the rows
that fill in the same questions are one margin, such as the people by age, whatever their area.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import FileStorage

from questionnaires.codes import near_name
from questionnaires.faults import N_
from questionnaires.schema import Item, Questionnaire
from questionnaires.sheets import Row, Sheet, SheetFault
from questionnaires.written import Unreadable, read_number
from survey.fieldwork.margins import COUNT, margin_faults
from survey.fieldwork.tables import NO_FILE, TableRefused, uploaded_sheet

ONE_ANSWER = ("single", "scale")

NOT_JSON = N_(
    'The file is not JSON of the form {"by": ["area"], "cells": [{"area": "urban", "count": 12000}]}.'
)
NO_COUNT = N_("The column “count” is missing. Its heading belongs in row 1.")
NO_ITEM = N_("Name at least one question to weigh by.")
UNKNOWN_ITEM = N_("“%(code)s” is no question of this questionnaire that takes one answer.")
NEAR_ITEM = N_(
    "“%(code)s” is no question of this questionnaire that takes one answer. Did you mean “%(near)s”?"
)
NO_CHOICE = N_("“%(choice)s” is no answer here; there are: %(choices)s.")
NOT_A_COUNT = N_("A count of people is 0 or more; found “%(raw)s”.")
NOTHING_NAMED = N_("The row names no answer: fill in at least one question.")


def read_upload(file: FileStorage | None) -> Sheet:
    """The rows of an uploaded table, or of a JSON file. Raises TableRefused."""
    if file is not None and (file.filename or "").lower().endswith(".json"):
        return sheet_of_json(file.read())
    if file is None or not file.filename:
        raise TableRefused([SheetFault("", None, None, NO_FILE)])
    return uploaded_sheet(file)


def sheet_of_json(raw: bytes) -> Sheet:
    """JSON as survey files hold it, as a table with a row for each cell."""
    try:
        content = json.loads(raw.decode("utf-8-sig"))
        by, cells = list(map(str, content["by"])), list(content["cells"])
        rows = [
            {**dict.fromkeys(by, ""), **{str(name): str(value) for name, value in cell.items()}}
            for cell in cells
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise TableRefused([SheetFault("", None, None, NOT_JSON)]) from None
    return Sheet("JSON", (*by, COUNT), tuple(Row(number, row) for number, row in enumerate(rows, start=1)))


def read_targets(questionnaire: Questionnaire, sheet: Sheet) -> tuple[dict[str, Any], list[SheetFault]]:
    """The targets in the form a survey stores, and everything wrong with the table."""
    items = {item.code: item for item in questionnaire.items() if item.question.kind in ONE_ANSWER}
    by = [heading for heading in sheet.header if heading and heading != COUNT]
    faults = [*sheet.faults, *heading_faults(sheet, by, items)]
    if faults:
        return {}, faults
    dimensions = [items[code] for code in by]
    cells = []
    for row in sheet.rows:
        cell, found = read_cell(sheet, row, dimensions)
        cells.append(cell)
        faults += found
    faults += [] if faults else margin_faults(sheet, dimensions, cells)
    return {"by": by, "cells": cells}, faults


def heading_faults(sheet: Sheet, by: Sequence[str], items: Mapping[str, Item]) -> list[SheetFault]:
    faults = [] if COUNT in sheet.header else [SheetFault(sheet.name, 1, None, NO_COUNT)]
    if not by:
        faults.append(SheetFault(sheet.name, 1, None, NO_ITEM))
    for code in by:
        if code not in items:
            near = near_name(code, list(items))
            values = {"code": code[:80], "near": near}
            faults.append(sheet.fault(None, code, NEAR_ITEM if near else UNKNOWN_ITEM, values))
    return faults


def read_cell(sheet: Sheet, row: Row, dimensions: Sequence[Item]) -> tuple[dict[str, Any], list[SheetFault]]:
    """The answers that a row fills in, with its count."""
    named = [item for item in dimensions if row[item.code]]
    faults = [] if named else [sheet.fault(row, dimensions[0].code, NOTHING_NAMED)]
    for item in named:
        codes = [choice.code for choice in item.levels]
        if row[item.code] not in codes:
            values = {"choice": row[item.code][:80], "choices": ", ".join(codes)}
            faults.append(sheet.fault(row, item.code, NO_CHOICE, values))
    count = read_count(row[COUNT])
    if count is None:
        faults.append(sheet.fault(row, COUNT, NOT_A_COUNT, {"raw": row[COUNT][:40]}))
    return {**{item.code: row[item.code] for item in named}, COUNT: count}, faults


def read_count(raw: str) -> float | None:
    """A number of people, which estimates may give with decimals; None for anything else."""
    try:
        count = float(read_number(raw))
    except Unreadable:
        return None
    return count if count >= 0 else None
