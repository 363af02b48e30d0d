"""How far the texts of a workbook stand in from the left: the tree that people see in a list."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import openpyxl

from questionnaires.sheets.sheet import Sheet

STEP = 3
"""Spaces in one step of a cell's own indent, as spreadsheets draw it."""

TAB = 4


def with_indents(content: bytes, sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets of a workbook with the indents of their texts."""
    with warnings.catch_warnings(action="ignore"):  # openpyxl's, on features that hold no values
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return [replace(sheet, indents=indents_of(book[sheet.name])) for sheet in sheets]


def indents_of(worksheet: Any) -> dict[tuple[int, int], int]:
    worksheet.reset_dimensions()  # some programs declare A1:A1 and mean the whole sheet
    cells = (cell for line in worksheet.iter_rows() for cell in line if isinstance(cell.value, str))
    indents = {(cell.row, cell.column): indent_of(cell) for cell in cells}
    return {place: indent for place, indent in indents.items() if indent}


def indent_of(cell: Any) -> int:
    """In spaces: the cell's own indent, and what is typed before the text."""
    before = cell.value[: len(cell.value) - len(cell.value.lstrip())]
    aligned = cell.alignment.indent if cell.has_style and cell.alignment else 0
    return int(aligned * STEP) + sum(TAB if sign == "\t" else 1 for sign in before)
