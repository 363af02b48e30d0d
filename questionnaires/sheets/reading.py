"""A file of unknown kind → its sheets. What it is, its first bytes say, whatever its name claims."""

from __future__ import annotations

from typing import BinaryIO

from questionnaires.faults import N_
from questionnaires.sheets.delimited import read_delimited
from questionnaires.sheets.indents import with_indents
from questionnaires.sheets.sheet import IsHeader, Sheet, SheetFault, SheetsRefused
from questionnaires.sheets.workbook import read_workbook

MOST_ROWS = 5_000
ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")

EMPTY = N_("The file is empty.")
OLD_OR_LOCKED = N_(
    "This is an old Excel file (.xls), or one locked with a password. Save it as .xlsx without a password."
)


def read_sheets(
    file: BinaryIO,
    *,
    most_rows: int = MOST_ROWS,
    indents: bool = False,
    is_header: IsHeader | None = None,
) -> list[Sheet]:
    """The visible sheets of an XLSX file, or the one table of a CSV file. Raises SheetsRefused.

    CSV is UTF-8 (with or without a byte order mark) or UTF-16, its columns parted by commas, semicolons or
    tabs. More than `most_rows` rows that hold something are refused. `indents`: note how far the texts of a
    workbook are indented, which takes a second pass. `is_header` finds the headings below title lines.
    """
    content = file.read()
    if not content.strip():
        raise SheetsRefused([SheetFault("", None, None, EMPTY)])
    if content.startswith(OLE):
        raise SheetsRefused([SheetFault("", None, None, OLD_OR_LOCKED)])
    if not content.startswith(ZIP):
        return read_delimited(content, most_rows, is_header)
    sheets = read_workbook(content, most_rows, is_header)
    return with_indents(content, sheets) if indents else sheets
