"""CSV as Vietnamese and other offices save it: UTF-8 or UTF-16; commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from questionnaires.faults import N_
from questionnaires.sheets.limits import MOST_COLUMNS, TOO_MANY_COLUMNS, TOO_MANY_ROWS
from questionnaires.sheets.sheet import IsHeader, Sheet, SheetFault, SheetsRefused, build_sheet
from questionnaires.written import clean

NAME = "CSV"
DELIMITERS = ",;\t"
ENCODINGS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

NOT_TEXT = N_(
    "This is neither an Excel workbook (.xlsx) nor text in UTF-8. "
    "In Excel, save it as .xlsx or as “CSV UTF-8”."
)
BAD_QUOTES = N_("From here on the file cannot be read: a quotation mark is missing or stands alone.")


def read_delimited(content: bytes, most_rows: int, is_header: IsHeader | None = None) -> list[Sheet]:
    """The one table of a CSV file. Raises SheetsRefused."""
    text = decoded(content)
    lines = list(records(text, most_rows))
    return [build_sheet(NAME, lines, is_header=is_header)]


def decoded(content: bytes) -> str:
    encoding = next((name for mark, name in ENCODINGS.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetsRefused([SheetFault(NAME, None, None, NOT_TEXT)]) from error


def records(text: str, most_rows: int) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number, as a spreadsheet would number its row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    number = held = 0
    try:
        for number, cells in enumerate(reader, start=1):
            texts = [clean(cell) for cell in cells]
            held += any(texts)
            if held > most_rows + 1:
                raise SheetsRefused([SheetFault(NAME, None, None, TOO_MANY_ROWS, {"most": most_rows})])
            if any(texts[MOST_COLUMNS:]):
                fault = SheetFault(NAME, number, None, TOO_MANY_COLUMNS, {"most": MOST_COLUMNS})
                raise SheetsRefused([fault])
            yield number, texts
    except csv.Error as error:
        raise SheetsRefused([SheetFault(NAME, number + 1, None, BAD_QUOTES)]) from error


def delimiter_of(text: str) -> str:
    """The delimiter that the first line holds most often."""
    first = text.lstrip().partition("\n")[0]
    return max(DELIMITERS, key=first.count)
