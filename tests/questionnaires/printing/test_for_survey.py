"""The Word copy that people fill in for a survey."""

from __future__ import annotations

import io

from docx import Document

from questionnaires import library
from questionnaires.printing import questionnaire_docx

TOLD = "Mục đích: đo sự hài lòng."


def texts(told: str | None) -> tuple[list[str], list[str]]:
    """Its paragraphs, and the first rows of its tables."""
    form = library.load("citizen-satisfaction-2024")
    document = Document(io.BytesIO(questionnaire_docx(form, "vi", told)))
    heads = [cell.text for table in document.tables for cell in table.rows[0].cells]
    return [paragraph.text for paragraph in document.paragraphs], heads


def test_it_has_room_for_its_number_and_says_what_people_are_told_instead_of_a_decision():
    paragraphs, _ = texts(TOLD)
    assert paragraphs[1].startswith("Số phiếu: ....")
    assert paragraphs[2] == TOLD
    assert not any("Quyết định số ...." in text or text == "Phụ lục" for text in paragraphs)


def test_each_answer_shows_the_digit_that_keys_it():
    paragraphs, heads = texts(TOLD)
    assert any("○ 1\N{NO-BREAK SPACE}" in text and "○ 2\N{NO-BREAK SPACE}" in text for text in paragraphs)
    assert any(head.startswith("1 ") for head in heads)


def test_the_annex_of_a_decision_has_neither():
    paragraphs, heads = texts(None)
    assert paragraphs[0] == "Phụ lục"
    assert not any(head.startswith("1 ") for head in heads)
    assert not any("○ 1\N{NO-BREAK SPACE}" in text for text in paragraphs)
