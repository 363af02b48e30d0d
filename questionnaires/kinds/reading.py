"""Reading an answer: the raw texts of a form → a value, None for a blank. Each raises Unreadable."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaires.faults import N_
from questionnaires.schema import Question
from questionnaires.written import NOT_WHOLE as NOT_READ_AS_WHOLE
from questionnaires.written import Unreadable, clean, read_date, read_number

ONE_ANSWER = N_("Choose one answer only.")


def read_line(question: Question, raw: Sequence[str]) -> str | None:
    return _only(raw) or None


def read_code(question: Question, raw: Sequence[str]) -> str | None:
    """A code as the page sends it is known at once; only what comes from elsewhere is cleaned."""
    if len(raw) == 1 and raw[0] in question.choice_of:
        return raw[0]
    return read_line(question, raw)


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


def _only(raw: Sequence[str]) -> str:
    """The one text written; blanks beside it count for nothing."""
    if len(raw) == 1:
        return clean(raw[0], lines=False)
    written = {clean(text, lines=False) for text in raw} - {""}
    if len(written) > 1:
        raise Unreadable(ONE_ANSWER, ", ".join(sorted(written)))
    return written.pop() if written else ""
