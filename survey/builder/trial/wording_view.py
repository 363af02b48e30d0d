"""Hints about wording, gathered by the part they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from flask_babel import gettext

from questionnaires.faults import N_
from questionnaires.schema import Questionnaire
from questionnaires.trial import Hint, wording_hints
from survey.builder.trial.subject import Tried
from survey.language import text

OPENING = N_("Title and introduction")
SCALE = N_("Scale %(code)s")


@dataclass(frozen=True)
class Part:
    """Where words stand: the place that an editor mends ("question:q1"), and what people call it."""

    place: str
    code: str
    words: str


@dataclass(frozen=True)
class HintedPart:
    part: Part
    address: str
    hints: tuple[Hint, ...]


def hinted_parts(tried: Tried) -> list[HintedPart]:
    """The parts with hints, in the order people read them."""
    known = {part.code: part for part in parts(tried.questionnaire)}
    grouped = groupby(wording_hints(tried.questionnaire), key=attrgetter("place"))
    return [
        HintedPart(part, tried.address(part.place), tuple(hints))
        for code, hints in grouped
        if (part := known.get(code))
    ]


def parts(questionnaire: Questionnaire) -> Iterator[Part]:
    """Everything that words belong to; a question after a section of the same code takes its place."""
    yield Part("head", "", gettext(OPENING))
    for scale in questionnaire.scales:
        yield Part(f"scale:{scale.code}", scale.code, gettext(SCALE) % {"code": scale.code})
    for section in questionnaire.sections:
        yield Part(f"section:{section.code}", section.code, text(section.title) or section.code)
    for question in questionnaire.questions():
        for one in (question, *question.rows):
            yield Part(f"question:{question.code}", one.code, text(one.text) or one.code)


def hints_of(questionnaire: Questionnaire, code: str) -> list[Hint]:
    """The hints about one question and its rows."""
    question = next((each for each in questionnaire.questions() if each.code == code), None)
    if question is None:
        return []
    own = {code, *(row.code for row in question.rows)}
    return [hint for hint in wording_hints(questionnaire) if hint.place in own]
