"""Printed forms as a reader meets them: pages drawn at a scanner's resolution, places looked at."""

from __future__ import annotations

import datetime
import io

import numpy as np
import pypdfium2 as pdfium

from questionnaires.paper import Batch, Notice, print_forms
from questionnaires.paper.layout import Layout, Place
from questionnaires.schema import Questionnaire
from tests.questionnaires.forms import choice, form, question, section, words

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


def of_25_items() -> Questionnaire:
    """A usual form: twenty items on a scale of five, four choices about the person, a comment."""
    levels = [choice(f"level_{number}") for number in range(1, 6)] + [choice("dont_know", "dont_know")]
    scale = {"code": "five", "choices": levels}
    rows = [
        {"code": f"row_{number}", "text": words(f"Nội dung đánh giá số {number}")} for number in range(20)
    ]
    quarters = [
        section(
            f"part_{start}", question(f"matrix_{start}", "matrix", scale="five", rows=rows[start : start + 5])
        )
        for start in range(0, 20, 5)
    ]
    picks = [choice("one"), choice("two"), choice("three"), choice("refused", "refused")]
    person = [question(f"profile_{number}", "single", choices=picks) for number in range(4)]
    return form(*quarters, section("person", *person, question("comment", "long_text")), scales=[scale])
