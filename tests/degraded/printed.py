"""Forms as the platform prints them, as pictures to draw on."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import pypdfium2

from questionnaires import library
from questionnaires.paper import Batch, Notice, form_layout, layout_digest, print_forms
from questionnaires.paper.layout import Layout
from questionnaires.schema import Questionnaire
from tests.degraded.pens import DPI

NOTICE = Notice("Cơ quan tổng hợp thử", "Dữ liệu tổng hợp để thử máy")


@dataclass(frozen=True)
class PrintedForm:
    """`pages`: (height, width, 3) RGB at `pens.DPI` each."""

    serial: int
    layout: Layout
    pages: tuple[np.ndarray, ...]

    @cached_property
    def layouts(self) -> dict[str, Layout]:
        return {layout_digest(self.layout): self.layout}


@cache
def citizens_form(*, closely: bool = True) -> PrintedForm:
    """The shipped questionnaire for citizens; set closely, more boxes are on a page, nearer to each other."""
    return printed(library.load("citizen-satisfaction-2024"), closely=closely)


def printed(
    questionnaire: Questionnaire, serial: int = 12345, language: str = "vi", *, closely: bool = False
) -> PrintedForm:
    layout, file = form_layout(questionnaire, language, closely=closely), io.BytesIO()
    print_forms(questionnaire, layout, [Batch("T1", [serial])], NOTICE, file)
    return PrintedForm(serial, layout, tuple(drawn(file.getvalue())))


def drawn(content: bytes, dpi: int = DPI) -> list[np.ndarray]:
    """The pages of a PDF file as RGB pictures."""
    with pypdfium2.PdfDocument(content) as document:
        return [
            page.render(scale=dpi / 72, rev_byteorder=True).to_numpy()[..., :3].copy() for page in document
        ]
