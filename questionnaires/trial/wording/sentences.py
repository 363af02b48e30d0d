"""Sentences too long to keep in mind."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.faults import N_
from questionnaires.trial.syllables import sentences, syllables
from questionnaires.trial.wording.hint import Hint
from questionnaires.trial.wording.passages import CHOICE, HINT, INTRO, ROW, STEM, Passage

LONGEST = {
    "vi": {STEM: 30, ROW: 25, HINT: 35, INTRO: 40, CHOICE: 20},
    "en": {STEM: 25, ROW: 20, HINT: 28, INTRO: 32, CHOICE: 15},
}
"""Syllables of a sentence (words in English) beyond which people read it twice: ours, not published."""

LONG = N_("The sentence has %(count)s syllables; people lose the thread after about %(most)s.")
LONG_IN_WORDS = N_("The sentence has %(count)s words; people lose the thread after about %(most)s.")
SHORTEN = N_("Make two sentences of it, or move an explanation to the hint.")


def long_sentences(passage: Passage) -> Iterator[Hint]:
    most = LONGEST.get(passage.language, LONGEST["en"]).get(passage.part)
    for sentence in sentences(passage.text) if most else ():
        if most and (count := syllables(sentence)) > most:
            why = LONG if passage.language == "vi" else LONG_IN_WORDS
            yield passage.hint("long", sentence, why, SHORTEN, count=count, most=most)
