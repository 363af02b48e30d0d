"""Posters as PDF: one on an A4 page, or four cards to cut, each the same poster at half its size."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from questionnaires.printing.fonts import register
from survey.fieldwork.inviting.poster import SCAN, TYPE, Both, Poster
from survey.fieldwork.inviting.qr import draw_qr
from survey.fieldwork.inviting.stacking import Box, Line, draw_stack

WIDTH, HEIGHT = A4
MARGIN = 14 * mm
INNER = WIDTH - 2 * MARGIN
QR_SIDE = 130 * mm  # half as much on a card
BAND_BOTTOM, QR_BOTTOM = HEIGHT - 68 * mm, 82 * mm
BRAND, GREY, WARNING = HexColor("#0b5257"), HexColor("#444444"), HexColor("#8a2a00")

Draw = Callable[[Canvas, Poster], None]


def posters_pdf(posters: Iterable[Poster], size: str, title: str) -> bytes:
    """A page for each poster, in one of SIZES."""
    register()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, lang="vi")
    canvas.setTitle(title)
    for poster in posters:
        SIZES[size](canvas, poster)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def draw_poster(canvas: Canvas, poster: Poster) -> None:
    draw_band(canvas, poster)
    draw_stack(canvas, Box(MARGIN, BAND_BOTTOM - 3 * mm, INNER, 15 * mm), two(poster.title, 15, 11))
    draw_qr(canvas, poster.scanned, (WIDTH - QR_SIDE) / 2, QR_BOTTOM, QR_SIDE)
    draw_stack(canvas, Box(MARGIN, QR_BOTTOM, INNER, 14 * mm), two(SCAN, 17, 11))
    draw_address(canvas, poster)
    draw_facts(canvas, poster.facts)
    draw_foot(canvas, poster)


def draw_band(canvas: Canvas, poster: Poster) -> None:
    canvas.setFillColor(BRAND)
    canvas.rect(0, BAND_BOTTOM, WIDTH, HEIGHT - BAND_BOTTOM, stroke=0, fill=1)
    size = 24 if poster.unit else 36
    lines = [
        Line(poster.headline.vi, size, colour=white, weight="Regular" if poster.unit else "Bold"),
        Line(poster.unit, 36, "Bold", white),
        Line(f"{poster.headline.en} {'this agency' if poster.unit else ''}".strip(), 15, colour=white),
    ]
    draw_stack(canvas, Box(MARGIN, HEIGHT - 6 * mm, INNER, HEIGHT - BAND_BOTTOM - 12 * mm), lines)


def two(text: Both, size: float, smaller: float, weight: str = "Bold") -> list[Line]:
    english = [Line(text.en, smaller, colour=GREY)] if text.en != text.vi else []
    return [Line(text.vi, size, weight), *english]


def draw_address(canvas: Canvas, poster: Poster) -> None:
    top = QR_BOTTOM - 16 * mm
    draw_stack(canvas, Box(MARGIN, top, INNER, 12 * mm), two(TYPE, 13, 10, "Regular"))
    draw_stack(canvas, Box(MARGIN, top - 12 * mm, INNER, 13 * mm), [Line(poster.typed, 27, "Bold", BRAND)])


def draw_facts(canvas: Canvas, facts: tuple[Both, ...]) -> None:
    """Side by side, parted by fine lines."""
    top, height, width = 39 * mm, 19 * mm, INNER / len(facts)
    canvas.setStrokeColor(BRAND)
    canvas.setLineWidth(0.8)
    canvas.line(MARGIN, top + mm, WIDTH - MARGIN, top + mm)
    for place, fact in enumerate(facts):
        left = MARGIN + place * width
        if place:
            canvas.line(left, top - 2 * mm, left, top - height + 2 * mm)
        draw_stack(canvas, Box(left + 2 * mm, top, width - 4 * mm, height), two(fact, 14, 10))


def draw_foot(canvas: Canvas, poster: Poster) -> None:
    """Who asks; and on paper, too, what is only an example says so."""
    asker = two(poster.asker, 11, 9, "Regular") if poster.asker else []
    draw_stack(canvas, Box(MARGIN, 20 * mm, INNER, 11 * mm), asker)
    if poster.notice:
        canvas.setFillColor(WARNING)
        canvas.rect(0, 0, WIDTH, 9 * mm, stroke=0, fill=1)
        words = Line(f"{poster.notice.vi} / {poster.notice.en}", 11, "Bold", white)
        draw_stack(canvas, Box(MARGIN, 9 * mm, INNER, 9 * mm), [words])


def draw_cards(canvas: Canvas, poster: Poster) -> None:
    for left in (0, WIDTH / 2):
        for bottom in (0, HEIGHT / 2):
            canvas.saveState()
            canvas.translate(left, bottom)
            canvas.scale(0.5, 0.5)
            draw_poster(canvas, poster)
            canvas.restoreState()
    canvas.setStrokeColor(GREY)
    canvas.setLineWidth(0.4)
    canvas.setDash(3, 3)
    canvas.line(WIDTH / 2, 0, WIDTH / 2, HEIGHT)
    canvas.line(0, HEIGHT / 2, WIDTH, HEIGHT / 2)


SIZES: Mapping[str, Draw] = {"a4": draw_poster, "cards": draw_cards}
