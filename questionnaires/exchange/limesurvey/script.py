"""LimeSurvey's ExpressionScript, as far as our expressions can say it.

From loose to tight: `or ||`, `and &&`, a comparison (`== != < <= > >=` or `eq ne lt le gt ge`), `+ -`, `* /`,
the signs `!` and `-`. Of its functions, those in FUNCTIONS.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args
from lark import Tree as ParseTree
from lark.exceptions import VisitError

from questionnaires.expression import ExpressionError, Tree, refusals
from questionnaires.expression.grammar import MOST_LEVELS
from questionnaires.faults import N_

UNREADABLE = N_("Column %(column)s: the condition cannot be read from here on.")
UNFINISHED = N_("The condition ends too early: a value or a bracket is missing at column %(column)s.")
ASSIGNMENT = N_("Column %(column)s: “=” sets a value in LimeSurvey; to compare, write “==”.")
NO_FUNCTION = N_("Column %(column)s: %(found)s() has no counterpart here; there are %(functions)s.")
WRONG_COUNT = N_("Column %(column)s: %(found)s() does not take %(given)s values.")

GRAMMAR = r"""
?start: either
?either: both (_OR both)*
?both: comparison (_AND comparison)*
?comparison: sum (COMPARE sum)?
?sum: product ((PLUS | MINUS) product)*
?product: signed (TIMES signed)*
?signed: single
    | "!" signed -> negation
    | MINUS signed -> negative
?single: NUMBER -> number
    | TEXT -> text
    | NAME -> name
    | "(" either ")"
    | NAME "(" (either ("," either)*)? ")" -> call

_OR.2: /\|\||or(?![\w.])/i
_AND.2: /&&|and(?![\w.])/i
COMPARE.2: /==|!=|<=|>=|<|>|(eq|ne|lt|le|gt|ge)(?![\w.])/i
PLUS: "+"
MINUS: "-"
TIMES: /\*|\//
NUMBER: /[0-9]+(\.[0-9]+)?(?![\w.])/
TEXT: /'[^']*'|"[^"]*"/
NAME: /[A-Za-z_]\w*(\.\w+)?|[0-9]+X[0-9]+X\w+(\.\w+)?/
%ignore /\s+/
"""

SIGNS = {
    **{"==": "=", "eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="},
    **{"/": "div"},
}
FUNCTIONS: dict[str, tuple[int, Callable[..., Tree]]] = {
    "is_empty": (1, lambda value: _compared("=", value, "")),
    "if": (3, lambda condition, then, otherwise: ["if", condition, then, otherwise]),
    "strlen": (1, lambda value: ["string-length", value]),
}
"""Function → how many values it takes, and what it is here."""

Meaning = Callable[[str, int], Tree]
"""What a name stands for; raises ExpressionError at its position for a name of nothing."""


def read_script(text: str, meaning: Meaning) -> Tree:
    """The tree of a condition, its names put in place; raises ExpressionError at the first thing wrong."""
    try:
        return cast(Tree, _TreeBuilder(meaning).transform(_parsed(text)))
    except UnexpectedInput as error:
        raise _unread(text, error) from None
    except VisitError as error:
        if isinstance(error.orig_exc, ExpressionError):
            raise error.orig_exc from None
        raise


def _parsed(text: str) -> ParseTree:
    """What the grammar makes of the text; refused where what follows, which is recursive, could not end."""
    parsed = _PARSER.parse(text)
    inner, levels = [parsed], 0
    while inner := [part for node in inner for part in node.children if isinstance(part, ParseTree)]:
        levels += 1
    if levels > MOST_LEVELS:
        raise ExpressionError(1, refusals.TOO_DEEP, {"most": MOST_LEVELS})
    return parsed


def _unread(text: str, error: UnexpectedInput) -> ExpressionError:
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return ExpressionError(len(text) + 1, UNFINISHED)
    position = error.pos_in_stream or 0
    return ExpressionError(position + 1, ASSIGNMENT if text[position] == "=" else UNREADABLE)


@v_args(inline=True)
class _TreeBuilder(Transformer):
    """One method per rule of the grammar."""

    def __init__(self, meaning: Meaning) -> None:
        super().__init__()
        self._meaning = meaning

    def either(self, *sides: Tree) -> Tree:
        return ["or", *map(_condition, sides)]

    def both(self, *sides: Tree) -> Tree:
        return ["and", *map(_condition, sides)]

    def comparison(self, left: Tree, sign: Token, right: Tree) -> Tree:
        return _compared(SIGNS.get(sign.lower(), str(sign)), left, right)

    def sum(self, left: Tree, *signs_and_sides: Any) -> Tree:
        for sign, right in zip(signs_and_sides[::2], signs_and_sides[1::2], strict=True):
            left = [SIGNS.get(sign, str(sign)), left, right]
        return left

    product = sum

    def negation(self, side: Tree) -> Tree:
        return _negated(_condition(side))

    def negative(self, _sign: Token, side: Tree) -> Tree:
        return ["negative", side]

    def number(self, token: Token) -> Tree:
        number = float(token)
        return int(number) if number.is_integer() else number

    def text(self, token: Token) -> Tree:
        return str(token[1:-1])

    def name(self, token: Token) -> Tree:
        return self._meaning(str(token), (token.start_pos or 0) + 1)

    def call(self, name: Token, *sides: Tree) -> Tree:
        position = (name.start_pos or 0) + 1
        if name not in FUNCTIONS:
            values = {"found": str(name), "functions": ", ".join(FUNCTIONS)}
            raise ExpressionError(position, NO_FUNCTION, values)
        count, make = FUNCTIONS[name]
        if len(sides) != count:
            raise ExpressionError(position, WRONG_COUNT, {"found": str(name), "given": len(sides)})
        return make(*sides)


def box(ticked: Tree) -> Tree:
    """The value that LimeSurvey gives a box of a multiple choice: "Y" where it is ticked."""
    return ["if", ticked, "Y", ""]


def _condition(tree: Tree) -> Tree:
    """A box alone, as a condition, asks whether it is ticked."""
    return tree[1] if isinstance(tree, list) and tree == box(tree[1] if len(tree) > 1 else "") else tree


def _compared(sign: str, left: Tree, right: Tree) -> Tree:
    """A comparison; one of a box with "Y" or with nothing asks whether it is ticked."""
    ticked, value = _condition(left), right
    if ticked is left or sign not in ("=", "!=") or value not in ("Y", ""):
        return [sign, left, right]
    return ticked if (sign == "=") == (value == "Y") else _negated(ticked)


def _negated(tree: Tree) -> Tree:
    opposite = {"=": "!=", "!=": "="}.get(str(tree[0])) if isinstance(tree, list) else None
    return [opposite, *tree[1:]] if opposite and isinstance(tree, list) else ["not", tree]


_PARSER = Lark(GRAMMAR, parser="lalr", lexer="basic")
