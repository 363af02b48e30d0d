"""Numbers printed here, however a spreadsheet, a scanner or a person wrote them into a cell."""

from __future__ import annotations

import re

from questionnaires.paper import PaperError, read_serial
from questionnaires.text import nfkc
from survey.entry.following.numbers import FEWEST_DIGITS, read_form_number

OTHER_SEPARATORS = str.maketrans("\u2212/\u2044", "---")
"""The minus sign and the slashes, as people write them for the hyphen."""

_DIGITS_ALONE = re.compile(r"[\s.\-\u2010-\u2015]*[0-9][0-9\s.\-\u2010-\u2015]*")
_QR_TEXT = re.compile(r"HL[0-9]+/", re.IGNORECASE)


def serial_of(number: str) -> int | None:
    """The serial that a number of a form stands for; None where it has a letter, as forms of their own do.

    Spreadsheets drop the zeros before a number, so any number of digits may be one printed here. Raises
    PaperError where digits alone, or the text of a QR code, are none.
    """
    typed = nfkc(number).strip()
    if _QR_TEXT.match(typed):
        return read_form_number(typed.upper())
    plain = typed.translate(OTHER_SEPARATORS)
    return read_serial(plain) if _DIGITS_ALONE.fullmatch(plain) else None


def serial_within(number: str) -> int | None:
    """The serial that stands whole among other signs, as in "Số 0012 345-9"; None where none does."""
    for found in _DIGITS_ALONE.findall(nfkc(number).translate(OTHER_SEPARATORS)):
        if not is_short(found):
            try:
                return read_serial(found)
            except PaperError:
                continue
    return None


def is_short(number: str) -> bool:
    """Whether it has fewer digits than any number printed here, as where its zeros were dropped."""
    return sum(sign.isdigit() for sign in number) < FEWEST_DIGITS
