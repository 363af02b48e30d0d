"""Known population counts that answers are weighed to, from a table or JSON: all cells, or every fault."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from werkzeug.datastructures import FileStorage

from questionnaires.codes import near_name
from questionnaires.faults import N_
from questionnaires.schema import Item, Questionnaire
from questionnaires.written import Unreadable, read_number
from survey.fieldwork.tables import NO_FILE, TableRefused, uploaded_sheet
from survey.sheets import Row, Sheet, SheetFault

COUNT = "count"
ONE_ANSWER = ("single", "scale")
MOST_CELLS = 5_000

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
TWICE = N_("This cell stands in another row too.")
CELL_MISSING = N_("There is no row for the cell %(cell)s.")
TOO_MANY_CELLS = N_("These questions make %(cells)s cells; %(most)s is the most.")
NOBODY = N_("The counts add up to nothing.")


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
        rows = [{str(name): str(value) for name, value in cell.items()} for cell in cells]
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
    faults += [] if faults else grid_faults(sheet, dimensions, cells)
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
    faults = []
    for item in dimensions:
        codes = [choice.code for choice in item.levels]
        if row[item.code] not in codes:
            values = {"choice": row[item.code][:80], "choices": ", ".join(codes)}
            faults.append(sheet.fault(row, item.code, NO_CHOICE, values))
    count = read_count(row[COUNT])
    if count is None:
        faults.append(sheet.fault(row, COUNT, NOT_A_COUNT, {"raw": row[COUNT][:40]}))
    return {**{item.code: row[item.code] for item in dimensions}, COUNT: count}, faults


def read_count(raw: str) -> float | None:
    """A number of people, which estimates may give with decimals; None for anything else."""
    try:
        count = float(read_number(raw))
    except Unreadable:
        return None
    return count if count >= 0 else None


def grid_faults(
    sheet: Sheet, dimensions: Sequence[Item], cells: Sequence[Mapping[str, Any]]
) -> list[SheetFault]:
    """Cells that stand twice, cells that are missing, and counts of nobody."""
    size = 1
    for item in dimensions:
        size *= len(item.levels)
    if size > MOST_CELLS:
        return [SheetFault(sheet.name, None, None, TOO_MANY_CELLS, {"cells": size, "most": MOST_CELLS})]
    keys = [tuple(cell[item.code] for item in dimensions) for cell in cells]
    number = Counter(keys)
    faults = [
        sheet.fault(row, COUNT, TWICE) for row, key in zip(sheet.rows, keys, strict=True) if number[key] > 1
    ]
    for key in product(*([choice.code for choice in item.levels] for item in dimensions)):
        if key not in number:
            faults.append(SheetFault(sheet.name, None, None, CELL_MISSING, {"cell": " × ".join(key)}))
    if not sum(cell[COUNT] for cell in cells):
        faults.append(SheetFault(sheet.name, None, None, NOBODY))
    return faults
