"""How the PDF copy looks: A4, a wide margin on the left to bind it, black on white."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import TableStyle

from questionnaires.printing.fonts import FAMILY, SIGNS

PAGE: dict[str, Any] = {
    "pagesize": A4,
    "topMargin": 20 * mm,
    "bottomMargin": 20 * mm,
    "leftMargin": 30 * mm,
    "rightMargin": 15 * mm,
}
FRAME_PADDING = 6  # reportlab's own, on each side
WIDTH = A4[0] - PAGE["leftMargin"] - PAGE["rightMargin"] - 2 * FRAME_PADDING
NUMBER_DOWN = 13 * mm  # the page number, from the upper edge
WIDEST_COLUMN = 18 * mm
COLUMNS_SHARE, MOST_SHARE = 0.57, 0.7  # of a grid's width; the items take the rest
ROOM_TO_BEGIN = 60 * mm  # a long grid begins where so much of the page is left
GAP, LINE = 5, 15
GREY = HexColor("#777777")
SHADE = HexColor("#eeeeee")
DOTTED: dict[str, Any] = {
    "width": "100%",
    "thickness": 0.6,
    "color": GREY,
    "dash": (0.6, 2),
    "spaceBefore": LINE,
}


def _style(name: str, size: float = 10, weight: str = "Regular", **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=f"{FAMILY}-{weight}", fontSize=size, leading=size * 1.35, **more)


TEXT = _style("text", alignment=TA_JUSTIFY, spaceAfter=4)
ANNEX = _style("annex", 12, "Bold", alignment=TA_CENTER)
TITLE = _style("title", 12, "Bold", alignment=TA_CENTER, spaceBefore=2, spaceAfter=2)
REFERENCE = _style("reference", weight="Italic", alignment=TA_CENTER, spaceAfter=10)
HEADING = _style("heading", 11, "Bold", spaceBefore=6, spaceAfter=4)
LEAD = _style("lead", weight="Italic", spaceAfter=4)
QUESTION = _style("question", spaceAfter=2)
NOTE = _style("note", 9, "Italic", leftIndent=12, spaceAfter=2)
CHOICE = _style("choice", leftIndent=26, firstLineIndent=-14)
ROW = _style("row", 9.5)
MARK = ParagraphStyle("mark", fontName=SIGNS, fontSize=11, leading=13, alignment=TA_CENTER)
COLOPHON = _style("colophon", 8, "Italic", textColor=GREY)

LARGEST_LABEL, SMALLEST_LABEL, CELL_PADDING = 7.5, 6.5, 2


def column_width(count: int, longest_word: str) -> float:
    """The width of each of a grid's columns; more than usual where a word is long."""
    usual = min(WIDEST_COLUMN, WIDTH * COLUMNS_SHARE / count)
    needed = _width_of(longest_word, SMALLEST_LABEL) + 2 * CELL_PADDING
    return max(usual, min(needed, WIDTH * MOST_SHARE / count))


def label_style(longest_word: str, width: float) -> ParagraphStyle:
    """The style of a grid's labels, small enough for the longest word to fit a column whole."""
    fitting = (width - 2 * CELL_PADDING) / max(_width_of(longest_word, 1), 1)
    return _style("label", max(SMALLEST_LABEL, min(LARGEST_LABEL, fitting)), alignment=TA_CENTER)


def _width_of(word: str, size: float) -> float:
    return stringWidth(word, TEXT.fontName, size) * 1.01  # or the last letter could fall to rounding


CHOICES = TableStyle(
    [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 0.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)
GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, black),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("LEFTPADDING", (0, 0), (-1, -1), CELL_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), CELL_PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
)
