"""PDF files from scanners: each page drawn as finely as the picture in it, no finer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from questionnaires.faults import N_, Fault
from questionnaires.scanning.refused import BROKEN_PAGE, MOST_PIXELS, TOO_LARGE, PageRefused, ScanRefused

DPI = 200
"""Of pages without a picture, such as those a computer wrote."""
LEAST_DPI, MOST_DPI = 72, 300
POINTS = 72  # in an inch
DEEPEST = 5
"""Levels of drawings within drawings; scanners, and programs that stamp or bind pages, need two or three."""
MOST_PIECES = 100_000
"""Lines, words and pictures of one page."""
MOST_KEPT = 8 * 2**20
"""Bytes of a file, about, that were read and are still in memory."""

LOCKED = N_("“%(file)s” is locked with a password. Save it without one.")
NOT_A_PDF = N_("“%(file)s” is a broken PDF file and cannot be opened.")
TOO_INVOLVED = N_(
    "Page %(page)s of “%(file)s” is drawn of far more pieces than any scan. Print it, and scan the paper."
)
NO_PAGES = N_("“%(file)s” has no pages.")


def count(file: BinaryIO, name: str, _most: int) -> int:
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == raw.FPDF_ERR_PASSWORD
        raise ScanRefused(Fault(name, LOCKED if locked else NOT_A_PDF, {"file": name})) from error
    with document:
        if not len(document):
            raise ScanRefused(Fault(name, NO_PAGES, {"file": name}))
        return len(document)


@contextmanager
def opened(file: BinaryIO) -> Iterator[Callable[[int], np.ndarray]]:
    document = _Reopened(file)
    try:
        yield document.drawn
    finally:
        document.close()


class _Reopened:
    """A document opened anew every few pages: pdfium keeps all that it read of a file until it is closed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._document, self._count = file, pypdfium2.PdfDocument(file), 0
        self._most = max(1, MOST_KEPT * len(self._document) // file.seek(0, os.SEEK_END))

    def drawn(self, number: int) -> np.ndarray:
        if self._count == self._most:
            self.close()
            self._document, self._count = pypdfium2.PdfDocument(self._file), 0
        self._count += 1
        return _drawn(self._document, number)

    def close(self) -> None:
        self._document.close()


def _drawn(document: pypdfium2.PdfDocument, number: int) -> np.ndarray:
    try:
        page = document[number - 1]
        scale = min(max(_dpi(page), LEAST_DPI), MOST_DPI) / POINTS
        if page.get_width() * page.get_height() * scale**2 > MOST_PIXELS:
            raise PageRefused(TOO_LARGE)
        bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
        image = bitmap.to_numpy()[..., :3].copy()
        page.close()
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise error if isinstance(error, PageRefused) else PageRefused(BROKEN_PAGE) from error
    return image


def _dpi(page: pypdfium2.PdfPage) -> float:
    """Of the largest picture on the page. Raises PageRefused where the pictures together are too large."""
    sizes = [_pixels_and_points(image) for image in _pictures(page)]
    if sum(pixels for pixels, _points in sizes) > MOST_PIXELS:
        raise PageRefused(TOO_LARGE)
    pixels, points = max(sizes, default=(0.0, 0.0))
    return (pixels / points) ** 0.5 * POINTS if points else DPI


def _pictures(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfImage]:
    """All of them, however deep: what was not measured would be drawn all the same."""
    for number, piece in enumerate(page.get_objects(max_depth=DEEPEST + 1), start=1):
        if piece.level >= DEEPEST or number > MOST_PIECES:
            raise PageRefused(TOO_INVOLVED)
        if piece.type == raw.FPDF_PAGEOBJ_IMAGE:
            yield piece


def _pixels_and_points(image: pypdfium2.PdfImage) -> tuple[float, float]:
    """Both as areas, so that pictures that lie on their side count alike."""
    width, height = image.get_px_size()
    left, bottom, right, top = image.get_bounds()
    return float(width * height), abs((right - left) * (top - bottom))
