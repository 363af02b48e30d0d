"""What somebody types, or the machine reads, as answers; and whether a form is read to its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from questionnaires.answers import KINDS, OFF_ROUTE, REQUIRED, UNKNOWN_ITEM, check_answers
from questionnaires.faults import N_, Fault
from questionnaires.routing import asked_items
from questionnaires.schema import Questionnaire
from questionnaires.written import Unreadable
from survey.collection.paper.comparing import NOTHING_THERE, Entries
from survey.collection.submission import Refused
from survey.db import today

SAID = ("blank", "unreadable", "impossible")
"""What people may note of an item; that it is not asked is found by the logic."""

NO_SUCH_NOTE = N_("There is no such note.")
NOTED_AND_ANSWERED = N_("What is blank or cannot be read has no answer.")


def typed_value(questionnaire: Questionnaire, item: str, texts: Sequence[str], note: str) -> Any:
    """The value of an item's raw texts, None for a blank. Raises Refused, the fault at the item."""
    question = next((each.question for each in questionnaire.items() if each.code == item), None)
    if question is None:
        raise Refused([Fault(item, UNKNOWN_ITEM, {"item": item})])
    if note and note not in SAID:
        raise Refused([Fault(item, NO_SUCH_NOTE)])
    try:
        value = KINDS[question.kind].read(question, texts)
    except Unreadable as error:
        raise Refused([Fault(item, error.template, error.values)]) from None
    if value is not None and note in NOTHING_THERE:
        raise Refused([Fault(item, NOTED_AND_ANSWERED)])
    if value is not None and (wrong := KINDS[question.kind].check(question, value)):
        raise Refused([Fault(item, wrong.template, wrong.values)])
    return value


def require_possible(questionnaire: Questionnaire, entries: Entries, item: str) -> None:
    """Raises Refused where what is written there breaks the question's rules, and nobody noted that."""
    faults = check_answers(questionnaire, entries.on_record(), today=today(), complete=False)
    if found := [fault for fault in faults if fault.place == item]:
        raise Refused(found)


def require_finished(questionnaire: Questionnaire, entries: Entries) -> None:
    """Raises Refused with everything still to be typed, or to be noted as blank or unreadable."""
    faults = check_answers(questionnaire, entries.on_record(), today=today(), complete=True)
    unread = [
        fault
        for fault in faults
        if fault.template != OFF_ROUTE and not (fault.template == REQUIRED and fault.place in entries.notes)
    ]
    if unread:
        raise Refused(unread)


def with_possible(questionnaire: Questionnaire, entries: Entries) -> Entries:
    """The same, without "impossible" at answers that break no rule now that the others are known, as where
    the other one was mistyped. What comes back breaks no answer that is sound without it.
    """
    broken = broken_items(questionnaire, entries)
    for item in noted_impossible(questionnaire, entries):
        restored = entries.changed(item, entries.answers[item], "")
        asked = {each.code for each in asked_items(questionnaire, restored.on_record(), today=today())}
        if item in asked and broken_items(questionnaire, restored) <= broken:
            return with_possible(questionnaire, restored)  # others may be possible beside it
    return entries


def noted_impossible(questionnaire: Questionnaire, entries: Entries) -> list[str]:
    """The answers so noted, in the order of the form."""
    items = (item.code for item in questionnaire.items() if item.code in entries.answers)
    return [item for item in items if entries.notes.get(item) == "impossible"]


def broken_items(questionnaire: Questionnaire, entries: Entries) -> set[str]:
    """The items whose answers on record break a rule."""
    faults = check_answers(questionnaire, entries.on_record(), today=today(), complete=False)
    return {fault.place for fault in faults}


def with_route(questionnaire: Questionnaire, entries: Entries) -> Entries:
    """The same, with a note at each answer to a question that is not asked."""
    asked = {item.code for item in asked_items(questionnaire, entries.on_record(), today=today())}
    off_route = {item: "off_route" for item in entries.on_record() if item not in asked}
    kept = {item: note for item, note in entries.notes.items() if note != "off_route"}
    return Entries(entries.answers, off_route | kept)
