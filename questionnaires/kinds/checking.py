"""Checking an answer: what is wrong with a value, wherever it comes from."""

from __future__ import annotations

import datetime
from typing import Any

from questionnaires.faults import N_, Fault, Words
from questionnaires.schema import Question
from questionnaires.written import clean

LONGEST_TEXT = 500
LONGEST_LONG_TEXT = 5_000
LONGEST_CODE = 64
LARGEST_NUMBER = 2**53
"""Beyond it, JSON's numbers are no longer exact."""

NO_SUCH_CHOICE = N_("“%(choice)s” is not one of the answers to choose from.")
CHOSEN_TWICE = N_("“%(choice)s” is chosen more than once.")
EXCLUSIVE = N_("“%(choice)s” cannot be chosen together with other answers.")
NOT_CODES = N_("The answer must be a list of choices.")
NOT_A_CODE = N_("The answer must be one choice.")
NOT_TEXT = N_("The answer must be text.")
UNCLEAN = N_("The text holds characters that cannot be stored.")
TOO_LONG = N_("The answer has %(length)s characters; at most %(most)s are possible.")
NOT_WHOLE = N_("The answer must be a whole number.")
NOT_A_NUMBER = N_("The answer must be a number.")
TOO_LARGE = N_("The number is too large.")
NOT_A_DATE = N_("The answer must be a date.")
NOT_ASKED = N_("Nothing is asked here.")

Checked = Fault | None
"""What is wrong with a value; its place, the item, is known to the caller alone."""


def check_choice(question: Question, value: Any) -> Checked:
    if not isinstance(value, str):
        return Fault("", NOT_A_CODE)
    return None if value in question.choice_of else _no_such_choice(value)


def check_choices(question: Question, value: Any) -> Checked:
    """Known codes, each once; "don't know" and other missing choices stand alone."""
    if not (isinstance(value, list) and value and all(isinstance(code, str) for code in value)):
        return Fault("", NOT_CODES)
    return _check_codes(question, value)


def _check_codes(question: Question, codes: list[str]) -> Checked:
    choices = question.choice_of
    for code in codes:
        if code not in choices:
            return _no_such_choice(code)
        if codes.count(code) > 1:
            return Fault("", CHOSEN_TWICE, {"choice": Words(choices[code].text)})
        if choices[code].missing and len(codes) > 1:
            return Fault("", EXCLUSIVE, {"choice": Words(choices[code].text)})
    return None


def _no_such_choice(code: str) -> Fault:
    return Fault("", NO_SUCH_CHOICE, {"choice": _cut(code)})


def check_line(question: Question, value: Any) -> Checked:
    return _check_text(value, LONGEST_TEXT, lines=False)


def check_lines(question: Question, value: Any) -> Checked:
    return _check_text(value, LONGEST_LONG_TEXT, lines=True)


def check_pick(question: Question, value: Any) -> Checked:
    """A place or unit: one of the choices, or a code of a list this questionnaire does not know."""
    if question.choices:
        return check_choice(question, value)
    return _check_text(value, LONGEST_CODE, lines=False)


def _check_text(value: Any, most: int, *, lines: bool) -> Checked:
    if not (isinstance(value, str) and value.strip()):
        return Fault("", NOT_TEXT)
    if len(value) > most:
        return Fault("", TOO_LONG, {"length": len(value), "most": most})
    return None if value.strip() == clean(value, lines=lines) else Fault("", UNCLEAN)


def check_decimal(question: Question, value: Any) -> Checked:
    if not isinstance(value, int | float) or isinstance(value, bool) or value != value:
        return Fault("", NOT_A_NUMBER)
    return Fault("", TOO_LARGE) if abs(value) > LARGEST_NUMBER else None


def check_integer(question: Question, value: Any) -> Checked:
    if isinstance(value, float):
        return Fault("", NOT_WHOLE)
    return check_decimal(question, value)


def check_day(question: Question, value: Any) -> Checked:
    try:
        good = isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        good = False
    return None if good else Fault("", NOT_A_DATE)


def check_nothing(question: Question, value: Any) -> Checked:
    return Fault("", NOT_ASKED)


def _cut(raw: str) -> str:
    """Enough of a text to name it in a sentence."""
    return raw if len(raw) <= 40 else f"{raw[:40]}…"
