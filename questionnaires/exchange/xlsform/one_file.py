"""A form as a file: a workbook, or all its sheets in one CSV file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import BinaryIO

from questionnaires.sheets import MOST_ROWS, Sheet, read_sheets
from questionnaires.sheets.delimited import decoded, records
from questionnaires.sheets.reading import OLE, ZIP
from questionnaires.sheets.sheet import build_sheet

Record = tuple[int, list[str]]


def read_form_sheets(file: BinaryIO) -> list[Sheet]:
    """The sheets of an XLSForm; of a CSV file, those whose names stand alone in its first column.

    Raises SheetsRefused.
    """
    content = file.read()
    if not content.strip() or content.startswith((OLE, ZIP)):
        return read_sheets(io.BytesIO(content))
    found = [(number, cells) for number, cells in records(decoded(content), MOST_ROWS) if any(cells)]
    if found and _name_of(found[0][1]):
        return [build_sheet(name, lines) for name, lines in _by_sheet(found)]
    return read_sheets(io.BytesIO(content))


def _name_of(cells: list[str]) -> str:
    return cells[0] if not any(cells[1:]) else ""


def _by_sheet(found: Iterable[Record]) -> list[tuple[str, list[Record]]]:
    sheets: list[tuple[str, list[Record]]] = []
    for number, cells in found:
        if name := _name_of(cells):
            sheets.append((name, []))
        else:
            sheets[-1][1].append((number, cells))
    return sheets
