"""How the workbook looks."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import xlsxwriter
from xlsxwriter.format import Format

A_DAY = datetime.datetime(2020, 1, 1)
"""The same framework has the same bytes."""

TEXT_FORMAT = "@"
DEEPEST = 15
"""The widest indent that spreadsheets know."""

HEADING_COLOUR, EXAMPLE_COLOUR = "#DCE6F1", "#FFF2CC"


@dataclass(frozen=True)
class Styles:
    """`cell(number, depth, example)`: holds it a number, how far does it stand in, is it an example."""

    heading: Format
    cell: Callable[[bool, int, bool], Format]


def styles_of(book: xlsxwriter.Workbook) -> Styles:
    heading = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": HEADING_COLOUR}
    )

    @cache
    def cell(number: bool, depth: int, example: bool) -> Format:
        look = {"text_wrap": True, "valign": "top", "indent": min(depth, DEEPEST)}
        return book.add_format(
            look
            | ({} if number else {"num_format": TEXT_FORMAT})
            | ({"bg_color": EXAMPLE_COLOUR} if example else {})
        )

    return Styles(heading, cell)
