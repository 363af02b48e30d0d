"""The forms that pyxform's tests carry, read one by one, and the table of what became of each.

    python -m tests.questionnaires.exchange.xlsform_corpus

prints the table that stands in docs/xlsform.md.
"""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import xlrd

from questionnaires.exchange.imported import Imported
from questionnaires.exchange.xlsform import read_form_sheets, read_xlsform
from questionnaires.sheets import Sheet, SheetFault, SheetsRefused
from questionnaires.sheets.sheet import build_sheet
from questionnaires.sheets.workbook import written

FOLDER = Path(__file__).parent / "pyxform_examples"
SUFFIXES = (".csv", ".xls", ".xlsx")


def forms() -> list[Path]:
    return sorted(path for path in FOLDER.glob("*/*") if path.suffix in SUFFIXES)


def name_of(form: Path) -> str:
    return form.relative_to(FOLDER).as_posix()


def imported(form: Path) -> Imported:
    """The form read; raises SheetsRefused."""
    content = form.read_bytes()
    sheets = saved_anew(content) if form.suffix == ".xls" else read_form_sheets(io.BytesIO(content))
    return read_xlsform(sheets)


def saved_anew(content: bytes) -> list[Sheet]:
    """The sheets of an old Excel file as they are once saved as .xlsx, which our reader asks for."""
    book = xlrd.open_workbook(file_contents=content)
    return [
        build_sheet(
            sheet.name,
            [
                (number + 1, [written(value_of(cell, book.datemode)) for cell in sheet.row(number)])
                for number in range(sheet.nrows)
            ],
        )
        for sheet in book.sheets()
        if sheet.nrows
    ]


def value_of(cell: Any, datemode: int) -> Any:
    if cell.ctype == xlrd.XL_CELL_DATE and cell.value >= 1:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value


def reasons(faults: tuple[SheetFault, ...]) -> str:
    """Each reason once, with the first cell it is found at and how often it comes up."""
    times = Counter(fault.template for fault in faults)
    first = {fault.template: fault for fault in reversed(faults)}
    return " ".join(
        f"{place_of(fault)}: {fault.sentence()}"
        + (f" ({times[template]} times)" if times[template] > 1 else "")
        for template, fault in sorted(first.items(), key=lambda pair: faults.index(pair[1]))
    )


def place_of(fault: SheetFault) -> str:
    return f"{fault.sheet} {fault.letter}{fault.row or ''}".strip()


def lines() -> list[str]:
    """The table's lines, one a form."""
    made = []
    for form in forms():
        try:
            outcome = f"imported; notes: {len(imported(form).notes)}"
        except SheetsRefused as refused:
            outcome = reasons(refused.faults)
        made.append(f"| {name_of(form)} | {outcome.replace('|', '¦')} |")
    return made


if __name__ == "__main__":
    print("\n".join(lines()))
