"""The type of printed forms: Be Vietnam Pro, in several densities, of which a form takes the roomiest that
needs no further page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph

from questionnaires.printing.fonts import FAMILY, markup, register

BOX = 4.2
"""Diameter of a circle and side of a square, in millimetres."""

TITLE_SIZE, SMALL_TITLE_SIZE = 13.0, 8.0
WIDE_SPACE = "\N{NO-BREAK SPACE} "


@dataclass(frozen=True)
class Density:
    """How closely a form is set: points of the questions' type, and millimetres.

    `line` is the least height of a line with boxes, `gap` the room below a question, `writing` the lines
    for words at length, `written` the height of each. Lists and grids of up to `whole` lines stay on one
    page. `between` parts a section's title from the question in one header; `leading` is the distance of
    lines, by the size of the type.
    """

    text: float
    line: float
    gap: float
    writing: int
    written: float
    whole: int
    between: str = "<br/>"
    leading: float = 1.26

    @property
    def look(self) -> ParagraphStyle:
        """The type of questions and answers."""
        return style(self.text, leading=self.leading)


_CLOSE = Density(
    text=9.0, line=5.8, gap=1.2, writing=4, written=7.0, whole=3, between=WIDE_SPACE, leading=1.2
)
DENSITIES = (
    Density(text=10.0, line=7.0, gap=2.6, writing=5, written=8.0, whole=14),
    Density(text=9.5, line=6.4, gap=1.8, writing=4, written=7.5, whole=14),
    Density(text=9.0, line=6.0, gap=1.5, writing=4, written=7.0, whole=10),
    _CLOSE,
    replace(_CLOSE, line=5.6, gap=1.0, writing=3),
    replace(_CLOSE, line=5.6, gap=1.0, writing=2),
)


@cache
def style(
    size: float, weight: str = "Regular", align: int = TA_LEFT, leading: float = 1.26
) -> ParagraphStyle:
    register()
    name = f"{weight}-{size}-{align}-{leading}"
    return ParagraphStyle(
        name, fontName=f"{FAMILY}-{weight}", fontSize=size, leading=size * leading, alignment=align
    )


def centred(size: float, weight: str = "Regular") -> ParagraphStyle:
    return style(size, weight, TA_CENTER, 1.15)


def to_the_right(size: float, weight: str = "Regular") -> ParagraphStyle:
    return style(size, weight, TA_RIGHT)


@lru_cache(maxsize=10_000)
def height_of(text: str, look: ParagraphStyle, width: float) -> float:
    """Millimetres that marked-up text takes when it is broken into lines of a width in millimetres."""
    return Paragraph(text, look).wrap(width * mm, 10_000 * mm)[1] / mm


def width_of(text: str, look: ParagraphStyle) -> float:
    """Millimetres that plain text takes on one line, with a little over for rounding."""
    register()
    return stringWidth(text, look.fontName, look.fontSize) / mm * 1.01 + 0.1


def bold(text: str) -> str:
    return f"<b>{markup(text)}</b>"


def italic(text: str) -> str:
    return f"<i>{markup(text)}</i>" if text else ""
