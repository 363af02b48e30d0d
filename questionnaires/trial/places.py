"""Each item of a questionnaire with the conditions to be asked and accepted, as trees over item codes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from questionnaires.expression import Tree
from questionnaires.expression.tree import operands
from questionnaires.schema import Item, Question, Questionnaire, Section

BLANK = ""
"""A literal that is always blank."""


@dataclass(frozen=True)
class Place:
    """An item where it stands: `order` counts items, `asked_if` joins the section's condition and its own.

    `accepted_if` is the constraint with the item's own code instead of `.`; None demands nothing.
    """

    item: Item
    order: int
    asked_if: Tree | None
    accepted_if: Tree | None

    @property
    def question(self) -> Question:
        return self.item.question

    @property
    def code(self) -> str:
        return self.item.code


def places(questionnaire: Questionnaire) -> dict[str, Place]:
    """Item code → place, in the order asked."""
    everything = questionnaire.item_of.keys()
    found: dict[str, Place] = {}
    for section in questionnaire.sections:
        for question in section.questions:
            condition = asked_if(section, question, found)
            for item in question.items():
                demand = _over(question.constraint, everything, item.code)
                found[item.code] = Place(item, len(found), condition, demand)
    return found


def asked_if(section: Section, question: Question, earlier: Collection[str]) -> Tree | None:
    """When the question is asked; what is not answered by then is blank, as routing has it."""
    return both(_over(section.relevant, earlier, ""), _over(question.relevant, earlier, ""))


def both(*conditions: Tree | None) -> Tree | None:
    """One condition of several; None holds always."""
    given: list[Tree] = [condition for condition in conditions if condition is not None]
    return ["and", *given] if len(given) > 1 else next(iter(given), None)


def _over(tree: Tree | None, known: Collection[str], this: str) -> Tree | None:
    """The tree with `.` as a reference to `this`, and references to anything unknown as blanks."""
    if not isinstance(tree, list):
        return tree
    if tree[0] == "$":
        return tree if tree[1] in known else BLANK
    if tree[0] == ".":
        return ["$", this] if this else BLANK
    return [tree[0], *(_side(side, known, this) for side in tree[1:])]


def _side(side: Tree, known: Collection[str], this: str) -> Tree:
    over = _over(side, known, this)
    return BLANK if over is None else over


JOINS = ("and", "or", "not")


def leaves(tree: Tree | None) -> Iterator[Tree]:
    """The parts of a condition that `and`, `or` and `not` join."""
    if isinstance(tree, list) and tree[0] in JOINS:
        for side in operands(tree):
            yield from leaves(side)
    elif tree is not None:
        yield tree
