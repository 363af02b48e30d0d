"""Forms printed, marked with a pen and scanned: real files for a real upload."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from questionnaires import paper
from questionnaires.paper.layout import Layout
from questionnaires.scanning import heic
from survey.collection.paper import Plan, WantedBatch, print_batches
from survey.db import db
from survey.models import Batch, QuestionnaireVersion
from tests.survey.factory import SMALL_QUESTIONNAIRE, MadeRound, make_round, make_user, words

DPI = 150
NOTICE = paper.Notice("Cơ quan tổng hợp thử", "Dữ liệu tổng hợp để thử máy")
INK = (40, 30, 30)

# Boxes alone: such a form needs nobody where all marks are clear.
BOXES_ONLY: dict[str, Any] = {
    **SMALL_QUESTIONNAIRE,
    "code": "boxes-only",
    "title": words("Phiếu chỉ có ô", "Boxes alone"),
    "sections": [
        {**section, "questions": [each for each in section["questions"] if each["code"] in kept]}
        for section in SMALL_QUESTIONNAIRE["sections"]
        if (kept := {"received", "late", "service_items", "improve", "ethnicity"})
        and any(each["code"] in kept for each in section["questions"])
    ],
}
CLEAR = {
    "received": ["no"],
    "polite": ["high"],
    "clear": ["low"],
    "improve": ["time", "cost"],
    "ethnicity": ["kinh"],
}
STORED = {
    "received": "no",
    "polite": "high",
    "clear": "low",
    "improve": ["time", "cost"],
    "ethnicity": "kinh",
}
"""CLEAR as it stands in a response."""


@dataclass
class Printed:
    """A batch on paper: `pages[serial]` are the pictures of a form's pages, nothing marked on them."""

    made: MadeRound
    batch_id: int
    survey_id: int
    layout: Layout
    first_serial: int
    pages: Mapping[int, Sequence[np.ndarray]]

    def form(self, number: int) -> list[np.ndarray]:
        return [page.copy() for page in self.pages[self.first_serial + number - 1]]

    def marked(self, number: int, answers: Mapping[str, Sequence[str]], **faint: str) -> list[np.ndarray]:
        """The pages of a form, the boxes of the answers filled; `faint` ones hardly."""
        pages = self.form(number)
        for box in self.layout.boxes:
            if box.value in answers.get(box.item, ()):
                fill(pages[box.place.page - 1], box.place.middle, 1.3, INK)
            if faint.get(box.item) == box.value:
                fill(pages[box.place.page - 1], box.place.middle, 0.5, (170, 170, 170))
        return pages

    def scribbled(self, pages: list[np.ndarray], *items: str) -> list[np.ndarray]:
        """The pages with a stroke of a pen in the rooms for handwriting of some items, or of all."""
        for room in self.layout.written:
            if not items or room.item in items:
                x, y = room.place.x + 2.7, room.place.y + 1
                ends = [tuple(round(length * DPI / 25.4) for length in end) for end in ((x, y), (x, y + 4))]
                cv2.line(pages[room.place.page - 1], *ends, INK, 2, cv2.LINE_AA)
        return pages


def fill(page: np.ndarray, middle: tuple[float, float], radius: float, ink: tuple[int, int, int]) -> None:
    centre = tuple(round(length * DPI / 25.4) for length in middle)
    cv2.circle(page, centre, round(radius * DPI / 25.4), ink, -1, cv2.LINE_AA)


def print_room(
    forms: int = 3, definition: dict[str, Any] | str = BOXES_ONLY, made: MadeRound | None = None, **plan: Any
) -> Printed:
    """A round whose first batch is printed; called within an application's context."""
    made = made or make_round(db.session, questionnaire=definition)
    layout = close_layout(made.survey.questionnaire_version.sha256)
    person = make_user(db.session, "supervisor")
    code = f"in-{db.session.query(Batch).count() + 1}"
    wanted = [WantedBatch(made.strata[0].id, code, forms)]
    content = paper.dump_layout(layout)
    (batch,) = print_batches(
        made.survey, wanted, content, language="vi", person=person, plan=Plan(**{"plan": "none", **plan})
    )
    serials = range(batch.first_serial, batch.first_serial + forms)
    pages = pictures(made.survey.questionnaire_version.sha256, serials)
    return Printed(made, batch.id, made.survey.id, layout, batch.first_serial, pages)


@lru_cache(maxsize=16)
def close_layout(sha256: str) -> Layout:
    """Set closely: two pages of the citizens' form."""
    return paper.form_layout(QuestionnaireVersion.known_as(sha256), "vi", closely=True)


@lru_cache(maxsize=4)
def pictures(sha256: str, serials: range) -> dict[int, list[np.ndarray]]:
    """The pages of each number, nothing marked on them: most tests of a file print the same ones."""
    questionnaire, layout, file = QuestionnaireVersion.known_as(sha256), close_layout(sha256), io.BytesIO()
    paper.print_forms(questionnaire, layout, [paper.Batch("in", list(serials))], NOTICE, file)
    with pypdfium2.PdfDocument(file.getvalue()) as document:
        drawn = [
            page.render(scale=DPI / 72, rev_byteorder=True).to_numpy()[..., :3].copy() for page in document
        ]
    return {
        serial: drawn[place * layout.pages : (place + 1) * layout.pages]
        for place, serial in enumerate(serials)
    }


def as_file(pages: Sequence[np.ndarray], kind: str = "PDF") -> bytes:
    """Pages as one file: PDF, TIFF, or a single JPEG, PNG or HEIF, which Pillow learns here."""
    heic.is_known()
    images, file = [Image.fromarray(page) for page in pages], io.BytesIO()
    several = {"save_all": True, "append_images": images[1:]} if kind in ("PDF", "TIFF") else {}
    images[0].save(file, kind, dpi=(DPI, DPI), **({"resolution": DPI} if kind == "PDF" else {}), **several)
    return file.getvalue()
