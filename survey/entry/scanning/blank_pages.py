"""Pages on which much looks blank: asked in one question, not cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.scanning import BLANK
from survey.entry.scanning.asking import Asked
from survey.entry.scanning.pictures import pages_showing
from survey.models import ScanPage

WORTH_ONE_QUESTION = 3
"""Blank cells of a page; fewer are said as quickly one by one."""


@dataclass(frozen=True)
class BlankPage:
    """The cells of one page that are proposed as blank. `pictures`: addresses of all pages that show them;
    `is_whole`: whether nothing that is to be answered on the page seems to be.
    """

    sheet: ScanPage
    cells: Sequence[Asked]
    pictures: Sequence[str]
    is_whole: bool
    is_proposed = True

    @property
    def id(self) -> str:
        return f"page-{self.sheet.id}"

    @property
    def items(self) -> list[str]:
        return [asked.cell.item for asked in self.cells]


def blank_page(cells: Sequence[Asked]) -> BlankPage | None:
    """The one question for all open cells of a sheet; None where it is not worth it."""
    blank = [asked for asked in cells if asked.cell.is_blank]
    if len(blank) < WORTH_ONE_QUESTION:
        return None
    sheet = blank[0].sheet
    pictures = pages_showing(sheet.form, [asked.cell.item for asked in blank])
    return BlankPage(sheet, blank, pictures, len(blank) == len(cells) and is_unmarked(sheet))


def is_unmarked(sheet: ScanPage) -> bool:
    """Whether neither the machine nor a person saw anything in the boxes of a page."""
    said = sheet.readings.get("said", {}).values()
    read = sheet.readings["items"].values()
    return all(each["state"] == BLANK for each in read) and all(each["value"] is None for each in said)
