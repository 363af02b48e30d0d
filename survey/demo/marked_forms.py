"""Printed forms with marks drawn on them, as a scanner would deliver them. Nobody filled these in: the marks
are discs and the handwriting is a computer's; it shows the way of the paper, not how well marks are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
import pypdfium2

from questionnaires.paper.layout import Box, Layout, Place, Written

DPI = 150
DOTS = DPI / 25.4
"""Dots a millimetre."""

INK, PENCIL = 45, 110
"""Grey, from 0 (black) to 255."""

Texts = Mapping[str, Sequence[str]]
"""Item → what its answer is on the form: codes of choices, or what is written."""


def scanned(pdf: bytes, layout: Layout, forms: Sequence[Texts], slips: Sequence[str], seed: int) -> bytes:
    """The forms of a PDF, each filled in with its texts, as a TIFF file of grey pages. In the form at each
    position of `slips`, that item has a pencil mark in a second box too; "" for none.
    """
    rng = np.random.default_rng(seed)
    pages = drawn(pdf)
    for position, texts in enumerate(forms):
        for number in range(1, layout.pages + 1):
            page = pages[position * layout.pages + number - 1]
            fill_in(page, layout, number, texts, slips[position], rng)
    is_written, content = cv2.imencodemulti(".tiff", pages)
    if not is_written:
        raise RuntimeError("OpenCV writes no TIFF here")
    return content.tobytes()


def drawn(pdf: bytes) -> list[np.ndarray]:
    """Its pages, (height, width) grey at DPI."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=DPI / 72, grayscale=True).to_numpy().copy() for page in document]


def fill_in(
    page: np.ndarray, layout: Layout, number: int, texts: Texts, slip: str, rng: np.random.Generator
) -> None:
    for box in (box for box in layout.boxes if box.place.page == number):
        if is_marked(box, texts):
            disc(page, box.place, 0.4, INK, rng)
        elif box.item == slip and texts.get(slip):
            disc(page, box.place, 0.22, PENCIL, rng)
            slip = ""
    for room in (room for room in layout.written if room.place.page == number):
        if texts.get(room.item):
            write(page, room, texts[room.item][0])


def is_marked(box: Box, texts: Texts) -> bool:
    chosen = texts.get(box.item, ())
    return box.value in chosen and box.rank in (0, list(chosen).index(box.value) + 1)


def disc(page: np.ndarray, place: Place, share: float, grey: int, rng: np.random.Generator) -> None:
    """A disc near the middle of a box; its radius is a share of the box's width."""
    middle = np.array(place.middle) + rng.normal(0, 0.12, 2)
    centre = tuple(round(length * DOTS) for length in middle)
    cv2.circle(page, centre, round(place.width * share * DOTS), grey, cv2.FILLED, cv2.LINE_AA)


def write(page: np.ndarray, room: Written, text: str) -> None:
    """In the letters that OpenCV has, which are those of ASCII."""
    place = room.place
    foot = int((place.x + 1.5) * DOTS), int((place.y + min(place.height, 6.0)) * DOTS)
    plain = text.encode("ascii", "replace").decode()
    cv2.putText(page, plain, foot, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 0.8, INK, 2, cv2.LINE_AA)
