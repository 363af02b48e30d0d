"""Whose form it is: cells with a small label above what is known; an empty cell is filled in by hand."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from questionnaires.paper import words
from questionnaires.paper.drawing.fitted import write_fitted
from questionnaires.paper.drawing.shapes import draw, write
from questionnaires.paper.layout import Place
from questionnaires.paper.notice import Batch
from questionnaires.paper.placing.parts import Comb
from questionnaires.paper.placing.typography import style

SHARES = (0.39, 0.24, 0.23, 0.14)
SIZES = (9.0, 8.0, 7.0, 6.0)
LABEL_ROOM, PAD = 3.3, 1.2


def draw_heading(canvas: Canvas, batch: Batch, room: Place, language: str) -> None:
    """Raises PaperError where a name is too long for its cell."""
    say = words.translator(language)
    fields = (
        (words.UNIT, batch.unit),
        (words.COMMUNE, batch.commune),
        (words.ENUMERATOR, batch.enumerator),
        (words.BATCH, batch.code),
    )
    x = room.x
    for (label, text), share in zip(fields, SHARES, strict=True):
        width = room.width * share
        draw(Comb(Place(room.page, x, room.y, width, room.height), (1,)), canvas)
        inner = Place(room.page, x + PAD, room.y + 0.4, width - 2 * PAD, LABEL_ROOM)
        write(canvas, say(label), style(6.5), inner)
        below = Place(room.page, inner.x, room.y + LABEL_ROOM, inner.width, room.height - LABEL_ROOM - 0.2)
        write_fitted(canvas, text, below, SIZES)
        x += width
