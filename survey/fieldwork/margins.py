"""Whether the rows of a known population make whole margins that agree with one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from analysis.round.known_population import AGREEMENT, DISAGREE
from questionnaires.faults import N_
from questionnaires.schema import Item
from questionnaires.sheets import Row, Sheet, SheetFault

COUNT = "count"
MOST_CELLS = 5_000

TWICE = N_("This cell stands in another row too.")
CELL_MISSING = N_("There is no row for the cell %(cell)s.")
TOO_MANY_CELLS = N_("These questions make %(cells)s cells; %(most)s is the most.")
NOBODY = N_("The counts add up to nothing.")
Cell = Mapping[str, Any]
Margin = Sequence[tuple[Row, Cell]]


def margin_faults(sheet: Sheet, dimensions: Sequence[Item], cells: Sequence[Cell]) -> list[SheetFault]:
    """Cells that stand twice or are missing, counts of nobody, and margins that do not agree."""
    margins = split_margins(sheet, dimensions, cells)
    faults = [fault for items, rows in margins for fault in _grid_faults(sheet, items, rows)]
    return faults or list(_disagreements(sheet, margins))


def split_margins(
    sheet: Sheet, dimensions: Sequence[Item], cells: Sequence[Cell]
) -> list[tuple[list[Item], Margin]]:
    """The rows by the questions they fill in, in the order in which these first stand."""
    margins: dict[tuple[str, ...], list[tuple[Row, Cell]]] = {}
    for row, cell in zip(sheet.rows, cells, strict=True):
        margins.setdefault(tuple(name for name in cell if name != COUNT), []).append((row, cell))
    return [([item for item in dimensions if item.code in named], rows) for named, rows in margins.items()]


def _grid_faults(sheet: Sheet, items: Sequence[Item], rows: Margin) -> list[SheetFault]:
    size = prod(len(item.levels) for item in items)
    if size > MOST_CELLS:
        return [SheetFault(sheet.name, None, None, TOO_MANY_CELLS, {"cells": size, "most": MOST_CELLS})]
    keys = [tuple(cell[item.code] for item in items) for _, cell in rows]
    number = Counter(keys)
    faults = [
        sheet.fault(row, COUNT, TWICE) for (row, _), key in zip(rows, keys, strict=True) if number[key] > 1
    ]
    for key in product(*([choice.code for choice in item.levels] for item in items)):
        if key not in number:
            faults.append(SheetFault(sheet.name, None, None, CELL_MISSING, {"cell": " × ".join(key)}))
    if not _total(rows):
        faults.append(SheetFault(sheet.name, None, None, NOBODY))
    return faults


def _disagreements(sheet: Sheet, margins: Sequence[tuple[list[Item], Margin]]) -> Iterator[SheetFault]:
    (first, rows), *others = margins
    total = _total(rows)
    for items, of_other in others:
        if abs(_total(of_other) - total) > AGREEMENT * total:
            values = {
                "margin": _name(items),
                "total": f"{_total(of_other):g}",
                "other": _name(first),
                "other_total": f"{total:g}",
            }
            yield SheetFault(sheet.name, None, None, DISAGREE, values)


def _name(items: Sequence[Item]) -> str:
    return " × ".join(item.code for item in items)


def _total(rows: Margin) -> float:
    return float(sum(cell[COUNT] for _, cell in rows))
