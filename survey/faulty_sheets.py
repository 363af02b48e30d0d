"""All faults of a refused file: the first on the page, all of them in a workbook to take away."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from flask_babel import gettext

from questionnaires.sheets.sheet import SheetFault
from survey.language import sentence

AT_ONCE = 200
"""Faults shown on a page; all of them stand in the workbook."""

MOST = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (20, 8, 8, 24, 90)


@dataclass(frozen=True)
class Report:
    """What a page says of a refused file: how many faults, the first of them, where all can be downloaded."""

    total: int
    shown: Sequence[SheetFault]
    address: str


def report_of(faults: Sequence[SheetFault]) -> Report:
    """The faults in the order of the file. No file is made where a page shows them all."""
    ordered = sorted(faults, key=lambda fault: (fault.sheet, fault.row or 0, fault.column or 0))
    address = address_of(fault_workbook(ordered)) if len(ordered) > AT_ONCE else ""
    return Report(len(ordered), ordered[:AT_ONCE], address)


def fault_workbook(faults: Sequence[SheetFault]) -> bytes:
    """An XLSX file in the reader's language; past 20,000 faults it ends."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        page = book.add_worksheet(gettext("Faults"))
        heads = (
            gettext("Sheet"),
            gettext("Row"),
            gettext("Column"),
            gettext("Heading"),
            gettext("What is wrong"),
        )
        page.write_row(0, 0, heads, book.add_format({"bold": True}))
        for place, width in enumerate(WIDTHS):
            page.set_column(place, place, width)
        for number, fault in enumerate(faults[:MOST], start=1):
            page.write_row(number, 0, (fault.sheet, fault.row, fault.letter, fault.heading, sentence(fault)))
        page.freeze_panes(1, 0)
    return buffer.getvalue()


def address_of(workbook: bytes) -> str:
    """The file as an address to download it from, so that the server keeps nothing of a refused upload."""
    return f"data:{XLSX};base64,{base64.b64encode(workbook).decode()}"
