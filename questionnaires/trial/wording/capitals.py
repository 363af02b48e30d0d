"""Text in capitals, which is slower to read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from questionnaires.faults import N_
from questionnaires.trial.wording.hint import Hint
from questionnaires.trial.wording.passages import TITLE, Passage

SHOUTED = N_("Text in capitals is slower to read.")
SMALL_LETTERS = N_("Write in small letters; bold is enough for what matters.")

FEWEST_WORDS = 3
"""One or two words in capitals may be abbreviations."""


def capitals(passage: Passage) -> Iterator[Hint]:
    """The first run of words in capitals; titles are customarily so."""
    for run in runs_in_capitals(passage.text) if passage.part != TITLE else ():
        yield passage.hint("capitals", run, SHOUTED, SMALL_LETTERS)
        return


def runs_in_capitals(text: str) -> Iterator[str]:
    """Stretches of three words or more without a small letter."""
    for loud, words in groupby(text.split(), key=_is_loud):
        run = list(words)
        if loud and len(run) >= FEWEST_WORDS:
            yield " ".join(run)


def _is_loud(word: str) -> bool:
    return word.isupper() and sum(map(str.isalpha, word)) > 1
