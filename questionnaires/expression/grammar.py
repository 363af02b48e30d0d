"""Text → tree, or an ExpressionError at the first thing that is wrong."""

from __future__ import annotations

from typing import cast
from unicodedata import normalize

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedToken, v_args

from questionnaires.expression import refusals
from questionnaires.expression.refusals import ExpressionError
from questionnaires.expression.tree import FUNCTIONS, Tree, depth, to_text
from questionnaires.expression.values import LARGEST_WHOLE, day_of, number_of

MOST_CHARACTERS = 2000
MOST_LEVELS = 50

GRAMMAR = r"""
?start: either
?either: both ("or" both)*
?both: comparison ("and" comparison)*
?comparison: sum (COMPARE sum)*
?sum: product ((PLUS | MINUS) product)*
?product: signed ((TIMES | DIV | MOD) signed)*
?signed: single
    | "-" signed -> negative
?single: NUMBER -> number
    | TEXT -> text
    | REFERENCE -> reference
    | "." -> this
    | "(" either ")"
    | NAME -> word
    | NAME "(" (either ("," either)*)? ")" -> call

COMPARE: "!=" | "<=" | ">=" | "=" | "<" | ">"
PLUS: "+"
MINUS: "-"
TIMES: "*"
DIV: "div"
MOD: "mod"
NUMBER: /[0-9]+(\.[0-9]+)?/
TEXT: /'[^']*'|"[^"]*"/
REFERENCE: /\$\{\s*\w[\w.-]*\s*\}/
NAME: /[^\W\d][\w:.-]*/
%ignore /\s+/
"""


def parse_expression(text: str) -> Tree:
    """The tree of an expression; raises ExpressionError at the first thing that is wrong."""
    text = normalize("NFC", text)
    if not text.strip():
        raise ExpressionError(1, refusals.EMPTY)
    _refuse_length(text)
    tree = _parse(text)
    if depth(tree) > MOST_LEVELS:
        raise ExpressionError(1, refusals.TOO_DEEP, {"most": MOST_LEVELS})
    _refuse_length(to_text(tree))  # definitions are stored as canonical text, which may have more spaces
    return tree


def _refuse_length(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(1, refusals.TOO_LONG, {"length": len(text), "most": MOST_CHARACTERS})


def _parse(text: str) -> Tree:
    try:
        return cast(Tree, _PARSER.parse(text))
    except UnexpectedCharacters as error:
        raise _unreadable(text, cast(int, error.pos_in_stream)) from None
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise ExpressionError(len(text) + 1, refusals.UNFINISHED) from None
        raise _refusal(error.token, refusals.MISPLACED) from None


def _unreadable(text: str, index: int) -> ExpressionError:
    character = text[index]
    found = character if character.isprintable() else f"U+{ord(character):04X}"
    template = refusals.BY_CHARACTER.get(character, refusals.MEANINGLESS)
    return ExpressionError(index + 1, template, {"found": found})


def _refusal(token: Token, template: str, **values: object) -> ExpressionError:
    return ExpressionError((token.start_pos or 0) + 1, template, {"found": str(token), **values})


def _has_order(text: str) -> bool:
    return number_of(text) is not None or day_of(text) is not None


@v_args(inline=True)
class _TreeBuilder(Transformer):
    """One method per rule of the grammar; lark calls it when the rule's operands are complete."""

    def either(self, *sides: Tree) -> Tree:
        return ["or", *sides]

    def both(self, *sides: Tree) -> Tree:
        return ["and", *sides]

    def comparison(self, left: Tree, sign: Token, right: Tree, *more: Token) -> Tree:
        if more:
            raise _refusal(more[0], refusals.CHAINED)
        for side in (left, right):
            if sign not in ("=", "!=") and isinstance(side, str) and not _has_order(side):
                raise _refusal(sign, refusals.NO_ORDER, found=side)
        return [str(sign), left, right]

    def sum(self, left: Tree, *signs_and_sides: Tree) -> Tree:
        for sign, right in zip(signs_and_sides[::2], signs_and_sides[1::2], strict=True):
            left = [str(sign), left, right]
        return left

    product = sum

    def negative(self, side: Tree) -> Tree:
        return ["negative", side]

    def number(self, token: Token) -> Tree:
        number = float(token)
        if number >= LARGEST_WHOLE:
            raise _refusal(token, refusals.TOO_LARGE)
        return int(number) if number.is_integer() else number

    def text(self, token: Token) -> Tree:
        return str(token[1:-1])

    def reference(self, token: Token) -> Tree:
        return ["$", str(token[2:-1].strip())]

    def this(self) -> Tree:
        return ["."]

    def word(self, name: Token) -> Tree:
        raise _refusal(name, refusals.BARE_WORD)

    def call(self, name: Token, *sides: Tree) -> Tree:
        if name not in FUNCTIONS:
            raise _refusal(name, refusals.UNKNOWN_FUNCTION, functions=", ".join(FUNCTIONS))
        if len(sides) != len(FUNCTIONS[name]):
            usage = f"{name}({', '.join(FUNCTIONS[name])})"
            raise _refusal(name, refusals.WRONG_COUNT, usage=usage, given=len(sides))
        if name == "date" and isinstance(sides[0], str) and day_of(sides[0]) is None:
            raise _refusal(name, refusals.NO_DAY, found=sides[0])
        return [str(name), *sides]


_PARSER = Lark(GRAMMAR, parser="lalr", lexer="basic", transformer=_TreeBuilder())
