"""The constants that a questionnaire's conditions hold each item against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from questionnaires.expression import Tree, names
from questionnaires.expression.tree import operands
from questionnaires.expression.values import day_of, number_of
from questionnaires.trial.places import leaves

Constant = int | float | str

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


@dataclass
class Mention:
    """The constants that stand in one comparison with an item."""

    constants: set[Constant] = field(default_factory=set)

    @property
    def numbers(self) -> list[int | float]:
        return sorted({number for one in self.constants if (number := number_of(one)) is not None})

    @property
    def days(self) -> list[date]:
        days = (day_of(one) for one in self.constants)
        return sorted({date.fromordinal(day) for day in days if day is not None})

    @property
    def texts(self) -> list[str]:
        return sorted({one for one in self.constants if isinstance(one, str) and one})


def mentions(conditions: Iterable[Tree | None]) -> dict[str, Mention]:
    """Item code → what the conditions hold it against; no key for items in no condition."""
    found: dict[str, Mention] = defaultdict(Mention)
    for condition in conditions:
        for leaf in leaves(condition):
            constants = {value for value in map(constant, _parts(leaf)) if value is not None}
            for name in names(leaf):
                found[name].constants |= constants
    return dict(found)


def constant(tree: Tree) -> Constant | None:
    """The number, text or day that a tree writes out; None where it depends on anything."""
    if not isinstance(tree, list):
        return tree
    inner = constant(tree[1]) if tree[0] in ("negative", "date") else None
    return -inner if tree[0] == "negative" and isinstance(inner, int | float) else inner


def _parts(tree: Tree) -> Iterable[Tree]:
    """The tree and all inside it, but nothing inside a constant."""
    yield tree
    if constant(tree) is None:
        for side in operands(tree):
            yield from _parts(side)


def is_direct(leaf: Tree) -> bool:
    """Whether a condition compares one bare answer with a constant: `${code} <= 18` or `18 >= ${code}`.

    Whether it holds can change at the constant alone: values on and beside it stand for all others.
    """
    if not (isinstance(leaf, list) and leaf[0] in COMPARISONS):
        return False
    answers = [side for side in leaf[1:] if isinstance(side, list) and side[0] == "$"]
    constants = [side for side in leaf[1:] if constant(side) is not None]
    return len(answers) == len(constants) == 1
