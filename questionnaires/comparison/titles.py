"""How similar two titles are, and whether they say the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

from questionnaires.framework import Node
from questionnaires.schema import Text, in_language
from questionnaires.text import fold, nfc

Words = tuple[str, ...]


def title_words(node: Node) -> Words:
    """The words of a node's Vietnamese title without marks, case and punctuation."""
    return _bare_words(in_language(node.title, "vi"))


def wording(text: Text) -> list[tuple[str, list[str]]]:
    """What a Vietnamese text says, word by word: letters and marks.

    Case, punctuation and line ends are no part of it, nor where a mark stands: “hoà” is “hòa”.
    """
    return [_letters_and_marks(word) for word in re.findall(r"\w+", nfc(in_language(text, "vi")).casefold())]


def similarity(one: Words, other: Words) -> float:
    """The share of words that two titles have in common in the same order, from 0 to 1."""
    first, second = sorted([one, other])  # difflib's ratio depends on which comes first
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def most_similar(one: Words, other: Words) -> float:
    """No less than the similarity, and quicker: the words in common in any order."""
    total = len(one) + len(other)
    return 2 * sum((Counter(one) & Counter(other)).values()) / total if total else 1.0


@lru_cache(maxsize=4096)
def _bare_words(title: str) -> Words:
    return tuple(re.findall(r"\w+", fold(title)))


def _letters_and_marks(word: str) -> tuple[str, list[str]]:
    apart = unicodedata.normalize("NFD", word)
    letters = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return letters, sorted(sign for sign in apart if unicodedata.combining(sign))
