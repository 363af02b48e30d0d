"""What routes and constraints say of a question: who depends on it, and how they follow a new code.

Codes are followed through the expression tree. An expression that cannot be read names nothing and stays as
it is: the check tells of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from questionnaires.dump import EXPRESSIONS
from questionnaires.editing.coded import Definition, Table, code_of
from questionnaires.editing.question_places import owners, with_each_owner
from questionnaires.expression import ExpressionError, Tree, names, parse_expression, to_text
from questionnaires.expression.tree import operands
from questionnaires.expression.values import equal

Codes = Mapping[str, str]
"""Old code → new code."""

THIS = "."
COMPARISONS = ("=", "!=", "selected")
PASSING_ON = {"coalesce": slice(0, None), "if": slice(1, None)}
"""Functions whose value is that of one of these operands."""


def dependents(definition: Definition, items: Collection[str]) -> list[str]:
    """Codes of the sections and questions whose route or constraint names one of the items."""
    return [code_of(owner) for owner in owners(definition) if not _named(owner, items).isdisjoint(items)]


def with_names(definition: Definition, renamed: Codes) -> Table:
    """The definition with every `${code}` renamed, all at once, so that two items may swap codes."""
    return with_each_owner(definition, lambda owner: question_with_names(owner, renamed))


def question_with_names(question: Table, renamed: Codes) -> Table:
    """A question whose own expressions name the new codes."""
    return _rewritten(question, renamed, lambda tree: _renamed(tree, renamed))


def with_choices(definition: Definition, questions: Mapping[str, Collection[str]], renamed: Codes) -> Table:
    """The definition with choices renamed wherever an answer to one of the questions is compared with them.

    `questions` gives the items of each question; `.` in its own constraint is its answer too.
    """
    items = {item for codes in questions.values() for item in codes}

    def change(owner: Table) -> Table:
        answers = items | {THIS} if code_of(owner) in questions else items
        return _rewritten(owner, answers, lambda tree: _with_choices(tree, answers, renamed))

    return with_each_owner(definition, change)


# Expressions of a definition


def _named(owner: Table, items: Collection[str]) -> frozenset[str]:
    trees = (_tree(owner.get(key), items) for key in EXPRESSIONS)
    return frozenset().union(*(names(tree) for tree in trees if tree is not None))


def _tree(text: object, mentioned: Collection[str]) -> Tree | None:
    """The tree of an expression that may speak of the codes: reading all others would take long."""
    if not isinstance(text, str) or not any(code in text for code in mentioned):
        return None
    try:
        return parse_expression(text)
    except ExpressionError:
        return None


def _rewritten(owner: Table, mentioned: Collection[str], change: Callable[[Tree], Tree]) -> Table:
    """The owner with changed expressions; those that stay the same keep the way they are written."""
    trees = {key: tree for key in EXPRESSIONS if (tree := _tree(owner.get(key), mentioned)) is not None}
    changed = {key: change(tree) for key, tree in trees.items()}
    return owner | {key: to_text(tree) for key, tree in changed.items() if tree != trees[key]}


# Trees


def _renamed(tree: Tree, renamed: Codes) -> Tree:
    if not isinstance(tree, list):
        return tree
    if tree[0] == "$":
        return ["$", renamed.get(str(tree[1]), tree[1])]
    return [tree[0], *(_renamed(side, renamed) for side in operands(tree))]


def _with_choices(tree: Tree, answers: Collection[str], renamed: Codes) -> Tree:
    if not isinstance(tree, list) or tree[0] == "$":
        return tree
    operation, *sides = [tree[0], *(_with_choices(side, answers, renamed) for side in operands(tree))]
    if operation in COMPARISONS and any(_is_answer(side, answers) for side in sides):
        sides = [_literals_renamed(side, renamed) for side in sides]
    return [operation, *sides]


def _is_answer(tree: Tree, answers: Collection[str]) -> bool:
    """Whether the value may be one of the answers, straight or passed on."""
    if not isinstance(tree, list):
        return False
    if tree[0] == "$":
        return tree[1] in answers
    return (tree == [THIS] and THIS in answers) or any(_is_answer(side, answers) for side in _passed_on(tree))


def _literals_renamed(tree: Tree, renamed: Codes) -> Tree:
    """A code compared with an answer may be written as text or, where it is one, as a number."""
    if not isinstance(tree, list):
        return next((new for old, new in renamed.items() if equal(tree, old)), tree)
    passed_on = _passed_on(tree)
    if not passed_on:
        return tree
    return [*tree[: -len(passed_on)], *(_literals_renamed(side, renamed) for side in passed_on)]


def _passed_on(tree: list[Tree]) -> list[Tree]:
    return operands(tree)[PASSING_ON[str(tree[0])]] if tree[0] in PASSING_ON else []
