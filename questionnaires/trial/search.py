"""Answers that a person can give and that make a condition true: a search that can prove there are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from itertools import product
from typing import Any

from questionnaires.expression import Tree, evaluate, names, truth
from questionnaires.expression.tree import operands
from questionnaires.trial.domains import Domain
from questionnaires.trial.mentions import is_direct
from questionnaires.trial.places import BLANK, Place, both

Answers = dict[str, Any]

MOST_STEPS = 5_000
"""Evaluations for one condition."""


class Nothing(Enum):
    """Why a search came back without answers."""

    NEVER = "there are none"
    UNKNOWN = "none were found"


class Search:
    """Searches with one purse: `steps` evaluations for all conditions together.

    A blank is possible where an item may be left blank or is not asked; any other value only where the item
    is asked and its constraint holds. Those duties are searched too, so what is found is a way through.
    Items in `skipped` may be blank though an answer is required: nobody could give one, a fault told apart.
    """

    def __init__(
        self, places: Mapping[str, Place], domains: Mapping[str, Domain], today: date, steps: int = 200_000
    ) -> None:
        self._places, self._domains, self._today = places, domains, today
        self._purse = steps
        self.skipped: set[str] = set()
        self._left = 0
        self._complete = True

    def answers(self, condition: Tree | None, *, on_the_way: bool = True) -> Answers | Nothing:
        """Answers under which the condition holds, item code → value, None for a blank.

        `on_the_way=False` looks at the condition alone: any mix of answers will do.
        """
        self._left, self._complete = min(MOST_STEPS, self._purse), True
        allowance = self._left
        try:
            found = self._first(condition, on_the_way)
        except _OutOfSteps:
            found, self._complete = None, False
        self._purse -= allowance - self._left
        if found is not None:
            return found
        return Nothing.NEVER if self._complete else Nothing.UNKNOWN

    def _first(self, condition: Tree | None, on_the_way: bool) -> Answers | None:
        """Level 0 of the stack answers the condition; level n does the duty of the n-th answer chosen.

        A stack of its own, as chains of questions that depend on each other can be hundreds long.
        """
        stack = [self._ways(condition, True, {})]
        while stack:
            given = next(stack[-1], None)
            if given is None:
                stack.pop()
            elif len(stack) > len(given) or not on_the_way:
                return given
            else:
                stack.append(self._duty(list(given)[len(stack) - 1], given))
        return None

    def _duty(self, code: str, given: Answers) -> Iterator[Answers]:
        """The ways to give the answer chosen for an item."""
        place = self._places[code]
        if given[code] is not None:
            return self._ways(both(place.asked_if, place.accepted_if), True, given)
        if place.question.required and self._domains[code].values and code not in self.skipped:
            return self._ways(place.asked_if, False, given)
        return iter([given])

    def _ways(self, tree: Tree | None, wanted: bool, given: Answers) -> Iterator[Answers]:
        """The given answers with those added that make the tree true, or false."""
        operation = tree[0] if isinstance(tree, list) else None
        if tree is None:
            yield from [given] if wanted else []
        elif operation == "not":
            yield from self._ways(operands(tree)[0], not wanted, given)
        elif operation in ("and", "or") and (operation == "and") == wanted:
            yield from self._all(operands(tree), wanted, given)
        elif operation in ("and", "or"):
            for side in operands(tree):
                yield from self._ways(side, wanted, given)
        else:
            yield from self._leaf(tree, wanted, given)

    def _all(self, sides: Sequence[Tree], wanted: bool, given: Answers) -> Iterator[Answers]:
        if not sides:
            yield given
            return
        for way in self._ways(sides[0], wanted, given):
            yield from self._all(sides[1:], wanted, way)

    def _leaf(self, tree: Tree, wanted: bool, given: Answers) -> Iterator[Answers]:
        named, direct = names(tree), is_direct(tree)
        domains = {code: self._domains[code] for code in named}
        self._complete &= all(one.complete or (one.regions and direct) for one in domains.values())
        free = sorted(named - given.keys(), key=lambda code: self._places[code].order)
        for values in product(*((*domains[code].values, None) for code in free)):
            self._spend()
            way = given | dict(zip(free, values, strict=True))
            if truth(evaluate(tree, way, today=self._today)) == wanted:
                yield way

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise _OutOfSteps


class _OutOfSteps(Exception):
    """The search takes too long."""


def answered(code: str) -> Tree:
    """The condition that an item has an answer."""
    return ["!=", ["$", code], BLANK]
