"""Form numbers: consecutive positive integers, written with a check digit in groups: 0012 345-9.

The check digit is Damm's: it finds every single wrong digit and every swap of two neighbours, as Verhoeff's
does, where Luhn's misses 09 for 90; and its table is a public one that any program can hold, years from now.
"""

from __future__ import annotations

import re

from stdnum import damm

from questionnaires.faults import N_
from questionnaires.paper.refused import refusal
from questionnaires.text import nfkc

LEAST_DIGITS, GROUP = 7, 4
LARGEST_SERIAL = 2**31 - 1
"""As large as a database's whole numbers are."""

NO_SERIAL = N_("A form number counts from 1 to %(most)s; %(serial)s is none.")
NOT_A_NUMBER = N_("“%(text)s” is no form number. A form number looks like %(example)s.")
INCOMPLETE = N_(
    "“%(text)s” is no whole form number. That has at least %(digits)s digits, the last one a check digit, "
    "and stands at the top of each page of the form, as in %(example)s."
)
CHECK_DIGIT = N_("“%(text)s” has a wrong digit: its check digit does not fit. Please look at the form again.")

_TYPED = re.compile(r"[0-9]+")
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015]+")


def with_check_digit(serial: int) -> str:
    """The serial's digits, at least seven, and the check digit: 12345 → "00123459"."""
    if not 1 <= serial <= LARGEST_SERIAL:
        raise refusal(NO_SERIAL, serial=serial, most=LARGEST_SERIAL)
    digits = f"{serial:0{LEAST_DIGITS}d}"
    return digits + damm.calc_check_digit(digits)


def write_serial(serial: int) -> str:
    """The number in groups for people: 12345 → "0012 345-9"."""
    number = with_check_digit(serial)
    digits, check = number[:-1], number[-1]
    groups = (digits[start : start + GROUP] for start in range(0, len(digits), GROUP))
    return f"{' '.join(groups)}-{check}"


def read_serial(text: str) -> int:
    """The serial in a number that a person typed, with or without its spaces, hyphen and leading zeros.

    Raises PaperError, which says what is wrong.
    """
    digits = _BETWEEN.sub("", nfkc(text).strip())
    if not _TYPED.fullmatch(digits) or len(digits.lstrip("0")) > len(str(LARGEST_SERIAL)) + 1:
        raise refusal(NOT_A_NUMBER, text=text[:40], example=write_serial(12345))
    if not damm.is_valid(digits) and len(digits) <= LEAST_DIGITS:
        raise refusal(INCOMPLETE, text=text[:40], digits=LEAST_DIGITS + 1, example=write_serial(12345))
    if not damm.is_valid(digits):
        raise refusal(CHECK_DIGIT, text=text[:40])
    serial = int(digits[:-1] or 0)
    if not 1 <= serial <= LARGEST_SERIAL:
        raise refusal(NOT_A_NUMBER, text=text[:40], example=write_serial(12345))
    return serial
