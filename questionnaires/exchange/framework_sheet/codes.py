"""Criteria's codes as people write them: 1.1, 1.1., 1,1, I, a) – their parts and their style."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from questionnaires.text import nfc

SIGNS = "._-"
_SIGN = re.compile(f"[{SIGNS}]")
_ROMAN = re.compile("[ivx]+", re.IGNORECASE)
_MADE_A_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BEFORE = {"i": "h", "v": "u", "x": "v"}
"""The letter before one that is a Roman number too."""

Style = tuple[str, ...]


def tidy(written: str) -> str:
    """The code without what stands around it: "1.1." and "1,1" → 1.1, "a)" → a; đ, which codes lack, → dd."""
    bare = re.sub(r"(?<=\d),(?=\d)", ".", nfc(written).strip().strip("()").rstrip(".):,").strip())
    return bare.replace("đ", "dd").replace("Đ", "DD")


def is_date(code: str) -> bool:
    """Spreadsheets take 1-2 or 1/2 for a day and keep that."""
    return _MADE_A_DATE.fullmatch(code) is not None


def prefixes(code: str) -> Iterator[str]:
    """What a code begins with, the longest first: 1.1.2 → 1.1, 1."""
    return (code[: sign.start()] for sign in reversed(list(_SIGN.finditer(code))) if sign.start())


def style_of(code: str) -> Style:
    """How its parts are counted: I.2 → ("I", "1"); "" for a part that is no number and no letter."""
    return tuple(map(_style_of_part, _SIGN.split(code)))


def _style_of_part(part: str) -> str:
    if part.isdecimal():
        return "1"
    if _ROMAN.fullmatch(part):
        return "I" if part.isupper() else "i" if part.islower() else ""
    letter = part.isalpha() and (len(part) == 1 or part.lower() == "dd")
    return ("A" if part.isupper() else "a") if letter else ""


def is_next_letter(code: str, before: str) -> bool:
    """Whether a Roman number is a letter after all, since the one before it in the alphabet precedes it."""
    letter = _BEFORE.get(code.lower(), "")
    return bool(letter) and before == (letter.upper() if code.isupper() else letter)


def free_code(code: str, taken: Collection[str]) -> str:
    """The next code in its list that nobody has: 1.2 → 1.3."""
    before, last = re.fullmatch(r"(.*?)(\d*)", code, re.DOTALL).groups()  # type: ignore[union-attr]
    number = int(last[-9:] or 1) + 1
    while f"{before}{number}" in taken:
        number += 1
    return f"{before}{number}"
