"""Letters with personal codes: a page for each person, for a window envelope or to hand over."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from questionnaires.printing.fonts import register
from survey.fieldwork.inviting.poster_pdf import BRAND, GREY, WARNING
from survey.fieldwork.inviting.qr import draw_qr
from survey.fieldwork.inviting.stacking import Box, Line, draw_stack

WIDTH, HEIGHT = A4
MARGIN = 25 * mm
INNER = WIDTH - 2 * MARGIN
PANEL_BOTTOM, PANEL_HEIGHT = 48 * mm, 62 * mm
QR_SIDE = 56 * mm
PALE = HexColor("#eef5f5")
TEXT_SIZE = 11.5


@dataclass(frozen=True)
class Frame:
    """What all letters of a survey share."""

    sender: str
    title: str
    code_label: str
    link_label: str
    deadline: str
    notice: str


@dataclass(frozen=True)
class Letter:
    """`typed` is the address to type where no telephone scans; `scanned` has the code filled in."""

    name: str
    address: str
    text: str
    code: str
    typed: str
    scanned: str


def letters_pdf(frame: Frame, letters: Iterable[Letter]) -> bytes:
    register()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, lang="vi")
    canvas.setTitle(frame.title)
    for letter in letters:
        draw_letter(canvas, frame, letter)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def draw_letter(canvas: Canvas, frame: Frame, letter: Letter) -> None:
    head = Box(MARGIN, HEIGHT - 15 * mm, INNER, 20 * mm)
    draw_stack(canvas, head, [Line(frame.sender, 10, colour=GREY)], TA_LEFT, from_top=True)
    window = Box(MARGIN, HEIGHT - 45 * mm, 90 * mm, 30 * mm)
    lines = [Line(letter.name, 12, "Bold"), Line(letter.address, 11)]
    draw_stack(canvas, window, lines, TA_LEFT, from_top=True)
    title = Box(MARGIN, HEIGHT - 82 * mm, INNER, 16 * mm)
    draw_stack(canvas, title, [Line(frame.title, 14, "Bold", BRAND)], TA_LEFT, from_top=True)
    top = HEIGHT - 102 * mm
    text = Box(MARGIN, top, INNER, top - PANEL_BOTTOM - PANEL_HEIGHT - 4 * mm)
    draw_stack(canvas, text, paragraphs(letter.text), TA_LEFT, from_top=True)
    draw_panel(canvas, frame, letter)
    draw_foot(canvas, frame)


def paragraphs(text: str) -> list[Line]:
    """The lines as typed; a blank one parts paragraphs."""
    return [Line(line or "\N{NO-BREAK SPACE}", TEXT_SIZE) for line in text.split("\n")]


def draw_panel(canvas: Canvas, frame: Frame, letter: Letter) -> None:
    """The code in large type, where to type it, and both as a QR code."""
    canvas.setFillColor(PALE)
    canvas.roundRect(MARGIN, PANEL_BOTTOM, INNER, PANEL_HEIGHT, 3 * mm, stroke=0, fill=1)
    inset = (PANEL_HEIGHT - QR_SIDE) / 2
    left = MARGIN + INNER - QR_SIDE - inset
    draw_qr(canvas, letter.scanned, left, PANEL_BOTTOM + inset, QR_SIDE)
    words = Box(
        MARGIN + 4 * mm,
        PANEL_BOTTOM + PANEL_HEIGHT - 4 * mm,
        left - MARGIN - 8 * mm,
        PANEL_HEIGHT - 8 * mm,
    )
    lines = [
        Line(frame.code_label, 10.5, colour=GREY),
        Line(letter.code, 24, "Bold", BRAND),
        Line("\N{NO-BREAK SPACE}", 6),
        Line(frame.link_label, 10.5, colour=GREY),
        Line(letter.typed, 15, "Bold"),
        Line("\N{NO-BREAK SPACE}", 6),
        Line(frame.deadline, 11, "Bold"),
    ]
    draw_stack(canvas, words, lines, TA_LEFT)


def draw_foot(canvas: Canvas, frame: Frame) -> None:
    if frame.notice:
        canvas.setFillColor(WARNING)
        canvas.rect(0, 0, WIDTH, 9 * mm, stroke=0, fill=1)
        draw_stack(
            canvas, Box(MARGIN, 9 * mm, INNER, 9 * mm), [Line(frame.notice, 11, "Bold", HexColor("#ffffff"))]
        )
