"""Printed forms as a reader meets them: pages drawn at a scanner's resolution, places looked at."""

from __future__ import annotations

import datetime
import io

import numpy as np
import pypdfium2 as pdfium

from questionnaires.paper import Batch, Notice, print_forms
from questionnaires.paper.layout import Layout, Place
from questionnaires.schema import Questionnaire

DPI = 150
DOT = DPI / 25.4
"""Pixels a millimetre."""

NOTICE = Notice(
    "Sở Nội vụ (ví dụ)",
    "đo mức độ hài lòng của người dân",
    "Kế hoạch khảo sát (ví dụ)",
    datetime.date(2028, 12, 31),
)
BATCH = Batch("A-0012", range(12345, 12347), "UBND phường Ví Dụ", "Phường Ví Dụ", "Nguyễn Văn Ví Dụ")


def pdf_of(questionnaire: Questionnaire, layout: Layout, *batches: Batch) -> bytes:
    file = io.BytesIO()
    print_forms(questionnaire, layout, batches or (BATCH,), NOTICE, file)
    return file.getvalue()


def drawn(pdf: bytes, dpi: float = DPI) -> list[np.ndarray]:
    """The pages in grey, 0 black to 255 white."""
    document = pdfium.PdfDocument(pdf)
    return [np.asarray(page.render(scale=dpi / 72).to_pil().convert("L")) for page in document]


def around(page: np.ndarray, place: Place) -> np.ndarray:
    """The pixels of a place."""
    left, top = round(place.x * DOT), round(place.y * DOT)
    return page[top : round((place.y + place.height) * DOT), left : round((place.x + place.width) * DOT)]
