"""The copy that people fill in: whose answers it takes, what they are told, the digits that key an answer."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch

from questionnaires.printing import words
from questionnaires.printing.answers import NUMBERED, Answer, Boxes, Grid, choice_keys
from questionnaires.printing.paper import Paper, PaperSection

HELD = "\N{NO-BREAK SPACE}"  # a digit stays with its label, except in a column too narrow for both


def for_survey(copy: Paper, told: str) -> Paper:
    """The copy with room for its number and its unit, and with `told` before the questionnaire's own words.
    It is the annex of no decision.
    """
    say = words.translator(copy.language)
    return replace(
        copy,
        annex="",
        reference=say(words.NUMBER_AND_UNIT),
        intro="\n".join(filter(None, (told, copy.intro))),
        sections=tuple(map(_with_keys, copy.sections)),
    )


def _with_keys(section: PaperSection) -> PaperSection:
    questions = (replace(question, answer=_keyed(question.answer)) for question in section.questions)
    return replace(section, questions=tuple(questions))


@singledispatch
def _keyed(answer: Answer | None) -> Answer | None:
    """Nothing to choose from."""
    return answer


@_keyed.register
def _(answer: Boxes) -> Answer:
    return answer if answer.sign == NUMBERED else replace(answer, labels=_numbered(answer.labels, HELD))


@_keyed.register
def _(answer: Grid) -> Answer:
    return replace(answer, columns=_numbered(answer.columns, " "))


def _numbered(labels: tuple[str, ...], gap: str) -> tuple[str, ...]:
    keys = choice_keys(len(labels))
    return tuple(f"{key}{gap}{label}" for key, label in zip(keys, labels, strict=True))
