"""The parsed expression, and what can be said of it without an answer."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

Tree: TypeAlias = "int | float | str | list[Tree]"
"""JSON: a number, a text or [operation, operand, …]; `["$", code]` is an answer, `["."]` the one checked."""

FUNCTIONS: dict[str, tuple[str, ...]] = {
    "coalesce": ("value", "otherwise"),
    "count-selected": ("question",),
    "date": ("text",),
    "false": (),
    "if": ("condition", "then", "otherwise"),
    "not": ("condition",),
    "selected": ("question", "code"),
    "string-length": ("text",),
    "today": (),
    "true": (),
}
"""Function → what it takes, in order."""

BINDING = {
    **dict.fromkeys(["or"], 1),
    **dict.fromkeys(["and"], 2),
    **dict.fromkeys(["=", "!=", "<", "<=", ">", ">="], 3),
    **dict.fromkeys(["+", "-"], 4),
    **dict.fromkeys(["*", "div", "mod"], 5),
    "negative": 6,
}
"""Operator → how tightly it holds its operands; all else (literals, references, functions) holds tighter."""

LEFT_TO_RIGHT = {4, 5}  # a - b - c is (a - b) - c; the others nest in their own kind only with brackets
TIGHTEST = 7


def operands(tree: Tree) -> list[Tree]:
    """What an operation works on: nothing for a literal or a reference."""
    return tree[1:] if isinstance(tree, list) and tree[0] != "$" else []


def depth(tree: Tree) -> int:
    """How many levels of operations lie inside each other; a loop, as recursion may not reach the bottom."""
    levels, level = 0, [tree]
    while level := [operand for node in level for operand in operands(node)]:
        levels += 1
    return levels


def names(tree: Tree) -> frozenset[str]:
    """The code of every `${code}` in the expression."""
    if isinstance(tree, list) and tree[0] == "$":
        return frozenset([str(tree[1])])
    return frozenset().union(*map(names, operands(tree)))


def to_text(tree: Tree) -> str:
    """The expression as people write it, with the needed brackets alone; parsing it gives `tree` again."""
    if isinstance(tree, str):
        return f'"{tree}"' if "'" in tree else f"'{tree}'"
    if not isinstance(tree, list):
        return f"{Decimal(repr(tree)):f}"  # repr alone writes 1e-07, which the language does not know
    operation = str(tree[0])
    if operation == "$":
        return f"${{{tree[1]}}}"
    if operation == ".":
        return "."
    if operation in FUNCTIONS:
        return f"{operation}({', '.join(map(to_text, operands(tree)))})"
    return _operator_text(operation, operands(tree))


def _operator_text(operation: str, sides: list[Tree]) -> str:
    binding = BINDING[operation]
    if operation == "negative":
        return f"-{_side_text(sides[0], binding)}"
    first, *others = sides
    loosest = binding if binding in LEFT_TO_RIGHT else binding + 1
    texts = [_side_text(first, loosest), *(_side_text(other, binding + 1) for other in others)]
    return f" {operation} ".join(texts)


def _side_text(side: Tree, loosest: int) -> str:
    """The operand's text, in brackets where it holds together less than `loosest`."""
    binding = BINDING.get(str(side[0]), TIGHTEST) if isinstance(side, list) else TIGHTEST
    return f"({to_text(side)})" if binding < loosest else to_text(side)
