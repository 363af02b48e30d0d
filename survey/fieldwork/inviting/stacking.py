"""Text on a page of fixed size: paragraphs one below the other, made smaller where they would not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.colors import Color, black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from questionnaires.printing.fonts import FAMILY, markup

LEADING = 1.3
SMALLER = 0.94
SMALLEST = 6.0  # points
LEAST_SHRINK = 0.3
OF_LETTERS = 1.01  # or the last letter could fall to rounding


@dataclass(frozen=True)
class Line:
    """A text with its size in points; it breaks into several lines where it must."""

    text: str
    size: float
    weight: str = "Regular"
    colour: Color = black


def paragraph(line: Line, size: float, alignment: int) -> Paragraph:
    style = ParagraphStyle(
        "line",
        fontName=f"{FAMILY}-{line.weight}",
        fontSize=size,
        leading=size * LEADING,
        alignment=alignment,
        textColor=line.colour,
        splitLongWords=1,
    )
    return Paragraph(markup(line.text), style)


def fitted(line: Line, width: float, height: float, alignment: int) -> tuple[Paragraph, float]:
    """The paragraph at its size, or at the largest below that fits a box; and how high it is."""
    size = line.size
    while True:
        drawn = paragraph(line, size, alignment)
        _, needed = drawn.wrap(width, height)
        if size <= SMALLEST or (needed <= height and longest_word(line, size) <= width):
            return drawn, needed
        size *= SMALLER


def longest_word(line: Line, size: float) -> float:
    font = f"{FAMILY}-{line.weight}"
    return max((stringWidth(word, font, size) for word in line.text.split()), default=0) * OF_LETTERS


@dataclass(frozen=True)
class Box:
    """A place on the page; `top` is measured from the lower edge, as PDF measures."""

    left: float
    top: float
    width: float
    height: float


def draw_stack(
    canvas: Canvas, box: Box, lines: Iterable[Line], alignment: int = TA_CENTER, *, from_top: bool = False
) -> None:
    """Draw the lines one below the other, all smaller if they must; in the middle unless `from_top`."""
    drawn, total = shrunk(box, [line for line in lines if line.text], alignment)
    top = box.top - (0 if from_top else max(box.height - total, 0) / 2)
    for one, height in drawn:
        one.drawOn(canvas, box.left, top - height)
        top -= height


def shrunk(
    box: Box, lines: Sequence[Line], alignment: int, shrink: float = 1.0
) -> tuple[list[tuple[Paragraph, float]], float]:
    """The paragraphs of lines at the largest size at which all fit the box, and how high they are."""
    sized = [replace(line, size=line.size * shrink) for line in lines]
    drawn = [fitted(line, box.width, box.height, alignment) for line in sized]
    total = sum(height for _, height in drawn)
    if total <= box.height or shrink < LEAST_SHRINK:
        return drawn, total
    return shrunk(box, lines, alignment, shrink * SMALLER)
