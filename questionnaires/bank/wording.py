"""Whether two texts say the same: letters and digits count; marks, case, spaces and punctuation do not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from questionnaires.schema import Question, Text
from questionnaires.text import fold

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text in small letters without marks: "Hài  lòng, không?" → hai, long, khong."""
    return _WORD.findall(fold(text))


def same_wording(old: Text, new: Text, languages: Sequence[str]) -> bool:
    """Whether two texts say the same in the first of the languages that both have."""
    language = shared_language(old, new, languages)
    return words(old.get(language, "")) == words(new.get(language, ""))


def shared_language(old: Text, new: Text, languages: Sequence[str]) -> str:
    """The first of the languages that both texts have; the first of all where there is none."""
    both = (language for language in languages if old.get(language) and new.get(language))
    return next(both, next(iter(languages), ""))


def texts_of(question: Question) -> Iterator[Text]:
    """What a person reads of a question, without its answers: itself and its rows."""
    return chain([question.text], (row.text for row in question.rows))


def likeness(old: Question, new: Question, languages: Sequence[str]) -> float:
    """How much of their words two questions share, from 0 to 1 (Dice's coefficient)."""
    language = shared_language(old.text, new.text, languages)
    ours, theirs = (
        Counter(word for text in texts_of(question) for word in words(text.get(language, "")))
        for question in (old, new)
    )
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0
