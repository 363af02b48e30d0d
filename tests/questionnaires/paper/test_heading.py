"""The head of a form: whose it is, in cells that never grow."""

import io

import pytest
from pypdf import PdfReader

from questionnaires import library
from questionnaires.paper import Batch, PaperError, code_fits, form_layout
from tests.questionnaires.paper.printed import pdf_of

FORM = library.load("citizen-satisfaction-2024")
COMMUNE = "Phường Ví Dụ Dài Nhất, tỉnh Ví Dụ (khu vực 1)"


def head_of(batch: Batch) -> str:
    """The text of a first page, its lines joined."""
    pdf = pdf_of(FORM, form_layout(FORM, "vi"), batch)
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


def test_a_commune_of_45_characters_stands_whole_in_two_lines():
    assert len(COMMUNE) == 45
    assert COMMUNE in head_of(Batch("A-1", (1,), "Sở Y tế", COMMUNE))


@pytest.mark.parametrize("field", ["unit", "commune", "enumerator"])
def test_a_name_longer_than_its_cell_is_shortened_and_says_so(field):
    head = head_of(Batch("A-1", (1,), **{field: "Đặc khu Ví Dụ " * 12}))
    assert "Đặc khu Ví Dụ Đặc khu Ví Dụ" in head
    assert "…" in head
    assert "Đặc khu Ví Dụ " * 12 not in head


def test_a_code_stands_whole_or_is_refused():
    fitting = "ke-hoach-dau-tu-01"
    assert code_fits(fitting)
    assert fitting in head_of(Batch(fitting, (1,)))
    too_long = fitting * 4
    assert not code_fits(too_long)
    with pytest.raises(PaperError, match="too long for its room"):
        head_of(Batch(too_long, (1,)))
