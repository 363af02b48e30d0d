"""What stands on paper: drawn at 150 dpi, each mark and box is where the layout says."""

import datetime
import io
import unicodedata
from dataclasses import replace

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from pypdf import PdfReader

from questionnaires import library, parse_questionnaire
from questionnaires.paper import (
    Batch,
    Notice,
    PageCode,
    PaperError,
    form_layout,
    layout_digest,
    print_forms,
    read_page_code,
    write_serial,
)
from questionnaires.paper.layout import Place
from questionnaires.schema import in_language
from tests.questionnaires.forms import every_kind
from tests.questionnaires.paper.printed import BATCH, DOT, NOTICE, around, drawn, of_25_items, pdf_of
from tests.questionnaires.random_definitions import sound_questionnaires

SHIPPED = [(name, language) for name in library.names() for language in ("vi", "en")]
DARK, WHITE = 140, 250
SMALL_BATCH = Batch("A-1", (7,))


@pytest.fixture(scope="module", params=SHIPPED, ids="-".join)
def printed(request):
    """A layout, and the pages of two forms of it."""
    name, language = request.param
    questionnaire = library.load(name)
    layout = form_layout(questionnaire, language)
    return layout, drawn(pdf_of(questionnaire, layout))


def joined(text):
    """The text without its breaks, which fall where the paper's width wants them."""
    return "".join(text.split())


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_every_page_names_its_form_in_a_code(printed):
    layout, pages = printed
    wanted = [
        PageCode(layout_digest(layout)[:10], serial, number, layout.pages)
        for serial in BATCH.serials
        for number in range(1, layout.pages + 1)
    ]
    assert [read_page_code(zxingcpp.read_barcode(page).text) for page in pages] == wanted


def test_the_code_stands_where_the_layout_says(printed):
    layout, pages = printed
    for place, page in zip(layout.codes, pages, strict=False):
        corner = zxingcpp.read_barcode(page).position.top_left
        assert (corner.x / DOT, corner.y / DOT) == pytest.approx((place.x, place.y), abs=0.5)


def test_corner_marks_are_found_where_the_layout_says(printed):
    layout, pages = printed
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50))
    for number, page in enumerate(pages[: layout.pages], 1):
        corners, patterns, _rejected = detector.detectMarkers(np.ascontiguousarray(page))
        found = {
            int(pattern): square.reshape(4, 2).mean(axis=0) / DOT
            for pattern, square in zip(patterns.ravel(), corners, strict=True)
        }
        marks = {mark.pattern: mark.place.middle for mark in layout.marks if mark.place.page == number}
        assert set(found) == set(marks) == {0, 1, 2, 3}
        for pattern, middle in marks.items():
            assert found[pattern] == pytest.approx(middle, abs=0.3)


def wider(place, reach):
    return Place(
        place.page, place.x - reach, place.y - reach, place.width + 2 * reach, place.height + 2 * reach
    )


def test_each_box_is_a_dark_outline_around_white_paper(printed):
    layout, pages = printed
    for box in layout.boxes:
        page = pages[box.place.page - 1]
        assert around(page, wider(box.place, -0.25 * box.place.width)).min() >= WHITE
        picture = around(page, wider(box.place, 0.3))
        height, width = picture.shape
        rim = (
            picture[:5, width // 2],
            picture[-5:, width // 2],
            picture[height // 2, :5],
            picture[height // 2, -5:],
        )
        assert max(side.min() for side in rim) <= DARK


def test_the_paper_around_each_box_is_white(printed):
    """So that the reach of a cross beyond its box can be measured."""
    layout, pages = printed
    for box in layout.boxes:
        page, reach = pages[box.place.page - 1], 0.6
        ink = np.argwhere(around(page, wider(box.place, reach)) < DARK) / DOT - reach
        assert ((ink > -0.3) & (ink < box.place.width + 0.3)).all(), box


@pytest.mark.parametrize(("name", "language"), SHIPPED)
def test_each_question_and_answer_can_be_read_out_of_the_pdf(name, language):
    questionnaire = library.load(name)
    text = text_of(pdf_of(questionnaire, form_layout(questionnaire, language), SMALL_BATCH))
    assert unicodedata.is_normalized("NFC", text)
    found = joined(text)
    for one in questionnaire.questions():
        assert joined(in_language(one.text, language)) in found
        for choice in one.choices:
            assert joined(in_language(choice.text, language)) in found
    for item in questionnaire.items():
        assert joined(in_language(item.text, language)) in found


def test_a_form_says_its_number_whose_it_is_who_asks_and_that_answering_is_voluntary():
    questionnaire = library.load("citizen-satisfaction-2024")
    layout = form_layout(questionnaire, "vi")
    text = joined(text_of(pdf_of(questionnaire, layout)))
    for serial in BATCH.serials:
        assert text.count(joined(write_serial(serial))) == layout.pages
    for told in (
        BATCH.unit,
        BATCH.commune,
        BATCH.enumerator,
        BATCH.code,
        NOTICE.asker,
        NOTICE.purpose,
        NOTICE.legal_basis,
        "31/12/2028",
        "Việc trả lời là tự nguyện: có thể bỏ qua bất kỳ câu nào",
        "citizen-satisfaction-2024, phiên bản 1",
        "Nội dung có tính minh họa",
    ):
        assert joined(told) in text


def test_the_same_forms_give_the_same_bytes(monkeypatch):
    layout = form_layout(every_kind(), "vi")
    first = pdf_of(every_kind(), layout)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert pdf_of(every_kind(), layout) == first


def test_what_is_alike_on_all_forms_is_in_the_file_once():
    questionnaire = of_25_items()
    layout = form_layout(questionnaire, "vi")
    few, many = (len(pdf_of(questionnaire, layout, Batch("A", range(1, 1 + count)))) for count in (1, 51))
    assert (many - few) / 50 < 6_000  # bytes a form


def test_forms_are_not_printed_with_boxes_elsewhere_than_their_layout_says():
    questionnaire = library.load("officials-2024")
    layout = form_layout(questionnaire, "vi")
    box = layout.boxes[0]
    moved = replace(box, place=replace(box.place, x=box.place.x + 1))
    for other in (replace(layout, boxes=(moved, *layout.boxes[1:])), replace(layout, version="2")):
        with pytest.raises(PaperError, match="laid out by another version"):
            pdf_of(questionnaire, other)


def test_words_too_long_for_their_room_are_refused_and_quoted():
    layout = form_layout(every_kind(), "vi")
    with pytest.raises(PaperError, match="too long for its room"):
        print_forms(every_kind(), layout, [SMALL_BATCH], Notice(purpose="dài " * 400), io.BytesIO())
    with pytest.raises(PaperError, match="“A-1A-1"):
        pdf_of(every_kind(), layout, Batch("A-1" * 20, (1,)))


def test_what_is_not_known_of_a_batch_or_a_survey_is_left_blank():
    notice = Notice(keep_until=datetime.date(2028, 12, 31)).text("en")
    assert notice.startswith("Answering is voluntary")
    assert "kept until 31/12/2028" in notice
    assert "Asked by" not in Notice().text("en")


@pytest.mark.parametrize(("language", "said"), [("vi", "dữ liệu giả lập"), ("en", "synthetic data")])
def test_a_form_of_an_example_says_so_in_its_own_language(language, said):
    assert said in Notice(synthetic=True).text(language)
    assert said not in Notice().text(language)


@pytest.mark.parametrize(("name", "language"), SHIPPED)
def test_that_answering_is_voluntary_is_said_once_and_in_the_owner_s_words(name, language):
    questionnaire = library.load(name)
    notice = replace(NOTICE, introduction=questionnaire.intro)
    file = io.BytesIO()
    print_forms(questionnaire, form_layout(questionnaire, language), [SMALL_BATCH], notice, file)
    said, may_stop = {
        "vi": ("tự nguyện", "Có thể bỏ qua bất kỳ câu nào hoặc dừng bất cứ lúc nào."),
        "en": ("voluntary", "You may leave out any question, or stop at any time."),
    }[language]
    text = joined(text_of(file.getvalue()))
    assert text.count(joined(said)) == 1
    assert joined(in_language(questionnaire.intro, language)) in text
    assert joined(may_stop) in text


@pytest.mark.parametrize(
    "introduction", [{}, {"en": "Thank you."}, {"vi": "Việc trả lời là tự nguyện."}], ids=str
)
def test_where_the_introduction_does_not_say_it_the_notice_does(introduction):
    assert "Answering is voluntary: you may leave" in Notice(introduction=introduction).text("en")


def test_it_is_seen_however_the_introduction_is_written():
    introduction = {"vi": unicodedata.normalize("NFD", "VIỆC TRẢ LỜI LÀ TỰ NGUYỆN.")}
    assert "tự nguyện" not in Notice(introduction=introduction).text("vi")


@settings(max_examples=8, deadline=None)
@given(sound_questionnaires())
def test_any_sound_questionnaire_can_be_printed(definition):
    questionnaire = parse_questionnaire(definition)
    assert pdf_of(questionnaire, form_layout(questionnaire, "en"), SMALL_BATCH).startswith(b"%PDF")
