"""Text that must fit a room of a fixed size."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from questionnaires.faults import N_
from questionnaires.paper.drawing.shapes import write
from questionnaires.paper.layout import Place
from questionnaires.paper.placing.typography import height_of, style
from questionnaires.paper.refused import refusal
from questionnaires.printing.fonts import markup

SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)

TOO_LONG = N_("This text is too long for its room on the form. Please shorten it: “%(text)s”")


def write_fitted(canvas: Canvas, text: str, place: Place, sizes: tuple[float, ...] = SIZES) -> None:
    """The text in the largest type for which the place has room; raises PaperError where none has."""
    for size in sizes:
        if height_of(markup(text), style(size), place.width) <= place.height:
            write(canvas, markup(text), style(size), place)
            return
    raise refusal(TOO_LONG, text=f"{text[:80]}…" if len(text) > 80 else text)
