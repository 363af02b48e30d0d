"""What a cell may hold: how it is read to a value of the definition, and written for people again."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from questionnaires.codes import DEFINITION, near_name
from questionnaires.faults import N_, Words
from questionnaires.ratings import read_condition
from questionnaires.text import fold
from questionnaires.written import NOT_WHOLE, Unreadable, read_date, read_number, write_number

NEAR_WORD = N_("“%(raw)s” is not known here. Did you mean “%(near)s”? Write one of these: %(names)s.")
UNKNOWN_WORD = N_("“%(raw)s” is not known here. Write one of these: %(names)s.")
SHARE = N_(
    "“%(raw)s” would be less than one percent. Write %(percent)s if you mean that many percent, "
    "or “%(raw)s%%” with its sign."
)

Cell = str | int | float


class CellRefused(ValueError):
    """What a cell holds cannot be read; `template` and `values` say why, as in a Fault."""

    def __init__(self, template: str, **values: object) -> None:
        self.template, self.values = template, values
        super().__init__(template % values)


@dataclass(frozen=True, eq=False)
class Choice:
    """One value to pick: the words that are offered, and others that mean the same."""

    value: Any
    words: Words
    also: tuple[str, ...] = ()

    @property
    def accepted(self) -> frozenset[str]:
        return frozenset(fold(text) for text in (*self.words.values(), *self.also, str(self.value)))


@dataclass(frozen=True)
class Form:
    """`read` raises CellRefused; `write` takes the language too. `choices` are offered in a drop-down list.

    `number`: whether the cell is one for spreadsheets to count with; all others stay text.
    """

    read: Callable[[str], Any]
    write: Callable[[Any, str], Cell]
    choices: tuple[Choice, ...] = ()
    number: bool = False


def text_form(read: Callable[[str], Any] = str) -> Form:
    return Form(read, lambda value, language: str(value))


def one_of(*choices: Choice) -> Form:
    """A word out of a few, in either language, whatever its marks and capitals."""

    def read(raw: str) -> Any:
        return find_choice(raw, choices).value

    def write(value: Any, language: str) -> Cell:
        named = (choice.words[language] for choice in choices if choice.value == value)
        return next(named, str(value))

    return Form(read, write, choices)


def find_choice(raw: str, choices: tuple[Choice, ...]) -> Choice:
    """The choice that the words mean. Raises CellRefused, with the near one."""
    known = _by_words(choices)
    asked = fold(raw).strip(" .:")
    if asked in known:
        return known[asked]
    names = Words(
        {language: "; ".join(choice.words[language] for choice in choices) for language in ("vi", "en")}
    )
    near = near_name(asked, known)
    if near is None:
        raise CellRefused(UNKNOWN_WORD, raw=raw[:80], names=names)
    raise CellRefused(NEAR_WORD, raw=raw[:80], near=known[near].words, names=names)


@cache
def _by_words(choices: tuple[Choice, ...]) -> dict[str, Choice]:
    return {words: choice for choice in choices for words in choice.accepted}


def number_of(raw: str) -> int | float:
    """Raises CellRefused."""
    try:
        return read_number(raw)
    except Unreadable as refused:
        raise CellRefused(refused.template, **refused.values) from refused


def _read_points(raw: str) -> int | float:
    return number_of(re.sub(r"\s*(điểm|points?)\.?$", "", raw, flags=re.IGNORECASE))


def percent_of(raw: str) -> int | float:
    """A percentage, with its sign or without; 0,8 alone is likelier a share. Raises CellRefused."""
    number = number_of(raw.removesuffix("%"))
    if 0 < number < 1 and not raw.endswith("%"):
        raise CellRefused(SHARE, raw=raw[:40], percent=by_hundred(number))
    return number


def write_percent(number: int | float) -> str:
    """As `percent_of` reads it again."""
    return write_number(number) + ("%" if 0 < number < 1 else "")


def _read_whole(raw: str) -> int:
    number = number_of(raw)
    if not float(number).is_integer():
        raise CellRefused(NOT_WHOLE, raw=raw[:40])
    return int(number)


def _write_number(number: Any, language: str) -> Cell:
    """A number, unless spreadsheets would cut its digits: they keep 15."""
    return number if float(f"{number:.15g}") == number else write_number(number)


def _read_date(raw: str) -> str:
    try:
        return read_date(raw).isoformat()
    except Unreadable as refused:
        raise CellRefused(refused.template, **refused.values) from refused


def _write_date(written: str, language: str) -> Cell:
    date = datetime.date.fromisoformat(written)
    return f"{date.day:02}/{date.month:02}/{date.year:04}"


def by_hundred(share: float) -> str:
    """A share as a percentage, without a digit gained or lost: 0.07 → "7"."""
    percent = Decimal(repr(share)) * 100
    return f"{percent.normalize():f}".replace(".", ",")


def share_of(percent: int | float) -> float:
    """A percentage as a share, undoing `by_hundred` exactly."""
    return float(Decimal(repr(percent)) / 100)


def _read_unit_types(raw: str) -> list[str]:
    """Codes, or names that become codes: "Sở; Thanh tra" → so, thanh_tra."""
    return [_as_code(part.strip()) for part in re.split(r"[;,\n]", raw) if part.strip()]


def _as_code(name: str) -> str:
    return name if DEFINITION.fits(name) else re.sub(r"[^a-z0-9-]+", "_", fold(name)).strip("_")


YES_NO = one_of(
    Choice(True, Words(vi="Có", en="Yes"), ("x", "đúng", "1")),
    Choice(False, Words(vi="Không", en="No"), ("0", "sai")),
)
TEXT = text_form()
UNIT_TYPES = Form(_read_unit_types, lambda codes, language: "; ".join(codes))
CONDITION = text_form(read_condition)
POINTS = Form(_read_points, _write_number, number=True)
NUMBER = Form(number_of, _write_number, number=True)
WHOLE = Form(_read_whole, _write_number, number=True)
PERCENT = Form(percent_of, lambda number, language: write_percent(number))
DATE = Form(_read_date, _write_date)
