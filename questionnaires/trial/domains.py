"""The answers worth trying for an item: every choice, and values on, beside and between the constants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, combinations, pairwise, permutations
from math import ceil, floor
from random import Random
from typing import Any

from questionnaires.kinds import KINDS, LONGEST_TEXT
from questionnaires.schema import Question, levels
from questionnaires.trial.mentions import Mention

MOST_ENUMERATED = 64
"""Sets and orders of choices are all tried up to here, else this many are drawn."""

USUAL_NUMBERS = (0, 1, 2, 5, 10, 50, 100, 1000)
USUAL_TEXT = "abc"
USUAL_DAYS = (0, 1, -1, 30, -30, 365, -365, -10_000)
"""Days from today."""

FARTHEST_DAY = 100_000

ORDERED_KINDS = ("integer", "decimal", "date")


@dataclass(frozen=True)
class Domain:
    """Answers to try, blank not among them.

    `complete`: there are no others. `regions`: they lie on, beside and between all constants the item is
    held against, so that they stand for every answer where conditions compare it with constants alone.
    """

    values: tuple[Any, ...]
    complete: bool = False
    regions: bool = False


def domain(question: Question, mention: Mention | None, today: date) -> Domain:
    """The answers to try for an item of a question; an item in no condition takes any of them alike."""
    make = MAKERS.get(question.kind)
    if make is None:
        return Domain((), complete=True)
    drawn, complete = make(question, mention or Mention(), today)
    check = KINDS[question.kind].check
    good = [value for value in drawn if check(question, value) is None]
    once = tuple(value for at, value in enumerate(good) if value not in good[:at])
    return Domain(once, complete, regions=question.kind in ORDERED_KINDS)


Made = tuple[Iterable[Any], bool]
"""Answers, good or not, and whether there are no others."""


def _choices(question: Question, mention: Mention, today: date) -> Made:
    return [choice.code for choice in question.choices], True


def _sets(question: Question, mention: Mention, today: date) -> Made:
    """Sets of choices in their order; a missing choice stands alone."""
    codes = [choice.code for choice in levels(question.choices)]
    alone = [[choice.code] for choice in question.choices]
    if 2 ** len(codes) <= MOST_ENUMERATED:
        sizes = range(2, len(codes) + 1)
        return chain(alone, (list(some) for size in sizes for some in combinations(codes, size))), True
    random = Random(question.code)
    first = [codes[:size] for size in range(2, len(codes) + 1)]
    drawn = [[code for code in codes if random.random() < 0.4] for _ in range(MOST_ENUMERATED)]
    return chain(alone, first, drawn), False


def _orders(question: Question, mention: Mention, today: date) -> Made:
    """Orders of choices: whole ones, then a first preference alone."""
    codes = [choice.code for choice in levels(question.choices)]
    alone = [[choice.code] for choice in question.choices]
    if len(codes) <= 4:
        sizes = range(len(codes), 1, -1)
        return chain((list(some) for size in sizes for some in permutations(codes, size)), alone), True
    random = Random(question.code)
    return chain((random.sample(codes, len(codes)) for _ in range(MOST_ENUMERATED)), alone), False


def _whole_numbers(question: Question, mention: Mention, today: date) -> Made:
    near = (
        near for one in mention.numbers for near in (floor(one) - 1, floor(one), ceil(one), ceil(one) + 1)
    )
    return chain(near, USUAL_NUMBERS), False


def _decimals(question: Question, mention: Mention, today: date) -> Made:
    between = [(low + high) / 2 for low, high in pairwise(mention.numbers)]
    near = (near for one in mention.numbers for near in (one - 1, one, one + 1))
    return map(float, chain(near, between, USUAL_NUMBERS)), False


def _texts(question: Question, mention: Mention, today: date) -> Made:
    lengths = {round(one) + step for one in mention.numbers for step in (-1, 0, 1)}
    long = (sign * size for size in sorted(lengths) if 0 < size <= LONGEST_TEXT for sign in "a1")
    return chain([USUAL_TEXT], mention.texts, long, map(str, mention.numbers)), False


def _days(question: Question, mention: Mention, today: date) -> Made:
    """Days around today, around the constants, and as many days from today as the constants say."""
    spans = [round(one) for one in mention.numbers if abs(one) <= FARTHEST_DAY]
    steps = chain(
        USUAL_DAYS, (sign * span + step for span in spans for sign in (-1, 1) for step in (-1, 0, 1))
    )
    around = chain((_moved(today, step) for step in steps), *(_neighbours(day) for day in mention.days))
    return (day.isoformat() for day in around if day is not None), False


def _neighbours(day: date) -> Iterator[date | None]:
    return (_moved(day, step) for step in (-1, 0, 1))


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def _picks(question: Question, mention: Mention, today: date) -> Made:
    """A place or unit; of a list not known here, the codes that conditions name and one more."""
    if question.choices:
        return _choices(question, mention, today)
    return chain(mention.texts, ["unit-1"]), False


MAKERS: dict[str, Callable[[Question, Mention, date], Made]] = {
    "single": _choices,
    "scale": _choices,
    "matrix": _choices,
    "multiple": _sets,
    "rank": _orders,
    "integer": _whole_numbers,
    "decimal": _decimals,
    "text": _texts,
    "long_text": _texts,
    "date": _days,
    "place": _picks,
    "unit": _picks,
}
