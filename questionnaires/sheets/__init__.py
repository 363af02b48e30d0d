"""Tables that people upload: XLSX or CSV in, rows of clean text out, every fault named with its cell.

    for sheet in read_sheets(file):
        faults = [*sheet.faults, *heading_faults(sheet, needed=("UNIT", "POINTS"))]
        for row in sheet.rows:
            faults.append(sheet.fault(row, "POINTS", N_("“%(raw)s” is no number."), {"raw": row["POINTS"]}))

A cell is text as a person would type it: numbers and dates of a workbook are written so that
`questionnaires.written` reads the same number or day again. Text is in Unicode NFC, without characters that
cannot be stored.
"""

from questionnaires.sheets.reading import MOST_ROWS, read_sheets
from questionnaires.sheets.sheet import Row, Sheet, SheetFault, SheetsRefused, heading_faults

__all__ = [
    "MOST_ROWS",
    "Row",
    "Sheet",
    "SheetFault",
    "SheetsRefused",
    "heading_faults",
    "read_sheets",
]
