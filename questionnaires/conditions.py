"""An expression in plain words: “Was the result late?” is “yes” and “Visits” is at least 2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

from questionnaires.expression import Tree, to_text
from questionnaires.expression.tree import operands
from questionnaires.faults import N_

COMPARISONS = {
    "=": N_("%(left)s is %(right)s"),
    "!=": N_("%(left)s is not %(right)s"),
    "<": N_("%(left)s is below %(right)s"),
    "<=": N_("%(left)s is at most %(right)s"),
    ">": N_("%(left)s is above %(right)s"),
    ">=": N_("%(left)s is at least %(right)s"),
    "selected": N_("%(left)s includes %(right)s"),
}
JOINTS = {"and": N_("%(left)s and %(right)s"), "or": N_("%(left)s or %(right)s")}
NEGATION = N_("it is not so that %(condition)s")
THE_ANSWER = N_("the answer")
TODAY = N_("today")
BLANK = N_("blank")


def quoted(_code: str, text: str) -> str:
    return f"“{text}”"


@dataclass(frozen=True)
class Wording:
    """How to speak of `${code}`, and of a text that its answer is compared with.

    `translate` turns the English of this module into the reader's language; `number` writes a number.
    """

    name_of: Callable[[str], str]
    value_of: Callable[[str, str], str] = quoted
    translate: Callable[[str], str] = str
    number: Callable[[int | float], str] = str

    def words(self, tree: Tree) -> str:
        """The expression for people; what has no plain words (arithmetic, if) stays as it is written."""
        if not isinstance(tree, list):
            return f"“{tree}”" if isinstance(tree, str) else self.number(tree)
        operation = str(tree[0])
        if operation in COMPARISONS:
            return self._comparison(operation, *operands(tree))
        if operation in JOINTS:
            return self._joint(operation, operands(tree))
        if operation == "not":
            return self.translate(NEGATION) % {"condition": self._inside(operation, tree[1])}
        return self._single(tree)

    def _single(self, tree: list[Tree]) -> str:
        if tree[0] == "$":
            return self.name_of(str(tree[1]))
        words = {".": THE_ANSWER, "today": TODAY}.get(str(tree[0]))
        return self.translate(words) if words else to_text(tree)

    def _comparison(self, operation: str, left: Tree, right: Tree) -> str:
        sides = {"left": self._compared(left, right), "right": self._compared(right, left)}
        return self.translate(COMPARISONS[operation]) % sides

    def _compared(self, side: Tree, other: Tree) -> str:
        """One side of a comparison; a text is worded as an answer to the question it is compared with."""
        if side == "":
            return self.translate(BLANK)
        if isinstance(side, str) and isinstance(other, list) and other[0] == "$":
            return self.value_of(str(other[1]), side)
        return self.words(side)

    def _joint(self, operation: str, sides: list[Tree]) -> str:
        joint = self.translate(JOINTS[operation])
        words = [self._inside(operation, side) for side in sides]
        return reduce(lambda left, right: joint % {"left": left, "right": right}, words)

    def _inside(self, operation: str, side: Tree) -> str:
        """An operand, in brackets where it joins by another word than the operation around it."""
        joins_otherwise = isinstance(side, list) and side[0] in JOINTS and side[0] != operation
        return f"({self.words(side)})" if joins_otherwise else self.words(side)
