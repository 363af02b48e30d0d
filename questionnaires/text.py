"""Vietnamese text: one normal form at every door, and a folded form to search by."""

from __future__ import annotations

import unicodedata


def nfc(text: str) -> str:
    """The text in Unicode normalisation form C, as everything here stores it."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower-case letters without marks, đ as d, single spaces: "Đắk  Lắk" → "dak lak"."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(bare.split())
