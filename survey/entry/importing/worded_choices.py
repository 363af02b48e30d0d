"""Choices as people write them in a sheet: by code, by the words of the form, or by its digits.

"very_satisfied", "Rất hài lòng" and "rat hai long" are one choice. Digits count only where somebody says that
they are those of the form: on other forms 1 may be the best answer. Words count only where they mean one
choice and no other. Several choices of one cell are parted by semicolons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from questionnaires.printing.answers import choice_keys
from questionnaires.schema import Choice, Question
from questionnaires.text import fold

SEVERAL = frozenset({"multiple", "rank"})
SEPARATOR = ";"


def texts_of(question: Question, meanings: Mapping[str, str], cell: str) -> list[str]:
    """A cell as the raw texts of a form; what means no choice stays as it is, for the check to name."""
    if not question.choices:
        return [cell]
    parts = cell.split(SEPARATOR) if question.kind in SEVERAL else [cell]
    return [meanings.get(part.strip()) or meanings.get(fold(part), part) for part in parts]


def meanings_of(choices: Sequence[Choice]) -> dict[str, str]:
    """What may be written → the code it means; codes before words, exact words before folded ones."""
    worded = [(words, choice.code) for choice in choices for words in choice.text.values()]
    folded = [(fold(words), code) for words, code in worded]
    return unambiguous(folded) | unambiguous(worded) | {choice.code: choice.code for choice in choices}


def digits_of(choices: Sequence[Choice]) -> dict[str, str]:
    """Each digit that is printed beside an answer, as they are keyed → the code it means."""
    printed = {key: choice.code for key, choice in zip(choice_keys(len(choices)), choices, strict=True)}
    return {str(int(key)): code for key, code in printed.items()} | printed  # Excel drops the zero of 01


def unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Words → code, without the words that stand for two codes."""
    found: dict[str, set[str]] = {}
    for words, code in pairs:
        found.setdefault(words, set()).add(code)
    return {words: codes.pop() for words, codes in found.items() if len(codes) == 1}
