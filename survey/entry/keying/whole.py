"""A paper form that is sent whole: the questionnaire on one screen, checked as answers from the web are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request

from questionnaires.answers import read_form
from questionnaires.faults import N_, Fault
from questionnaires.schema import Questionnaire
from questionnaires.written import Unreadable, read_number
from survey.collection.checking import answer_faults
from survey.db import today
from survey.entry.screen import Filled, lines_of, screen

LARGEST_NUMBER = 999_999_999

NUMBER_NEEDED = N_("Enter the number printed on the form: a whole number above 0.")


@dataclass(frozen=True)
class Keyed:
    """A form as it stands on the screen: its number as typed, raw texts, and the answers read from them."""

    number: str
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    blanks_confirmed: bool = False

    def form_number(self) -> int | None:
        return number_of_form(self.number)


def number_of_form(typed: str) -> int | None:
    """None where it is no number that a form can have."""
    try:
        number = read_number(typed)
    except Unreadable:
        return None
    return number if isinstance(number, int) and 0 < number <= LARGEST_NUMBER else None


def read_screen(questionnaire: Questionnaire) -> tuple[Keyed, list[Fault]]:
    """The form in this request, and every fault in it."""
    blanks_confirmed = "form-blanks" in request.form
    answers, faults = read_answers(questionnaire, with_blanks=blanks_confirmed)
    number = request.form.get("form-number", "").strip()
    keyed = Keyed(number, request.form.to_dict(flat=False), answers, blanks_confirmed)
    if keyed.form_number() is None:
        faults = [Fault("form-number", NUMBER_NEEDED), *faults]
    return keyed, faults


def read_answers(questionnaire: Questionnaire, *, with_blanks: bool) -> tuple[dict[str, Any], list[Fault]]:
    """The answers on the screen, and everything wrong with them in the order of the lines."""
    reading = read_form(questionnaire, request.form.to_dict(flat=False))
    checked = answer_faults(questionnaire, reading.answers, with_blanks=with_blanks)
    by_place = {fault.place: fault for fault in [*checked, *reading.faults]}
    return reading.answers, [by_place[item.code] for item in questionnaire.items() if item.code in by_place]


def filled_screen(questionnaire: Questionnaire, keyed: Keyed, faults: Sequence[Fault]) -> dict[str, Any]:
    """What the screen shows of a form, whatever batch it is of."""
    return {
        "parts": screen(questionnaire),
        "numbers": {line.item.code: line.number for line in lines_of(questionnaire)},
        "keyed": keyed,
        "filled": Filled(keyed.texts, faults),
        "today": today(),
    }
