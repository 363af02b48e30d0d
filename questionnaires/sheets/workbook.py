"""XLSX in: the values as they show, as text that reads back as the same value."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from questionnaires.faults import N_
from questionnaires.sheets.limits import MOST_BYTES, MOST_COLUMNS, TOO_LARGE, TOO_MANY_COLUMNS, TOO_MANY_ROWS
from questionnaires.sheets.sheet import (
    IsHeader,
    Sheet,
    SheetFault,
    SheetsRefused,
    build_sheet,
    without_blank_end,
)
from questionnaires.written import clean, write_number

FORMULA = re.compile(rb"<(\w+:)?f[\s>/]")
TIME_OF_DAY = datetime.time()
LITERAL = re.compile(r'"[^"]*"|\\.')
"""What a number format shows as it stands: the sign in 0"%" multiplies nothing."""

NOT_A_WORKBOOK = N_(
    "The file cannot be read as an Excel workbook (.xlsx). Open it in Excel and save it anew."
)
CELL_ERROR = N_("The cell shows the error %(raw)s.")
NO_RESULT = N_(
    "The cell holds a formula without a result. Open the file in Excel, save it, and upload it again."
)

Line = tuple[int, Sequence[Any]]


def read_workbook(content: bytes, most_rows: int, is_header: IsHeader | None = None) -> list[Sheet]:
    """The visible sheets. Raises SheetsRefused."""
    try:
        refuse_too_large(content)
        with warnings.catch_warnings(action="ignore"):  # openpyxl's, on features that hold no values
            return list(sheets_of(content, most_rows, is_header))
    except SheetsRefused:
        raise
    except Exception as error:  # a broken file makes openpyxl raise almost anything
        raise SheetsRefused([SheetFault("", None, None, NOT_A_WORKBOOK)]) from error


def refuse_too_large(content: bytes) -> None:
    """By the sizes that the archive declares: unpacking stops at those."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
            raise SheetsRefused([SheetFault("", None, None, TOO_LARGE)])


def sheets_of(content: bytes, most_rows: int, is_header: IsHeader | None = None) -> Iterator[Sheet]:
    formulas = formula_cells(content, most_rows) if holds_formulas(content) else {}
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for worksheet in book.worksheets:
        if worksheet.sheet_state != "visible":
            continue
        lines = list(lines_of(worksheet, most_rows))
        faults = [
            *cell_errors(worksheet.title, lines),
            *missing_results(worksheet.title, lines, formulas.get(worksheet.title, set())),
        ]
        texts = ((number, [written(value) for value in values]) for number, values in lines)
        yield build_sheet(worksheet.title, texts, faults, is_header)


def lines_of(worksheet: Any, most_rows: int) -> Iterator[Line]:
    """The header and each row that holds a value, numbered. Raises SheetsRefused if they are too many."""
    worksheet.reset_dimensions()  # some programs declare A1:A1 and mean the whole sheet
    held = 0
    for number, line in enumerate(worksheet.iter_rows(), start=1):
        if not line and number > 1:
            continue  # one of up to a million rows that nobody filled
        values = map(shown, line)
        cells = without_blank_end([None if value == "" else value for value in values])
        held += bool(cells)
        if held > most_rows + 1:
            raise SheetsRefused([SheetFault(worksheet.title, None, None, TOO_MANY_ROWS, {"most": most_rows})])
        if len(cells) > MOST_COLUMNS:
            fault = SheetFault(worksheet.title, number, None, TOO_MANY_COLUMNS, {"most": MOST_COLUMNS})
            raise SheetsRefused([fault])
        if cells or number == 1:
            yield number, cells


def shown(cell: Any) -> Any:
    """A cell's value; a percentage, which the file holds as a share, with its sign: 0.8 as "80%"."""
    value = cell.value
    if type(value) not in (int, float) or "%" not in LITERAL.sub("", cell.number_format or ""):
        return value
    percent = Decimal(f"{value:.15g}") * 100
    return f"{percent.normalize():f}%".replace(".", ",")


def written(value: Any) -> str:
    """A cell's value as `questionnaires.written` reads it again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return written_number(value)
    if isinstance(value, datetime.datetime) and value.time() == TIME_OF_DAY:
        return value.date().isoformat()
    return clean(str(value))


def written_number(value: float) -> str:
    """The digits that Excel keeps of it; a whole number without decimals."""
    kept = float(f"{value:.15g}")
    return write_number(int(kept) if kept.is_integer() else kept)


def cell_errors(sheet: str, lines: Sequence[Line]) -> list[SheetFault]:
    return [
        SheetFault(sheet, number, place, CELL_ERROR, {"raw": value})
        for number, values in lines
        for place, value in enumerate(values, start=1)
        if value in ERROR_CODES
    ]


def missing_results(sheet: str, lines: Sequence[Line], formulas: set[tuple[int, int]]) -> list[SheetFault]:
    """Formulas that no spreadsheet has computed: read as they stand, they would pass for blanks."""
    results = {
        (number, place)
        for number, values in lines
        for place, value in enumerate(values, start=1)
        if value is not None
    }
    return [SheetFault(sheet, *cell, NO_RESULT) for cell in sorted(formulas - results)]


def holds_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(FORMULA.search(archive.read(name)) for name in parts)


def formula_cells(content: bytes, most_rows: int) -> dict[str, set[tuple[int, int]]]:
    """Sheet → (row, column) of its formulas."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return {
        worksheet.title: {
            (number, place)
            for number, values in lines_of(worksheet, most_rows)
            for place, value in enumerate(values, start=1)
            if is_formula(value)
        }
        for worksheet in book.worksheets
        if worksheet.sheet_state == "visible"
    }


def is_formula(value: Any) -> bool:
    """Array formulas come as objects of their own; a text that begins with "=" has a result: itself."""
    is_text = isinstance(value, str) and value.startswith("=")
    return is_text or isinstance(value, (ArrayFormula, DataTableFormula))
