"""Which questions a person is asked, given the answers so far.

The same pure function serves the page, the keying screen, the export and the estimates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from questionnaires.expression import Tree, evaluate, truth
from questionnaires.schema import Item, Question, Questionnaire, Section


@dataclass(frozen=True)
class AskedSection:
    """A section with those of its questions that are asked."""

    section: Section
    questions: tuple[Question, ...]


def asked(
    questionnaire: Questionnaire, answers: Mapping[str, Any], *, today: date
) -> tuple[AskedSection, ...]:
    """The questions on the way of these answers, in order; sections where nothing is asked are left out.

    An answer off the way counts as blank for whatever depends on it.
    """
    way: dict[str, Any] = {}
    sections = []
    for section in questionnaire.sections:
        questions = []
        for question in section.questions if _holds(section.relevant, way, today) else ():
            if question.relevant is None or _holds(question.relevant, way, today):
                questions.append(question)
                for item in question.items():
                    if not is_blank(value := answers.get(item.code)):
                        way[item.code] = value
        if questions:
            sections.append(AskedSection(section, tuple(questions)))
    return tuple(sections)


def asked_items(questionnaire: Questionnaire, answers: Mapping[str, Any], *, today: date) -> tuple[Item, ...]:
    """The items of the questions that are asked, in order."""
    questions = (
        question for part in asked(questionnaire, answers, today=today) for question in part.questions
    )
    return tuple(item for question in questions for item in question.items())


def on_route(questionnaire: Questionnaire, answers: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """The answers to questions that are asked, in their order; all others, and blanks, are dropped."""
    return given(asked_items(questionnaire, answers, today=today), answers)


def given(items: Iterable[Item], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to these items, in their order, without blanks."""
    return {item.code: answers[item.code] for item in items if not is_blank(answers.get(item.code))}


def is_blank(value: Any) -> bool:
    """Whether a value is no answer at all."""
    return value is None or value == "" or value == []


def _holds(condition: Tree | None, answers: Mapping[str, Any], today: date) -> bool:
    return condition is None or truth(evaluate(condition, answers, today=today))
