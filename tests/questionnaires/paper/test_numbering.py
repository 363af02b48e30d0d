import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import damm

from questionnaires.paper import PageCode, PaperError, read_page_code, read_serial, write_serial
from questionnaires.paper.numbering import LARGEST_SERIAL

SERIALS = st.integers(1, LARGEST_SERIAL)


def test_a_number_stands_in_groups_with_its_check_digit():
    assert write_serial(572) == "0000 572-4"  # 5724: the example of Damm's dissertation (2004)
    assert write_serial(12_345_678).startswith("1234 5678-")


@given(SERIALS)
def test_a_number_is_read_as_it_was_written_however_it_is_typed(serial):
    written = write_serial(serial)
    digits = written.replace(" ", "").replace("-", "")
    for typed in (written, digits, digits.lstrip("0"), f" {written.replace('-', ' – ')} "):
        assert read_serial(typed) == serial


@given(SERIALS, st.data())
def test_one_wrong_digit_and_one_swap_of_neighbours_are_found(serial, data):
    digits = list(write_serial(serial).replace(" ", "").replace("-", ""))
    place = data.draw(st.integers(0, len(digits) - 2))
    swapped = [*digits[:place], digits[place + 1], digits[place], *digits[place + 2 :]]
    wrong = [
        *digits[:place],
        str((int(digits[place]) + data.draw(st.integers(1, 9))) % 10),
        *digits[place + 1 :],
    ]
    for typed in (swapped, wrong):
        if typed != digits:
            with pytest.raises(PaperError):
                read_serial("".join(typed))


@pytest.mark.parametrize("typed", ["", "  ", "12a4", "0", "00000000", "9" * 40, "1.5x", "²²"])
def test_what_is_no_number_is_named(typed):
    with pytest.raises(PaperError, match=r"no form number|no whole form number"):
        read_serial(typed)


@pytest.mark.parametrize("typed", ["16", "0000 572"])
def test_of_a_number_without_its_check_digit_is_said_what_is_missing_and_where_it_stands(typed):
    with pytest.raises(PaperError, match=r"at least 8 digits.*top of each page.*0012 345-9"):
        read_serial(typed)


def test_of_a_whole_number_with_a_wrong_digit_is_said_that():
    with pytest.raises(PaperError, match="check digit does not fit"):
        read_serial("0000 572-5")


@pytest.mark.parametrize("digits", [str(LARGEST_SERIAL + 1), "9999999999"])
def test_no_larger_number_is_read_than_any_form_can_have(digits):
    with pytest.raises(PaperError, match="no form number"):
        read_serial(digits + damm.calc_check_digit(digits))


@pytest.mark.parametrize("serial", [0, -1, LARGEST_SERIAL + 1])
def test_serials_out_of_range_are_not_written(serial):
    with pytest.raises(PaperError, match="counts from 1"):
        write_serial(serial)


@given(SERIALS, st.integers(1, 9), st.integers(0, 9))
def test_a_page_code_is_read_back(serial, page, more):
    code = PageCode("0123456789", serial, page, page + more)
    assert read_page_code(code.payload()) == code


def test_a_page_code_is_short_and_names_its_format():
    assert PageCode("00ab12cd34ef", 12345, 1, 2).payload() == "HL1/00AB12CD34/00123459/1/2"


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "https://example.org",
        "HL2/00AB12CD34/00123459/1/2",
        "HL1/00AB12CD34/00123459/3/2",
        "HL1/00AB12CD34/00123458/1/2",
        "HL1/00AB12CD34/00123459/1/2\n",
        "HL1/00ab12cd34/00123459/1/2",
    ],
)
def test_other_payloads_are_refused(payload):
    with pytest.raises(PaperError):
        read_page_code(payload)
