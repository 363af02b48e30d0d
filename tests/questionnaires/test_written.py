"""What people type: numbers with commas, dates with the day first, text from any keyboard."""

import datetime
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.written import Unreadable, clean, read_date, read_number, write_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("-3", -3),
        ("−3", -3),
        ("3,5", 3.5),
        ("3.5", 3.5),
        ("0,125", 0.125),
        ("1234,567", 1234.567),
        ("1.234.567", 1234567),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1 234 567", 1234567),
        ("1 234,5", 1234.5),
        ("１２", 12),  # full-width digits of an East Asian keyboard
    ],
)
def test_numbers_as_vietnamese_people_write_them(written, number):
    assert read_number(written) == number


@pytest.mark.parametrize("written", ["1.234", "12,345", "-999.000"])
def test_a_thousand_or_a_fraction_is_asked_back(written):
    with pytest.raises(Unreadable, match="two ways"):
        read_number(written)


@pytest.mark.parametrize(
    "written", ["", "ba", "3,5,", "1.23.456", "1.234,567,8", "12 34", "1e5", "9" * 31, "½", "inf"]
)
def test_anything_else_is_no_number(written):
    with pytest.raises(Unreadable, match="not a number"):
        read_number(written)


@pytest.mark.parametrize(
    ("number", "written"), [(1234567, "1234567"), (-3.5, "-3,5"), (1.234, "1,2340"), (1e-7, "0,0000001")]
)
def test_a_number_is_written_so_that_it_is_read_again(number, written):
    assert write_number(number) == written
    assert read_number(written) == number


@pytest.mark.parametrize("written", ["20/12/2022", "20.12.2022", "20-12-2022", "2022-12-20", " 20/12/2022 "])
def test_dates_start_with_the_day_or_are_iso(written):
    assert read_date(written) == datetime.date(2022, 12, 20)


def test_a_day_and_month_of_one_digit_will_do():
    assert read_date("2/9/2022") == datetime.date(2022, 9, 2)


@pytest.mark.parametrize(
    "written", ["30/02/2022", "12/20/2022", "20/12/22", "20.12/2022", "2022-13-01", "hôm nay", ""]
)
def test_anything_else_is_no_date(written):
    with pytest.raises(Unreadable, match="not a date"):
        read_date(written)


def test_text_loses_what_cannot_be_stored_and_keeps_its_lines():
    assert clean("  Một\x00 cửa\x0b\r\nhai\tba ") == "Một cửa\nhai\tba"
    assert clean("Một\r\ncửa", lines=False) == "Một cửa"
    assert clean(unicodedata.normalize("NFD", "hài lòng")) == "hài lòng"
    assert clean("nửa \ud800 cặp") == "nửa  cặp"


@given(st.text(st.characters(exclude_categories=()), max_size=50))
def test_clean_text_stays_clean(text):
    for lines in (True, False):
        cleaned = clean(text, lines=lines)
        assert clean(cleaned, lines=lines) == cleaned
        cleaned.encode()


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_numbers_and_dates(text):
    for read in (read_number, read_date):
        with suppress(Unreadable):
            assert read(text) is not None
