"""The Word and PDF copies as a reader meets them: their text, their structure, the same bytes each time."""

import io
import unicodedata
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from pypdf import PdfReader

from questionnaires import library, parse_questionnaire
from questionnaires.printing import questionnaire_docx, questionnaire_pdf
from questionnaires.schema import in_language
from tests.questionnaires.forms import AGREE, every_kind, form, question, section, words
from tests.questionnaires.random_definitions import sound_questionnaires


def joined(text):
    """The text without its line breaks, which fall where the paper's width wants them."""
    return "".join(text.split())


def pdf_text(questionnaire, language="vi"):
    pages = PdfReader(io.BytesIO(questionnaire_pdf(questionnaire, language))).pages
    return "\n".join(page.extract_text() for page in pages)


def word(questionnaire, language="vi"):
    return Document(io.BytesIO(questionnaire_docx(questionnaire, language)))


def word_text(document):
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def long_grid(rows=40):
    items = [{"code": f"r{number}", "text": words(f"Nội dung thứ {number}")} for number in range(rows)]
    return form(section("s", question("q", "matrix", scale="agree", rows=items)), scales=[AGREE])


@pytest.mark.parametrize("name", library.names())
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_question_and_choice_of_the_library_can_be_read_out_of_both_copies(name, language):
    questionnaire = library.load(name)
    for text in (pdf_text(questionnaire, language), word_text(word(questionnaire, language))):
        assert unicodedata.is_normalized("NFC", text)
        found = joined(text)
        for item in questionnaire.items():
            assert joined(in_language(item.text, language)) in found
            for choice in item.question.choices:
                assert joined(in_language(choice.text, language)) in found


@pytest.mark.parametrize("write", [questionnaire_docx, questionnaire_pdf])
def test_the_same_questionnaire_gives_the_same_bytes(write, monkeypatch):
    first = write(every_kind(), "vi")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert write(every_kind(), "vi") == first


@settings(max_examples=10, deadline=None)
@given(sound_questionnaires())
def test_any_sound_questionnaire_can_be_printed(definition):
    questionnaire = parse_questionnaire(definition)
    assert questionnaire_pdf(questionnaire, "vi").startswith(b"%PDF")
    assert questionnaire_docx(questionnaire, "en").startswith(b"PK")


def test_the_pdf_names_its_title_and_language_and_embeds_its_typefaces():
    reader = PdfReader(io.BytesIO(questionnaire_pdf(every_kind(), "vi")))
    assert reader.metadata.title == "Phiếu"
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    used = [font["/FontDescriptor"] for font in fonts if font["/Subtype"] == "/TrueType"]
    assert used
    assert all("/FontFile2" in descriptor for descriptor in used)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_word_of_a_grids_labels_is_broken(language):
    whole = {"vi": "thường", "en": "Dissatisfied"}[language]
    text = pdf_text(library.load("citizen-satisfaction-2024"), language)
    assert text.count(whole) >= 6  # one grid for each of six questions


def test_pages_after_the_first_are_numbered_and_a_long_grid_repeats_its_header():
    reader = PdfReader(io.BytesIO(questionnaire_pdf(long_grid(), "vi")))
    first, second, *_ = [page.extract_text() for page in reader.pages]
    assert second.startswith("2") or second.endswith("2")
    assert "Rather" in first
    assert "Rather" in second


def test_a_sign_that_the_typeface_lacks_is_not_lost():
    assert "từ ☎ 5 ≥ <b>" in pdf_text(form(section("s", question("q", "text", text=words("từ ☎ 5 ≥ <b>")))))


def test_word_shows_real_headings_and_a_title():
    document = word(library.load("citizen-satisfaction-2024"))
    styles = {paragraph.style.name: paragraph.text for paragraph in reversed(document.paragraphs)}
    assert styles["Title"].startswith("PHIẾU KHẢO SÁT MỨC ĐỘ HÀI LÒNG CỦA NGƯỜI DÂN")
    assert styles["Heading 1"] == "I. Lần giải quyết thủ tục gần đây nhất"
    assert styles["Annex"] == "Phụ lục"


def test_word_writes_in_times_new_roman_13_on_a4_and_numbers_all_pages_but_the_first():
    document = word(every_kind())
    normal, page = document.styles["Normal"].font, document.sections[0]
    assert (normal.name, normal.size.pt) == ("Times New Roman", 13)
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert page.different_first_page_header_footer
    assert page.header._element.find(f".//{qn('w:fldSimple')}").get(qn("w:instr")) == "PAGE"
    assert document.core_properties.title == "Phiếu"


def test_words_grids_repeat_their_header_and_tear_no_row():
    (table,) = word(long_grid()).tables
    header, *rows = table.rows
    assert header._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [cell.text for cell in rows[0].cells] == ["1.1. Nội dung thứ 0", "○", "○", "○", "○"]


def test_no_part_of_the_word_file_names_a_time():
    with zipfile.ZipFile(io.BytesIO(questionnaire_docx(every_kind(), "vi"))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
