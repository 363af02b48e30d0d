"""Text that must fit a room of a fixed size."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas

from questionnaires.faults import N_
from questionnaires.paper.drawing.shapes import write
from questionnaires.paper.layout import Place
from questionnaires.paper.placing.typography import height_of, style
from questionnaires.paper.refused import refusal
from questionnaires.printing.fonts import markup

SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)

TOO_LONG = N_("This text is too long for its room on the form. Please shorten it: “%(text)s”")


def write_fitted(canvas: Canvas, text: str, place: Place, looks: Sequence[ParagraphStyle] = ()) -> None:
    """The text in the first look for which the place has room; raises PaperError where none has."""
    look = fitting(text, place, looks or [style(size) for size in SIZES])
    if look is None:
        raise refusal(TOO_LONG, text=f"{text[:80]}…" if len(text) > 80 else text)
    write(canvas, markup(text), look, place)


def fitting(text: str, place: Place, looks: Sequence[ParagraphStyle]) -> ParagraphStyle | None:
    """The first look in which the place has room for the text; None where it has none."""
    fits = (look for look in looks if height_of(markup(text), look, place.width) <= place.height)
    return next(fits, None)


def shortened(text: str, place: Place, looks: Sequence[ParagraphStyle]) -> str:
    """The whole text where the place has room for it; else as much of it as fits, and an ellipsis."""
    whole = text
    while text and fitting(text, place, looks) is None:
        whole = whole[:-1].rstrip()
        text = f"{whole}…" if whole else ""
    return text
