"""Each part of a page drawn on reportlab's canvas, which counts points from the lower left corner."""

from __future__ import annotations

from functools import singledispatch

from reportlab.lib.colors import HexColor, black
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from questionnaires.paper.layout import PAGE_HEIGHT, ROUND, Box, Place, Written
from questionnaires.paper.placing.parts import COMB_GAP, Comb, Example, Lines, Part, Rule, Shade, Words

OUTLINE, OUTLINE_WIDTH = HexColor("#333333"), 0.6
HAIRLINE, HAIRLINE_WIDTH = HexColor("#9a9a9a"), 0.35
GROUND = HexColor("#e9e9e9")
CROSS_REACH, CROSS_WIDTH = 1.5, 1.1  # millimetres past the box, points


def upper(y: float) -> float:
    """Points from the lower edge of a height in millimetres from the upper one."""
    return (PAGE_HEIGHT - y) * mm


def rectangle(place: Place) -> tuple[float, float, float, float]:
    """Left and lower edge, width and height in points."""
    return place.x * mm, upper(place.y + place.height), place.width * mm, place.height * mm


@singledispatch
def draw(part: Part, canvas: Canvas) -> None:
    """Draw a part at its place."""
    raise TypeError(type(part))


@draw.register
def _(part: Words, canvas: Canvas) -> None:
    write(canvas, part.markup, part.style, part.place)


def write(canvas: Canvas, markup: str, style: object, place: Place) -> None:
    """Lines of text, the first at the upper edge of a place."""
    paragraph = Paragraph(markup, style)
    rounding = 0.02  # places are rounded: words as wide as theirs must not break for it
    _width, height = paragraph.wrap(place.width * mm + rounding, 10_000 * mm)
    paragraph.drawOn(canvas, place.x * mm, upper(place.y) - height)


@draw.register
def _(part: Box, canvas: Canvas) -> None:
    _outline(canvas)
    _shape(canvas, part.place, part.shape == ROUND)


def _outline(canvas: Canvas) -> None:
    canvas.setStrokeColor(OUTLINE)
    canvas.setLineWidth(OUTLINE_WIDTH)


def _shape(canvas: Canvas, place: Place, is_round: bool, fill: int = 0) -> None:
    """The outline lies inside the place, so that places of neighbours never touch."""
    inset = OUTLINE_WIDTH / 2
    x, y, width, height = rectangle(place)
    if is_round:
        canvas.ellipse(x + inset, y + inset, x + width - inset, y + height - inset, stroke=1, fill=fill)
    else:
        canvas.rect(x + inset, y + inset, width - 2 * inset, height - 2 * inset, stroke=1, fill=fill)


@draw.register
def _(part: Example, canvas: Canvas) -> None:
    _outline(canvas)
    canvas.setFillColor(black)
    _shape(canvas, part.place, is_round=True, fill=int(part.filled))
    if part.crossed:
        x, y, width, height = rectangle(part.place)
        reach = CROSS_REACH * mm
        canvas.setStrokeColor(black)
        canvas.setLineWidth(CROSS_WIDTH)
        canvas.line(x - reach, y - reach, x + width + reach, y + height + reach)
        canvas.line(x - reach, y + height + reach, x + width + reach, y - reach)


@draw.register
def _(part: Written, canvas: Canvas) -> None:
    """Its cells or lines are parts of their own."""


@draw.register
def _(part: Shade, canvas: Canvas) -> None:
    canvas.setFillColor(GROUND)
    canvas.rect(*rectangle(part.place), stroke=0, fill=1)


@draw.register
def _(part: Rule, canvas: Canvas) -> None:
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(HAIRLINE_WIDTH)
    place = part.place
    canvas.line(place.x * mm, upper(place.y), (place.x + place.width) * mm, upper(place.y + place.height))


@draw.register
def _(part: Comb, canvas: Canvas) -> None:
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(OUTLINE_WIDTH)
    x, y, width, height = rectangle(part.place)
    gap = COMB_GAP * mm
    cell = (width - gap * (len(part.groups) - 1)) / sum(part.groups)
    for cells in part.groups:
        canvas.grid([x + number * cell for number in range(cells + 1)], [y, y + height])
        x += cells * cell + gap


@draw.register
def _(part: Lines, canvas: Canvas) -> None:
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(OUTLINE_WIDTH)
    canvas.setDash(0.6, 2)
    place = part.place
    for number in range(1, part.count + 1):
        y = upper(place.y + place.height * number / part.count - 0.5)
        canvas.line(place.x * mm, y, (place.x + place.width) * mm, y)
    canvas.setDash()
