"""A questionnaire as the page shows it: each question with its way of answering and its route in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from flask_babel import gettext

from questionnaires.expression import Tree
from questionnaires.framework import Framework, Node
from questionnaires.schema import Item, Question, Questionnaire, Section
from survey.builder.conditions import Wording
from survey.builder.terms import QUESTION_KINDS
from survey.language import text

InWords = Callable[["Tree | None"], str]

LONGEST_NAME = 60  # characters of a question quoted in a condition


@dataclass(frozen=True)
class AskedQuestion:
    """A question: `condition` says when it is asked, `constraint` what an answer must be; blank for none."""

    question: Question
    kind: str
    condition: str
    constraint: str


@dataclass(frozen=True)
class AskedSection:
    section: Section
    condition: str
    questions: tuple[AskedQuestion, ...]


def sections(questionnaire: Questionnaire) -> list[AskedSection]:
    items = questionnaire.item_of
    wording = Wording(partial(item_name, items), partial(answer_name, items))

    def in_words(tree: Tree | None) -> str:
        return "" if tree is None else wording.words(tree)

    return [asked_section(section, in_words) for section in questionnaire.sections]


def asked_section(section: Section, in_words: InWords) -> AskedSection:
    questions = tuple(asked_question(question, in_words) for question in section.questions)
    return AskedSection(section, in_words(section.relevant), questions)


def asked_question(question: Question, in_words: InWords) -> AskedQuestion:
    return AskedQuestion(
        question,
        gettext(QUESTION_KINDS[question.kind]) if question.kind in QUESTION_KINDS else question.kind,
        in_words(question.relevant),
        in_words(question.constraint),
    )


def item_name(items: Mapping[str, Item], code: str) -> str:
    """The words of a question, cut to a length that fits a sentence; its code where a draft lacks it."""
    words = text(items[code].text) if code in items else code
    return f"“{words if len(words) <= LONGEST_NAME else words[:LONGEST_NAME] + '…'}”"


def answer_name(items: Mapping[str, Item], code: str, answer: str) -> str:
    """The words of the choice that a condition compares with."""
    known = items[code].question.choices if code in items else ()
    choices = (choice for choice in known if choice.code == answer)
    words = next((text(choice.text) for choice in choices), answer)
    return f"“{words}”"


def weighed_criteria(questionnaire: Questionnaire, framework: Framework) -> dict[str, Node]:
    """Criterion as items name it → the leaf of this framework that it feeds."""
    named = {item.criterion for item in questionnaire.items()}
    return {
        name: leaf
        for leaf in framework.survey_leaves
        for name in (leaf.subject, leaf.code)
        if name is not None and name in named
    }
