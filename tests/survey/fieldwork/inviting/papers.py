"""PDF files as tests look at them: their text, their pages as pictures, the QR codes in those."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import zxingcpp

DOTS_PER_INCH = 100
POINTS_PER_INCH = 72


def texts(pdf: bytes) -> list[str]:
    """The text of each page, its lines joined."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def scanned(pdf: bytes, page: int = 0) -> list[str]:
    """What a telephone reads from the QR codes of a page."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[page].render(scale=DOTS_PER_INCH / POINTS_PER_INCH, grayscale=True).to_numpy()
    return [code.text for code in zxingcpp.read_barcodes(picture)]
