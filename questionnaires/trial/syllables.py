"""Syllables and sentences of a text. Vietnamese is written syllable by syllable, so a written word is one."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
_END = re.compile(r"(?<=[.?!…;])\s+|\n+")


def syllables(text: str) -> int:
    """Written words in a text: syllables in Vietnamese, words in English. "Ông/Bà" has two, "3,5" one."""
    return len(_WORD.findall(text))


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its end mark; a semicolon and a new line end one too."""
    return [part.strip() for part in _END.split(text) if part.strip()]
