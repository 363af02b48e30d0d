"""The cover list: each number of each batch, with room to tick what became of it."""

import datetime
import io
import re

import pytest
from pypdf import PdfReader

from questionnaires import library
from questionnaires.paper import Batch, PaperError, cover_list, write_serial

FORM = library.load("citizen-satisfaction-2024")
BATCHES = (
    Batch("A-1", range(1, 41), "UBND xã Ví Dụ", "Xã Ví Dụ", "Trần Thị Ví Dụ"),
    Batch("A-2", range(41, 43), "UBND phường Mẫu", "Phường Mẫu"),
)


def pages_of(language="vi", batches=BATCHES):
    return [page.extract_text() for page in PdfReader(io.BytesIO(cover_list(FORM, language, batches))).pages]


def test_every_number_stands_in_the_list_of_its_batch():
    *first, second = pages_of()
    for batch, text in ((BATCHES[0], "\n".join(first)), (BATCHES[1], second)):
        listed = [line for line in text.splitlines() if re.fullmatch(r"\d{4} \d{3}-\d", line)]
        assert listed == [write_serial(serial) for serial in batch.serials]


def test_every_page_says_whose_batch_it_is_and_what_to_tick():
    pages = pages_of()
    assert len(pages) == 3
    for text, batch in zip(pages, (BATCHES[0], BATCHES[0], BATCHES[1]), strict=True):
        assert f"Lô phiếu {batch.code} · {batch.unit}" in text
        for column in ("Đã phát", "Đã thu", "Từ chối", "Hỏng", "Thất lạc", "Ký nhận"):
            assert column in text


def test_pages_are_counted_within_each_batch_as_its_list_is_handed_out_alone():
    counted = [re.findall(r"Lô phiếu (\S+) · Trang (\d)/(\d)", text) for text in pages_of()]
    assert counted == [[("A-1", "1", "2")], [("A-1", "2", "2")], [("A-2", "1", "1")]]


def test_batches_of_one_code_are_counted_apart():
    pages = pages_of(batches=[Batch("A-1", range(1, 3)), Batch("A-1", range(3, 5))])
    assert all("Lô phiếu A-1 · Trang 1/1" in text for text in pages)
    assert len(pages) == 2


def test_the_day_of_printing_stands_in_the_head_where_it_is_known():
    day = datetime.date(2026, 3, 9)
    assert "Ngày in: 09/03/2026" in pages_of(batches=[Batch("A-1", range(1, 3), printed_on=day)])[0]


def test_the_list_speaks_the_language_of_its_forms():
    assert "Spoiled" in pages_of("en")[0]
    assert "Survey of citizens' satisfaction" in pages_of("en")[0]


def test_the_same_batches_give_the_same_bytes():
    assert cover_list(FORM, "vi", BATCHES) == cover_list(FORM, "vi", BATCHES)


def test_a_batch_without_forms_is_refused():
    with pytest.raises(PaperError, match="“A-3” holds no form"):
        cover_list(FORM, "vi", [Batch("A-3", ())])
