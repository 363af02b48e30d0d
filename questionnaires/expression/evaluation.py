"""A tree and the answers → a value; `survey/static/expression.js` mirrors it operation by operation."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from questionnaires.expression.tree import Tree
from questionnaires.expression.values import (
    Value,
    alone,
    day_of,
    equal,
    finite,
    number_of,
    ordered,
    read,
    truth,
    words_of,
)


def evaluate(tree: Tree, answers: Mapping[str, Any], *, this: Any = None, today: date) -> Value:
    """The value of a parsed expression for these answers (item code → answer). No answer makes it raise.

    `this` is what `.` stands for; `today` is a parameter so that a page and its server agree near midnight.
    """
    if not isinstance(tree, list):
        return read(tree)
    operation, *sides = tree
    if operation == "$":
        return read(answers.get(str(sides[0])))
    if operation == ".":
        return read(this)
    if operation == "today":
        return today.isoformat()
    return OPERATIONS[str(operation)](*(evaluate(side, answers, this=this, today=today) for side in sides))


def _calculate(left: Value, right: Value, calculation: Callable[[float, float], float]) -> Value:
    one, other = number_of(left), number_of(right)
    return None if one is None or other is None else finite(calculation(one, other))


def _add(left: Value, right: Value) -> Value:
    if (day := day_of(left)) is not None:
        return _moved(day, number_of(right))
    if (day := day_of(right)) is not None:
        return _moved(day, number_of(left))
    return _calculate(left, right, operator.add)


def _subtract(left: Value, right: Value) -> Value:
    day, other_day = day_of(left), day_of(right)
    if day is None:
        return _calculate(left, right, operator.sub)
    return _moved(day, number_of(_negative(right))) if other_day is None else day - other_day


def _moved(day: int, days: int | float | None) -> str | None:
    """The date `days` later; blank for parts of a day and outside the years 1 to 9999."""
    if not isinstance(days, int) or not 1 <= day + days <= date.max.toordinal():
        return None
    return date.fromordinal(day + days).isoformat()


def _divide(left: Value, right: Value) -> Value:
    return _calculate(left, right, operator.truediv) if number_of(right) else None


def _remainder(left: Value, right: Value) -> Value:
    return _calculate(left, right, math.fmod) if number_of(right) else None


def _negative(value: Value) -> Value:
    return _calculate(0, value, operator.sub)


def _selected(value: Value, code: Value) -> bool:
    return code is not None and any(equal(item, code) for item in [value, *words_of(value)])


def _length(value: Value) -> int | None:
    text = alone(value)
    if text is None:
        return 0
    if isinstance(text, int) and not isinstance(text, bool):
        return len(str(text))
    return len(text) if isinstance(text, str) else None


OPERATIONS: dict[str, Callable[..., Value]] = {
    "or": lambda *sides: any(map(truth, sides)),
    "and": lambda *sides: all(map(truth, sides)),
    "=": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": lambda left, right: ordered(left, right, operator.lt),
    "<=": lambda left, right: ordered(left, right, operator.le),
    ">": lambda left, right: ordered(left, right, operator.gt),
    ">=": lambda left, right: ordered(left, right, operator.ge),
    "+": _add,
    "-": _subtract,
    "*": lambda left, right: _calculate(left, right, operator.mul),
    "div": _divide,
    "mod": _remainder,
    "negative": _negative,
    "not": lambda condition: not truth(condition),
    "if": lambda condition, then, otherwise: then if truth(condition) else otherwise,
    "coalesce": lambda value, otherwise: otherwise if value is None else value,
    "selected": _selected,
    "count-selected": lambda value: len(words_of(value)),
    "string-length": _length,
    "date": lambda text: None if day_of(text) is None else alone(text),
    "true": lambda: True,
    "false": lambda: False,
}
