"""Numbers as people type them and readers read them."""

from __future__ import annotations

import pytest

from questionnaires.paper import PageCode, write_serial
from survey.collection import Refused
from survey.entry.following.numbers import MOST, read_form_number, read_numbers
from survey.models import Batch

FIRST = 12_001
HERE = Batch(first_serial=FIRST, forms_expected=200)
ELSEWHERE = Batch(first_serial=None, forms_expected=200)


def serial(number: int) -> str:
    """The number printed on a form of the batch."""
    return write_serial(FIRST + number - 1)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("7", [7]),
        ("101-103, 140", [101, 102, 103, 140]),
        ("1 – 3; 2-4", [1, 2, 3, 4]),
        ("1,\n\n2\n", [1, 2]),
        (serial(5), [5]),
        (serial(5).replace(" ", "").replace("-", ""), [5]),
        (f"{serial(5)} – {serial(7)}", [5, 6, 7]),
        (f"{serial(5)} đến {serial(7)}", [5, 6, 7]),
        (f"{serial(5)}..{serial(7)}, 9", [5, 6, 7, 9]),
        (PageCode("ab" * 32, FIRST + 10, 2, 2).payload(), [11]),
        ("１２", [12]),
    ],
)
def test_numbers_ranges_and_form_numbers_are_read(typed, numbers):
    assert read_numbers(typed, HERE) == numbers


def test_forms_printed_elsewhere_have_long_numbers_of_their_own():
    assert read_numbers("100101-100103", ELSEWHERE) == [100101, 100102, 100103]
    assert read_numbers("12345678", ELSEWHERE) == [12345678]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the numbers"),
        ("hai", "“hai” names no forms"),
        ("0", "“0” names no forms"),
        ("9-3", "runs backwards"),
        (f"1-{MOST + 1}", "is more than"),
        (f"1-{MOST}, {MOST + 1}", "is more than"),
        (write_serial(FIRST + 200), "is not of this batch"),
        (serial(5)[:-1] + str((int(serial(5)[-1]) + 1) % 10), "wrong digit"),
        ("HL9/whatever", "QR code"),
    ],
)
def test_what_names_no_forms_of_the_batch_is_refused_in_words(typed, said):
    with pytest.raises(Refused) as refused:
        read_numbers(typed, HERE)
    assert said in refused.value.faults[0].sentence()
    assert refused.value.faults[0].place == "numbers"


def test_every_entry_that_is_wrong_is_named():
    with pytest.raises(Refused) as refused:
        read_numbers("1, hai, 3, bốn", HERE)
    assert [fault.values["text"] for fault in refused.value.faults] == ["hai", "bốn"]


def test_a_qr_code_names_the_form_whatever_its_page():
    assert read_form_number(PageCode("cd" * 32, 77, 1, 2).payload()) == 77
    assert read_form_number(f" {write_serial(77)} ") == 77
