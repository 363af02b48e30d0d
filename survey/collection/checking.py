"""What of a person's answers goes on record, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from questionnaires.answers import REQUIRED, check_answers
from questionnaires.faults import Fault
from questionnaires.routing import asked_items, given, on_route
from questionnaires.schema import Item, Questionnaire
from survey.collection.submission import Refused
from survey.db import today


def record_of(
    questionnaire: Questionnaire, answers: Mapping[str, Any], *, with_blanks: bool = False
) -> dict[str, Any]:
    """The answers to the questions that this person is asked; others are dropped. Raises Refused.

    `with_blanks` lets required answers be missing.
    """
    asked = asked_items(questionnaire, answers, today=today())
    record = given(asked, answers)
    strangers = {code: answer for code, answer in answers.items() if code not in questionnaire.item_of}
    require_sound(questionnaire, record | strangers, with_blanks, asked)
    return record


def strict_record_of(
    questionnaire: Questionnaire, answers: Mapping[str, Any], *, with_blanks: bool = False
) -> dict[str, Any]:
    """As `record_of`, but an answer to a question that is not asked is a fault too."""
    require_sound(questionnaire, answers, with_blanks)
    return on_route(questionnaire, answers, today=today())


def require_sound(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    with_blanks: bool,
    asked: Collection[Item] | None = None,
) -> None:
    if faults := answer_faults(questionnaire, answers, with_blanks=with_blanks, asked=asked):
        raise Refused(faults)


def answer_faults(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    *,
    with_blanks: bool = False,
    asked: Collection[Item] | None = None,
) -> list[Fault]:
    """Everything wrong with a whole form, answers to questions that are not asked included."""
    faults = check_answers(questionnaire, answers, today=today(), complete=True, asked=asked)
    return [fault for fault in faults if not (with_blanks and fault.template == REQUIRED)]
