"""QR codes on paper: vectors, so that they stay sharp at any size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import segno
from reportlab.lib.colors import black, white
from reportlab.pdfgen.canvas import Canvas

LEAST_CORRECTION = "m"  # 15 % of the code may be dirty or torn
QUIET_ZONE = 4  # modules of white around the code, as ISO/IEC 18004 asks


class Run(NamedTuple):
    """Dark modules side by side, counted from the left and from the top."""

    left: int
    top: int
    length: int


def modules_of(address: str) -> list[bytearray]:
    """The rows of the code for an address, quiet zone included; 1 is dark."""
    code = segno.make_qr(address, error=LEAST_CORRECTION)
    return list(code.matrix_iter(border=QUIET_ZONE))


def dark_runs(modules: Sequence[bytearray]) -> Iterator[Run]:
    for top, row in enumerate(modules):
        left = 0
        for is_dark, same in groupby(row):
            length = len(list(same))
            if is_dark:
                yield Run(left, top, length)
            left += length


def draw_qr(canvas: Canvas, address: str, left: float, bottom: float, side: float) -> None:
    """Draw the code for an address with its quiet zone, black on white, in a square of `side` points."""
    modules = modules_of(address)
    size = side / len(modules)
    canvas.saveState()
    canvas.setFillColor(white)
    canvas.rect(left, bottom, side, side, stroke=0, fill=1)
    path = canvas.beginPath()  # one path: between shapes of their own, viewers show hairlines
    for run in dark_runs(modules):
        path.rect(left + run.left * size, bottom + side - (run.top + 1) * size, run.length * size, size)
    canvas.setFillColor(black)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
