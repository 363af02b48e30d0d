"""What machines look for on a page, drawn as squares: corner marks and the QR code."""

from __future__ import annotations

from functools import cache

import segno
from reportlab.lib.colors import black, white
from reportlab.pdfgen.canvas import Canvas

from questionnaires.paper.drawing.shapes import rectangle
from questionnaires.paper.layout import CornerMark, Place

MARK_MODULES = 6


def draw_mark(canvas: Canvas, mark: CornerMark) -> None:
    """A corner mark: black but for the white modules of its pattern."""
    x, y, width, height = rectangle(mark.place)
    canvas.setFillColor(black)
    canvas.rect(x, y, width, height, stroke=0, fill=1)
    canvas.setFillColor(white)
    side = width / MARK_MODULES
    for row, modules in enumerate(_pattern(mark.pattern), 1):
        for column, is_white in enumerate(modules):
            if is_white:
                canvas.rect(x + column * side, y + height - row * side, side, side, stroke=0, fill=1)


@cache
def _pattern(number: int) -> tuple[tuple[bool, ...], ...]:
    """The modules of a mark row by row, whether each is white."""
    import cv2  # slow to import, and needed here alone

    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    image = cv2.aruco.generateImageMarker(dictionary, number, MARK_MODULES)
    return tuple(tuple(bool(module) for module in row) for row in image)


def draw_code(canvas: Canvas, payload: str, place: Place) -> None:
    """A QR code with error correction Q: a quarter of it may be lost."""
    modules = segno.make(payload, error="q", boost_error=False, micro=False, mode="alphanumeric").matrix
    x, y, width, height = rectangle(place)
    canvas.saveState()
    canvas.translate(x, y + height)
    canvas.scale(width / len(modules), -height / len(modules))  # whole numbers keep the file small
    path = canvas.beginPath()
    for row, line in enumerate(modules):
        for start, end in _runs(line):
            path.rect(start, row, end - start, 1)
    canvas.setFillColor(black)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def _runs(line: bytearray) -> list[tuple[int, int]]:
    """Start and end of each run of dark modules."""
    edges = [0, *line, 0]
    starts = [place for place in range(len(line)) if edges[place + 1] and not edges[place]]
    ends = [place for place in range(1, len(line) + 1) if edges[place] and not edges[place + 1]]
    return list(zip(starts, ends, strict=True))
