"""What of a person's answers goes on record, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaires.answers import check_answers
from questionnaires.faults import N_, Fault
from questionnaires.routing import on_route
from questionnaires.schema import Questionnaire
from survey.collection.submission import Refused
from survey.db import today

UNKNOWN_ITEM = N_("The questionnaire has no question “%(item)s”.")
NOT_ASKED = N_("This question is not asked, given the other answers.")


def record_of(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to the questions that this person is asked; others are dropped. Raises Refused."""
    record = on_route(questionnaire, answers, today=today())
    faults = unknown_items(questionnaire, answers)
    faults += check_answers(questionnaire, record, today=today(), complete=True, only=None)
    if faults:
        raise Refused(faults)
    return record


def strict_record_of(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Any]:
    """As `record_of`, but an answer to a question that is not asked is a fault too."""
    record = record_of(questionnaire, answers)
    if off_route := [Fault(code, NOT_ASKED) for code in answers if code not in record]:
        raise Refused(off_route)
    return record


def unknown_items(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> list[Fault]:
    known = {item.code for item in questionnaire.items()}
    return [Fault(code, UNKNOWN_ITEM, {"item": code}) for code in answers if code not in known]
