"""Where a condition turns from false to true as one number or day moves, the other answers standing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from math import ceil, floor
from typing import Any

from questionnaires.expression import Tree, evaluate
from questionnaires.expression.tree import operands
from questionnaires.expression.values import LARGEST_WHOLE, Value, day_of, number_of
from questionnaires.trial.mentions import COMPARISONS


def turning_points(
    condition: Tree, code: str, kind: str, given: Mapping[str, Any], today: date
) -> Iterator[Any]:
    """Answers at and beside the points where a comparison's sides meet.

    Sides that grow evenly with the answer, as sums and differences do, meet where the line through two
    trials does.
    """
    if kind in ("integer", "decimal"):
        for point in _meetings(condition, code, {0: 0, 1: 1}, given, today):
            yield from _numbers_at(point, whole=kind == "integer")
    elif kind == "date":
        start = today.toordinal()
        trials = {day: date.fromordinal(day).isoformat() for day in (start, start + 1)}
        for point in _meetings(condition, code, trials, given, today):
            for day in range(floor(point) - 1, ceil(point) + 2):
                if 1 <= day <= date.max.toordinal():
                    yield date.fromordinal(day).isoformat()


def _numbers_at(point: float, *, whole: bool) -> list[int] | list[float]:
    low, high = floor(point), ceil(point)
    near = [low, high, low - 1, high + 1]
    return near if whole else [point, *map(float, near)]


def _meetings(
    condition: Tree, code: str, trials: Mapping[int, Any], given: Mapping[str, Any], today: date
) -> Iterator[float]:
    for comparison in _comparisons(condition):
        gaps = [_gap(comparison, {**given, code: answer}, today) for answer in trials.values()]
        (start, *_), (before, after) = trials, gaps
        if before is not None and after is not None and before != after:
            point = start - before / (after - before)
            if abs(point) < LARGEST_WHOLE:
                yield point


def _comparisons(tree: Tree) -> Iterator[list[Tree]]:
    if isinstance(tree, list):
        if tree[0] in COMPARISONS:
            yield tree
        for side in operands(tree):
            yield from _comparisons(side)


def _gap(comparison: list[Tree], given: Mapping[str, Any], today: date) -> float | None:
    """How far the left side is above the right."""
    left, right = (_measure(evaluate(side, given, today=today)) for side in comparison[1:])
    return None if left is None or right is None else left - right


def _measure(value: Value) -> int | float | None:
    number = number_of(value)
    return day_of(value) if number is None else number
