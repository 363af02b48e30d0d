"""Tables that come in and go out: one uploaded sheet, or a workbook and a CSV file to download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import xlsxwriter
from flask import Response
from werkzeug.datastructures import FileStorage

from questionnaires.faults import N_
from questionnaires.sheets import Sheet, SheetFault, SheetsRefused, read_sheets

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
PDF = "application/pdf"
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
COLUMN_WIDTH = 24
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")

NO_FILE = N_("Choose a file.")
NO_ROWS = N_("The table has headings, but no rows.")

Rows = Iterable[Sequence[object]]


class TableRefused(Exception):
    """An uploaded table that is not stored; `faults` say why, cell by cell."""

    def __init__(self, faults: Sequence[SheetFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.sentence() for fault in self.faults))


def uploaded_sheet(file: FileStorage | None) -> Sheet:
    """The first sheet of an uploaded file. Raises TableRefused where there is none to read."""
    if file is None or not file.filename:
        raise TableRefused([SheetFault("", None, None, NO_FILE)])
    try:
        sheet = read_sheets(file.stream)[0]
    except SheetsRefused as refused:
        raise TableRefused(refused.faults) from None
    if not sheet.rows:
        raise TableRefused([*sheet.faults, SheetFault(sheet.name, None, None, NO_ROWS)])
    return sheet


def workbook(pages: Mapping[str, Rows], name: str) -> Response:
    """An XLSX file: page title → rows, the first of them bold. Text stays text, whatever it begins with."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, PLAIN) as book:
        bold = book.add_format({"bold": True})
        for title, rows in pages.items():
            page = book.add_worksheet(title[:31])
            page.freeze_panes(1, 0)
            for number, row in enumerate(rows):
                page.set_column(0, max(len(row) - 1, 0), COLUMN_WIDTH)
                page.write_row(number, 0, [written(cell) for cell in row], None if number else bold)
    return attachment(buffer.getvalue(), XLSX, name)


def comma_separated(rows: Rows, name: str) -> Response:
    """A CSV file in UTF-8 that spreadsheets open as such and never take for formulas."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([harmless(written(cell)) for cell in row] for row in rows)
    return attachment(buffer.getvalue().encode("utf-8-sig"), CSV, name)


def written(cell: object) -> object:
    """Numbers as numbers; everything else, lazy translations too, as text."""
    return cell if isinstance(cell, int | float) else str(cell)


def harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def attachment(content: bytes, mimetype: str, name: str) -> Response:
    return Response(
        content, content_type=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
