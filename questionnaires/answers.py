"""Answers to a questionnaire: read from a form, checked, shown. A flat mapping of item code → value.

A choice is its code, several choices a list of codes, a number a number, a date an ISO text ("2022-12-20"),
text a text in NFC. A blank is a key that is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from questionnaires.codes import LONGEST_CODE
from questionnaires.expression import Tree, evaluate, truth
from questionnaires.faults import N_, Fault, Words
from questionnaires.kinds import KINDS, Kind
from questionnaires.routing import asked_items, given, is_blank
from questionnaires.schema import Item, Question, Questionnaire, Section
from questionnaires.written import Unreadable, write_number

__all__ = ["KINDS", "Kind", "Reading", "check_answers", "read_form", "show", "write_form"]

NOT_ANSWERS = N_("Answers must be a table of item codes and values.")
UNKNOWN_ITEM = N_("The questionnaire has no question “%(item)s”.")
OFF_ROUTE = N_("This question is not asked, given the other answers.")
REQUIRED = N_("This question needs an answer.")
BROKEN_CONSTRAINT = N_("%(message)s")


class Reading(NamedTuple):
    """What a form held: the values, and a fault for each text that could not be read."""

    answers: dict[str, Any]
    faults: list[Fault]


def read_form(questionnaire: Questionnaire, form: Mapping[str, Sequence[str]]) -> Reading:
    """The answers in a form's raw texts, item code → texts; fields that are no item are passed over.

    A text that cannot be read is a fault at its item, which quotes it; the item then has no answer.
    """
    answers: dict[str, Any] = {}
    faults: list[Fault] = []
    for item in questionnaire.items():
        try:
            value = KINDS[item.question.kind].read(item.question, form.get(item.code, ()))
        except Unreadable as error:
            faults.append(Fault(item.code, error.template, error.values))
            continue
        if value is not None:
            answers[item.code] = value
    return Reading(answers, faults)


def write_form(answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Answers as the raw texts of a form, to fill it again; `read_form` makes the same answers of them."""
    return {
        code: [_written(one) for one in value] if isinstance(value, list) else [_written(value)]
        for code, value in answers.items()
    }


def _written(value: Any) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return write_number(value) if is_number else str(value)


def check_answers(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    *,
    today: date,
    complete: bool,
    only: Section | None = None,
    asked: Collection[Item] | None = None,
) -> list[Fault]:
    """What is wrong with answers, each fault at its item's code, in the order of the questionnaire.

    Always: values of the wrong kind and broken constraints. `complete`: required questions left blank too.
    `only` looks at one section, as when a page is saved. Without it unknown items are faults, and with
    `complete` so are answers to questions that are not asked; a draft may keep those. `asked` are the items
    on the way of these answers, where the caller has found it already.
    """
    if not isinstance(answers, Mapping):
        return [Fault("", NOT_ANSWERS)]
    way = asked_items(questionnaire, answers, today=today) if asked is None else asked
    check = _Check(
        answers,
        given(way, answers),
        {item.code for item in way},
        today,
        complete,
        strict=complete and only is None,
    )
    if only is not None:
        return check.faults(item for each in only.questions for item in each.items())
    return check.faults(questionnaire.items()) + _unknown_items(questionnaire, answers)


def show(question: Question, value: Any, language: str) -> str:
    """A value in words for people; what is no good value is shown as it stands, a blank as nothing."""
    kind = KINDS[question.kind]
    if is_blank(value):
        return ""
    return kind.show(question, value, language) if kind.check(question, value) is None else str(value)


@dataclass(frozen=True)
class _Check:
    """What one item's answer is checked against; `route` are the answers to questions `asked`."""

    answers: Mapping[str, Any]
    route: Mapping[str, Any]
    asked: Container[str]
    today: date
    complete: bool
    strict: bool

    def faults(self, items: Iterable[Item]) -> list[Fault]:
        return [fault for item in items if (fault := self.fault(item))]

    def fault(self, item: Item) -> Fault | None:
        """The first thing wrong with an item's answer."""
        value, is_asked = self.answers.get(item.code), item.code in self.asked
        if is_blank(value):
            left_out = self.complete and item.question.required and is_asked
            return Fault(item.code, REQUIRED) if left_out else None
        if wrong := KINDS[item.question.kind].check(item.question, value):
            return replace(wrong, place=item.code)
        if is_asked:
            constraint = item.question.constraint
            return None if constraint is None else self._broken(constraint, item, value)
        return Fault(item.code, OFF_ROUTE) if self.strict else None

    def _broken(self, constraint: Tree, item: Item, value: Any) -> Fault | None:
        if truth(evaluate(constraint, self.route, this=value, today=self.today)):
            return None
        return Fault(item.code, BROKEN_CONSTRAINT, {"message": Words(item.question.constraint_message)})


def _unknown_items(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> list[Fault]:
    unknown = (str(code)[:LONGEST_CODE] for code in answers if code not in questionnaire.item_of)
    return [Fault(code, UNKNOWN_ITEM, {"item": code}) for code in unknown]
