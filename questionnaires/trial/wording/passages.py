"""Every passage of a questionnaire and what it is: a question is read with other eyes than a title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questionnaires.schema import Question, Questionnaire, Text
from questionnaires.trial.wording.hint import Hint, hint

TITLE, INTRO, STEM, HINT, ROW, CHOICE = "title", "intro", "stem", "hint", "row", "choice"

ASKING = (STEM, ROW)
"""What people answer to."""


@dataclass(frozen=True)
class Passage:
    """A text in one language: where it stands, what it is, and the question it belongs to, if any.

    `original`: in Vietnamese, else in the first language it has; others are translations. `rated`: one
    judgement is asked for, so the passage must be about one thing.
    """

    place: str
    part: str
    language: str
    text: str
    original: bool
    question: Question | None = None
    rated: bool = False

    def hint(self, rule: str, quoted: str, why: str, instead: str, **values: object) -> Hint:
        """A hint about words of this passage."""
        return hint(self.place, rule, self.language, quoted.strip(), why, instead, **values)


def passages(questionnaire: Questionnaire) -> Iterator[Passage]:
    """All texts that people read, in the order read; choices where they are written."""
    yield from _each(questionnaire.title, "", TITLE)
    yield from _each(questionnaire.intro, "", INTRO)
    for section in questionnaire.sections:
        yield from _each(section.title, section.code, TITLE)
        yield from _each(section.intro, section.code, INTRO)
        for question in section.questions:
            yield from _of_question(question)
    for scale in questionnaire.scales:
        for choice in scale.choices:
            yield from _each(choice.text, scale.code, CHOICE)


def _of_question(question: Question) -> Iterator[Passage]:
    feeds = question.criterion is not None or question.factor is not None
    rated = question.kind == "scale" or feeds or is_yes_no(question)
    yield from _each(question.text, question.code, STEM, question, rated)
    yield from _each(question.hint, question.code, HINT, question)
    for row in question.rows:
        yield from _each(row.text, row.code, ROW, question, rated=question.kind == "matrix")
    for choice in question.choices if question.scale is None else ():
        yield from _each(choice.text, question.code, CHOICE, question)


def is_yes_no(question: Question) -> bool:
    """A choice between two answers, "don't know" and the like aside."""
    answers = [choice for choice in question.choices if choice.missing is None]
    return question.kind == "single" and not question.profile and len(answers) == 2


def _each(
    text: Text, place: str, part: str, question: Question | None = None, rated: bool = False
) -> Iterator[Passage]:
    written = {language: words for language, words in text.items() if words}
    first = "vi" if "vi" in written else next(iter(written), "")
    for language, words in written.items():
        yield Passage(place, part, language, words, language == first, question, rated)
