"""The kinds of questions in one table: how an answer is read, checked and shown, what the question needs."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from questionnaires.faults import N_, Fault, Words
from questionnaires.schema import Question, in_language
from questionnaires.written import NOT_WHOLE as NOT_READ_AS_WHOLE
from questionnaires.written import Unreadable, clean, read_date, read_number

LONGEST_TEXT = 500
LONGEST_LONG_TEXT = 5_000
LONGEST_CODE = 64
LARGEST_NUMBER = 2**53
"""Beyond it, JSON's numbers are no longer exact."""

ONE_ANSWER = N_("Choose one answer only.")
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


@dataclass(frozen=True)
class Kind:
    """How one kind of question works.

    `read` turns the raw texts of a form into a value, None for a blank, and raises Unreadable. `check` names
    what is wrong with a value, wherever it comes from. `show` writes a good value for people.
    `levels` is the least number of non-missing choices, None where choices are out of place. Answers of
    `rated` kinds are one level each and may feed a criterion.
    """

    read: Callable[[Question, Sequence[str]], Any]
    check: Callable[[Question, Any], Checked]
    show: Callable[[Question, Any, str], str]
    levels: int | None = None
    rows: bool = False
    rated: bool = False
    answered: bool = True


# Reading: raw texts of a form → value


def _only(raw: Sequence[str]) -> str:
    """The one text written; blanks beside it count for nothing."""
    if len(raw) == 1:
        return clean(raw[0], lines=False)
    written = {clean(text, lines=False) for text in raw} - {""}
    if len(written) > 1:
        raise Unreadable(ONE_ANSWER, ", ".join(sorted(written)))
    return written.pop() if written else ""


def read_line(question: Question, raw: Sequence[str]) -> str | None:
    return _only(raw) or None


def read_lines(question: Question, raw: Sequence[str]) -> str | None:
    return clean("\n".join(raw)) or None


def read_codes(question: Question, raw: Sequence[str]) -> list[str] | None:
    """Codes in the order of the choices, however ticked; unknown ones last, for the check to name."""
    order = {choice.code: position for position, choice in enumerate(question.choices)}
    chosen = dict.fromkeys(read_order(question, raw) or ())
    return sorted(chosen, key=lambda code: order.get(code, len(order))) or None


def read_order(question: Question, raw: Sequence[str]) -> list[str] | None:
    """Codes in the order given: the first preference first."""
    return [code for text in raw if (code := clean(text, lines=False))] or None


def read_decimal(question: Question, raw: Sequence[str]) -> float | None:
    written = _only(raw)
    return float(read_number(written)) if written else None


def read_integer(question: Question, raw: Sequence[str]) -> int | float | None:
    """A whole number as int; a number with decimals stays, for the check to name."""
    written = _only(raw)
    number = read_number(written, NOT_READ_AS_WHOLE) if written else None
    return int(number) if isinstance(number, float) and number.is_integer() else number


def read_day(question: Question, raw: Sequence[str]) -> str | None:
    written = _only(raw)
    return read_date(written).isoformat() if written else None


def read_nothing(question: Question, raw: Sequence[str]) -> None:
    return None


# Checking: value → what is wrong with it


def check_choice(question: Question, value: Any) -> Checked:
    if not isinstance(value, str):
        return Fault("", NOT_A_CODE)
    return _check_codes(question, [value])


def check_choices(question: Question, value: Any) -> Checked:
    """Known codes, each once; "don't know" and other missing choices stand alone."""
    if not (isinstance(value, list) and value and all(isinstance(code, str) for code in value)):
        return Fault("", NOT_CODES)
    return _check_codes(question, value)


def _check_codes(question: Question, codes: list[str]) -> Checked:
    choices = question.choice_of
    for code in codes:
        if code not in choices:
            return Fault("", NO_SUCH_CHOICE, {"choice": _cut(code)})
        if codes.count(code) > 1:
            return Fault("", CHOSEN_TWICE, {"choice": Words(choices[code].text)})
        if choices[code].missing and len(codes) > 1:
            return Fault("", EXCLUSIVE, {"choice": Words(choices[code].text)})
    return None


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


# Showing: good value → words for people


def show_text(question: Question, value: Any, language: str) -> str:
    return str(value)


def show_choice(question: Question, value: Any, language: str) -> str:
    texts = (in_language(choice.text, language) for choice in question.choices if choice.code == value)
    return next(texts, str(value))


def show_choices(question: Question, value: Any, language: str) -> str:
    return "; ".join(show_choice(question, code, language) for code in value)


def show_order(question: Question, value: Any, language: str) -> str:
    texts = (show_choice(question, code, language) for code in value)
    return "; ".join(f"{position}. {text}" for position, text in enumerate(texts, 1))


def show_number(question: Question, value: Any, language: str) -> str:
    """1.234,5 in Vietnamese, 1,234.5 elsewhere."""
    whole = int(value) if value == int(value) else value
    return f"{whole:,}".translate(VIETNAMESE_SIGNS if language == "vi" else {})


def show_day(question: Question, value: Any, language: str) -> str:
    year, month, day = value.split("-")
    return f"{day}/{month}/{year}"


VIETNAMESE_SIGNS = str.maketrans(",.", ".,")

KINDS: dict[str, Kind] = {
    "single": Kind(read_line, check_choice, show_choice, levels=1, rated=True),
    "multiple": Kind(read_codes, check_choices, show_choices, levels=1),
    "scale": Kind(read_line, check_choice, show_choice, levels=2, rated=True),
    "matrix": Kind(read_line, check_choice, show_choice, levels=2, rows=True, rated=True),
    "integer": Kind(read_integer, check_integer, show_number),
    "decimal": Kind(read_decimal, check_decimal, show_number),
    "text": Kind(read_line, check_line, show_text),
    "long_text": Kind(read_lines, check_lines, show_text),
    "date": Kind(read_day, check_day, show_day),
    "rank": Kind(read_order, check_choices, show_order, levels=2),
    "note": Kind(read_nothing, check_nothing, show_text, answered=False),
    "place": Kind(read_line, check_pick, show_choice, levels=0),
    "unit": Kind(read_line, check_pick, show_choice, levels=0),
}


def is_rated(kind: str) -> bool:
    return kind in KINDS and KINDS[kind].rated


def _cut(raw: str) -> str:
    """Enough of a text to name it in a sentence."""
    return raw if len(raw) <= 40 else f"{raw[:40]}…"
