"""What people write, as values: text, numbers and dates in the forms common in Vietnam."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from questionnaires.faults import N_
from questionnaires.text import nfc, nfkc

NOT_A_NUMBER = N_("“%(raw)s” is not a number. Write it in digits, such as 12 or 3,5.")
NOT_WHOLE = N_("“%(raw)s” is not a whole number. Write it in digits, such as 2.")
AMBIGUOUS = N_("“%(raw)s” can be read in two ways. Write it without separating thousands.")
NOT_A_DATE = N_("“%(raw)s” is not a date. Write day, month and year, such as 20/12/2022.")

# Controls, halves of surrogate pairs, non-characters: XML, spreadsheets and PostgreSQL refuse them. Signs
# that turn the direction around (UAX #9): a name that holds one would turn all that stands behind it on its
# line, and Hebrew or Arabic needs none. Marks of the byte order.
_UNSTORABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069\ufeff]"
)
_LINE_END = re.compile("\r\n|[\r\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")

_PLAIN = re.compile(r"-?[0-9]+([.,][0-9]+)?")
_AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]+)?")
_IN_A_SIGN = re.compile("[²³¹⁰-₉①-⓿❶-➓]")  # 10² is not 102
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class Unreadable(ValueError):
    """What was written is no such value; `template` and `values` say why, as in a Fault."""

    def __init__(self, template: str, raw: str) -> None:
        self.template = template
        self.values = {"raw": raw if len(raw) <= 40 else f"{raw[:40]}…"}
        super().__init__(template % self.values)


def clean(raw: str, *, lines: bool = True) -> str:
    """The text in NFC, trimmed, without characters that cannot be stored; one line unless `lines`."""
    if raw.isascii() and raw.isalnum():
        return raw  # most answers are codes or digits
    text = nfc(_UNSTORABLE.sub("", _LINE_END.sub("\n", raw))).strip()
    return text if lines else re.sub(r"[\t\n]+", " ", text)


def read_number(raw: str, otherwise: str = NOT_A_NUMBER) -> int | float:
    """A number as Vietnamese people write it: 3,5 or 3.5, 1.234.567 or 1 234 567,5.

    Raises Unreadable for 1.234, which some read as a little over one, others as more than a thousand, and
    for anything that is no number, with the sentence `otherwise`.
    """
    written = nfkc(raw).strip().replace("−", "-")
    if _AMBIGUOUS.fullmatch(written):
        raise Unreadable(AMBIGUOUS, raw)
    is_short = len(written) <= 30 and not _IN_A_SIGN.search(raw)
    if not (is_short and (_PLAIN.fullmatch(written) or _GROUPED.fullmatch(written))):
        raise Unreadable(otherwise, raw)
    whole, fraction = _parts(written)
    return float(f"{whole}.{fraction}") if fraction else int(whole)


def _parts(written: str) -> tuple[str, str]:
    """Digits before and after the decimal sign, which is the last of the separators if it stands alone."""
    separators = [character for character in written if character in ",. "]
    if separators and separators.count(separators[-1]) == 1 and separators[-1] != " ":
        whole, fraction = written.rsplit(separators[-1], 1)
    else:
        whole, fraction = written, ""
    return re.sub("[., ]", "", whole), fraction


def write_number(number: int | float) -> str:
    """A number as people write it, thousands not separated, so that `read_number` reads the same number."""
    written = f"{Decimal(repr(number)):f}".replace(".", ",")
    return f"{written}0" if _AMBIGUOUS.fullmatch(written) else written


def read_date(raw: str) -> datetime.date:
    """A date written 20/12/2022, 20.12.2022, 20-12-2022 or 2022-12-20; raises Unreadable for all else."""
    written = nfkc(raw).strip()
    try:
        if found := _DAY_FIRST.fullmatch(written):
            return datetime.date(int(found[4]), int(found[3]), int(found[1]))
        if _YEAR_FIRST.fullmatch(written):
            return datetime.date.fromisoformat(written)
    except ValueError:  # 30/02/2022
        pass
    raise Unreadable(NOT_A_DATE, raw)
