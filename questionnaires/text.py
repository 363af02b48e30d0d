"""Vietnamese text: one normal form at every door, and a folded form to search by."""

from __future__ import annotations

import functools
import re
import unicodedata

MOST_MARKS = 30
"""Marks on one letter, as in the Stream-Safe Text Format of UAX #15; no language needs more than a few."""

FIRST_MARK, LAST_MARK = 0x300, 0x1EFFF
"""All signs that are marks, or fall apart into marks alone, lie between them."""


def nfc(text: str) -> str:
    """The text in Unicode normalisation form C, as everything here stores it."""
    return unicodedata.normalize("NFC", bounded(text))


def nfkc(text: str) -> str:
    """The text with look-alikes as the plain sign: full-width digits as digits, ligatures as letters."""
    return unicodedata.normalize("NFKC", bounded(text))


def bounded(text: str) -> str:
    """The text without marks past the most on one letter.

    Normalising puts a run of marks in order, which takes the square of their number in time: a megabyte of
    marks in one form would keep the server busy for hours.
    """
    return text if len(text) <= MOST_MARKS or text.isascii() else _past_the_most().sub(r"\1", text)


@functools.cache
def _past_the_most() -> re.Pattern[str]:
    """More marks in a row than the most."""
    signs = (chr(place) for place in range(FIRST_MARK, LAST_MARK + 1))
    marks = "".join(sign for sign in signs if _begins_with_a_mark(sign))
    return re.compile(f"([{marks}]{{{MOST_MARKS}}})[{marks}]+")


def _begins_with_a_mark(sign: str) -> bool:
    is_plain = not (unicodedata.combining(sign) or unicodedata.decomposition(sign))
    return not is_plain and unicodedata.combining(unicodedata.normalize("NFKD", sign)[0]) > 0


def fold(text: str) -> str:
    """Lower-case letters without marks, đ as d, single spaces: "Đắk  Lắk" → "dak lak"."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(bare.split())
