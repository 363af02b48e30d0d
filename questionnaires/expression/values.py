"""What a value is and how two of them compare; the table in the package's docstring says it in words."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias
from unicodedata import normalize

Scalar: TypeAlias = "bool | int | float | str | None"
Value: TypeAlias = "Scalar | list[Scalar]"

LARGEST_WHOLE = 2**53
"""Below it every whole number has a double of its own, so both evaluators write it alike."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read(answer: Any) -> Value:
    """An answer or a literal as a value: text in NFC, finite numbers, None for a blank."""
    if isinstance(answer, list | tuple):
        found = [_read_scalar(item) for item in answer]
        return [item for item in found if item is not None] or None
    return _read_scalar(answer)


def _read_scalar(answer: Any) -> Scalar:
    if isinstance(answer, str):
        return normalize("NFC", answer) or None
    if isinstance(answer, bool):
        return answer
    if isinstance(answer, int | float | Decimal):
        return finite(answer)
    return answer.isoformat() if type(answer) is date else None


def finite(number: float | Decimal) -> int | float | None:
    """The number as a double, as `int` where it is whole; blank for infinity and "not a number"."""
    try:
        double = float(number)
    except (OverflowError, ValueError):  # an int past 1.8e308, a signalling NaN
        return None
    if not math.isfinite(double):
        return None
    return int(double) if double.is_integer() and abs(double) < LARGEST_WHOLE else double


def truth(value: Value) -> bool:
    """Whether a value counts as true: not blank, not false, not zero."""
    return bool(value)


def alone(value: Value) -> Value:
    """The one code of a list that holds only one."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def number_of(value: Value) -> int | float | None:
    """The number that a value is or writes."""
    single = alone(value)
    if isinstance(single, str) and _NUMBER.fullmatch(single):
        return finite(float(single))
    return single if isinstance(single, int | float) and not isinstance(single, bool) else None


def day_of(value: Value) -> int | None:
    """The day that a text writes, counted from 0001-01-01 as day 1."""
    single = alone(value)
    if not (isinstance(single, str) and _DATE.fullmatch(single)):
        return None
    try:
        return date.fromisoformat(single).toordinal()
    except ValueError:  # 2026-02-30
        return None


def words_of(value: Value) -> list[Scalar]:
    """The codes in a value: XLSForm keeps several choices as one text, parted by spaces."""
    if isinstance(value, str):
        return [word for word in value.split(" ") if word]
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def equal(left: Value, right: Value) -> bool:
    """`=`: same kind and same content, or the same number where one side writes it as text."""
    one, other = alone(left), alone(right)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    if type(one) is type(other):
        return one == other
    number = number_of(one)
    return number is not None and number == number_of(other)


def ordered(left: Value, right: Value, in_order: Callable[[float, float], bool]) -> bool:
    """`< <= > >=` between two numbers or two dates; nothing else has an order."""
    for measure in (number_of, day_of):
        one, other = measure(left), measure(right)
        if one is not None and other is not None:
            return in_order(one, other)
    return False
