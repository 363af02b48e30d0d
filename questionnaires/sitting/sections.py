"""The sections of a sitting's form: each item that is asked per unit fills a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from questionnaires.kinds import KINDS
from questionnaires.schema import Question, Questionnaire, Section
from questionnaires.sitting.matrix import matrix, unused
from questionnaires.sitting.rated import Units, is_per_unit


def expanded_sections(questionnaire: Questionnaire, units: Units) -> Iterator[Section]:
    """The sections in their order; one that is parted keeps its code for the first part."""
    taken = {section.code for section in questionnaire.sections}
    for section in questionnaire.sections:
        questions = [one for asked in section.questions for one in _asked(asked, units, questionnaire)]
        first, *others = _parts(questions)
        yield replace(section, questions=first)
        for questions_of_part in others:
            code = unused(section.code, taken)
            taken.add(code)
            yield _further(section, code, questions_of_part)


def _asked(question: Question, units: Units, questionnaire: Questionnaire) -> tuple[Question, ...]:
    """What a question becomes: itself, or a matrix for each of its items."""
    if not is_per_unit(question):
        return (question,)
    return tuple(matrix(item, units, questionnaire.languages) for item in question.items())


def _parts(questions: list[Question]) -> Iterator[tuple[Question, ...]]:
    """The questions in order, parted so that each that rates units stands alone, if there are several.

    Notes stay with the question they lead to, the last ones with the question before them.
    """
    if sum(map(is_per_unit, questions)) < 2:
        yield tuple(questions)
        return
    part: list[Question] = []
    for question in questions:
        if _is_full(part, question):
            notes = _closing_notes(part)
            yield tuple(part[: len(part) - notes])
            part = part[len(part) - notes :]
        part.append(question)
    yield tuple(part)


def _is_full(part: list[Question], question: Question) -> bool:
    """Whether a question with an answer can't join a part, as it or the part rates units."""
    takes_answer = KINDS[question.kind].answered
    has_answer = any(KINDS[one.kind].answered for one in part)
    return takes_answer and has_answer and any(map(is_per_unit, (*part, question)))


def _closing_notes(part: list[Question]) -> int:
    answered = [position for position, one in enumerate(part, 1) if KINDS[one.kind].answered]
    return len(part) - answered[-1]


def _further(section: Section, code: str, questions: tuple[Question, ...]) -> Section:
    """A later part of a section. Its introduction says how to rate, so it stands wherever units are rated."""
    rates = any(map(is_per_unit, questions))
    return replace(section, code=code, questions=questions, intro=section.intro if rates else {})
