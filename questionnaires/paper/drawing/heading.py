"""Whose form it is: cells with a small label above what is known; an empty cell is filled in by hand."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas

from questionnaires.paper import words
from questionnaires.paper.drawing.fitted import fitting, shortened, write_fitted
from questionnaires.paper.drawing.shapes import draw, write
from questionnaires.paper.layout import Place
from questionnaires.paper.notice import Batch
from questionnaires.paper.placing import head, page
from questionnaires.paper.placing.parts import Comb
from questionnaires.paper.placing.typography import style

SHARES = (0.39, 0.24, 0.23, 0.14)
SIZES = (9.0, 8.0, 7.0, 6.0)
TWO_LINES, CLOSE = 6.0, 1.15
"""Of what needs two lines: their size, and the distance of the lines by it."""

LABEL_ROOM, PAD = 3.3, 1.2


def draw_heading(canvas: Canvas, batch: Batch, room: Place, language: str) -> None:
    """Names that are too long for their cells are shortened: they stand whole on the cover list. Raises
    PaperError where the batch's code is too long: by it the form is found.
    """
    say, looks = words.translator(language), _looks()
    names = (words.UNIT, words.COMMUNE, words.ENUMERATOR)
    known = (batch.unit, batch.commune, batch.enumerator)
    *cells, last = _cells(room)
    for label, text, cell in zip(names, known, cells, strict=True):
        _draw_cell(canvas, say(label), shortened(text, _inner(cell), looks), cell)
    _draw_cell(canvas, say(words.BATCH), batch.code, last)


def code_fits(code: str) -> bool:
    """Whether the head of a form has room for a batch's code."""
    *_, cell = _cells(Place(1, page.LEFT, 0, page.WIDTH, head.BATCH_ROOM))
    return fitting(code, _inner(cell), _looks()) is not None


def _cells(room: Place) -> Iterator[Place]:
    x = room.x
    for share in SHARES:
        width = room.width * share
        yield Place(room.page, x, room.y, width, room.height)
        x += width


def _inner(cell: Place) -> Place:
    """What of a cell is left below its label."""
    height = cell.height - LABEL_ROOM - 0.2
    return Place(cell.page, cell.x + PAD, cell.y + LABEL_ROOM, cell.width - 2 * PAD, height)


def _draw_cell(canvas: Canvas, label: str, text: str, cell: Place) -> None:
    draw(Comb(cell, (1,)), canvas)
    inner = _inner(cell)
    write(canvas, label, style(6.5), Place(cell.page, inner.x, cell.y + 0.4, inner.width, LABEL_ROOM))
    write_fitted(canvas, text, inner, _looks())


def _looks() -> list[ParagraphStyle]:
    """The look for two lines comes last: what was printed without it stays as it was."""
    return [*map(style, SIZES), style(TWO_LINES, leading=CLOSE)]
