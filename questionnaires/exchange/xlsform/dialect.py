"""Expressions of XLSForm as trees of ours: what both languages hold, and what to write for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from questionnaires.expression import ExpressionError, Tree, parse_expression, to_text
from questionnaires.expression.refusals import UNKNOWN_FUNCTION
from questionnaires.expression.tree import FUNCTIONS
from questionnaires.faults import N_

NO_PATTERN = N_(
    "Column %(column)s: regex() is not held here: patterns are read differently by different programs. "
    "Check the length with string-length(), or say in the hint how to write the answer."
)
NO_LOOKUP = N_(
    "Column %(column)s: %(found)s() looks into another table, which is not held here. "
    "Write the cases out with if()."
)
NO_REPEAT = N_("Column %(column)s: %(found)s() counts repeated questions, which are not held here.")
NO_LABEL = N_(
    "Column %(column)s: %(found)s() gives the words of a choice. Compare its code: ${question} = 'code'."
)
NO_CHANCE = N_("Column %(column)s: %(found)s() gives another value each time, which is not held here.")
NO_CLOCK = N_("Column %(column)s: %(found)s() is a time of day. Use today(), the date alone.")
NO_TEXT_WORK = N_("Column %(column)s: %(found)s() makes or cuts texts, which is not held here.")
NO_FORMAT = N_("Column %(column)s: %(found)s() is not needed: dates are compared and subtracted as they are.")
NO_ROUNDING = N_("Column %(column)s: %(found)s() is not held here. Compare the number itself.")
NO_CONVERSION = N_("Column %(column)s: leave %(found)s() out; a text that writes a number counts as one.")
NO_ONCE = N_("Column %(column)s: once() keeps a value that was computed before, which is not held here.")
NO_POSITION = N_("Column %(column)s: %(found)s() is not held here. Ask with selected(${question}, 'code').")
NO_PLACE = N_("Column %(column)s: %(found)s() needs a place on a map, which is not held here.")
PATH = N_("Column %(column)s: paths such as “%(found)s” are not read here. Write ${name} for an answer.")

ADVICE = {
    "regex": NO_PATTERN,
    "once": NO_ONCE,
    **dict.fromkeys(["pulldata", "instance", "search", "lookup"], NO_LOOKUP),
    **dict.fromkeys(["position", "indexed-repeat", "count", "sum", "max", "min", "join"], NO_REPEAT),
    **dict.fromkeys(["count-non-empty"], NO_REPEAT),
    **dict.fromkeys(["jr:choice-name", "jr:itext"], NO_LABEL),
    **dict.fromkeys(["random", "uuid", "randomize"], NO_CHANCE),
    **dict.fromkeys(["now", "time", "decimal-time", "format-time", "date-time"], NO_CLOCK),
    **dict.fromkeys(["concat", "substr", "substring", "translate"], NO_TEXT_WORK),
    **dict.fromkeys(["contains", "normalize-space"], NO_TEXT_WORK),
    **dict.fromkeys(["starts-with", "ends-with", "substring-before", "substring-after"], NO_TEXT_WORK),
    **dict.fromkeys(["format-date", "format-date-time", "decimal-date-time", "decimal-date"], NO_FORMAT),
    **dict.fromkeys(["round", "int", "floor", "ceiling", "abs", "pow", "sqrt", "log"], NO_ROUNDING),
    **dict.fromkeys(["number", "string", "boolean"], NO_CONVERSION),
    **dict.fromkeys(["selected-at", "checklist", "weighted-checklist"], NO_POSITION),
    **dict.fromkeys(["area", "distance", "geofence"], NO_PLACE),
}
"""Functions that people use in XLSForm and that we do not have → what to do instead."""

STRAIGHT = str.maketrans("“”‘’", "\"\"''")
YES_NO = {"yes": "true()", "true": "true()", "no": "false()", "false": "false()"}
QUOTED = re.compile("'[^']*'|\"[^\"]*\"")
CALL = re.compile(r"(?<![\w${.-])([A-Za-z][\w:-]*)\s*\(")
OPERATORS = frozenset({"and", "or", "div", "mod"})
SIBLING = re.compile(r"(?:\.\./)+([A-Za-z_][\w-]*)(?![\w/(\[-])")
SLASHES = re.compile(r"(?:\.\.|[\w.-]*)/[\w./-]*")


def read_expression(text: str) -> Tree:
    """The tree of an XLSForm expression, its names as they are written there.

    `../name` is read as `${name}`: without repeats both mean the same. Raises ExpressionError.
    """
    straight = text.translate(STRAIGHT)
    straight = YES_NO.get(straight.strip().lower(), straight)
    _refuse_functions(straight)
    named = "".join(part if quoted else SIBLING.sub(r"${\1}", part) for part, quoted in _parts(straight))
    _refuse_paths(named)
    return parse_expression(named)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at its literals, each part with whether it is one."""
    end = 0
    for found in QUOTED.finditer(text):
        yield text[end : found.start()], False
        yield found[0], True
        end = found.end()
    yield text[end:], False


def _bare(text: str) -> str:
    """The text with its literals blanked out, every character at its column."""
    return "".join(" " * len(part) if quoted else part for part, quoted in _parts(text))


def _refuse_functions(text: str) -> None:
    for found in CALL.finditer(_bare(text)):
        name = found[1]
        if name not in FUNCTIONS and name not in OPERATORS:
            values = {"found": name, "functions": ", ".join(FUNCTIONS)}
            raise ExpressionError(found.start() + 1, ADVICE.get(name, UNKNOWN_FUNCTION), values)


def _refuse_paths(text: str) -> None:
    if found := SLASHES.search(_bare(text)):
        raise ExpressionError(found.start() + 1, PATH, {"found": found[0]})


def substituted(tree: Tree, meanings: Mapping[str, Tree]) -> Tree:
    """The tree with each `${name}` that has a meaning replaced by it. Raises ExpressionError if it grows
    too large.
    """
    changed = _substituted(tree, meanings)
    return tree if changed == tree else parse_expression(to_text(changed))


def _substituted(tree: Tree, meanings: Mapping[str, Tree]) -> Tree:
    if not isinstance(tree, list):
        return tree
    operation, *sides = tree
    if operation == "$":
        return meanings.get(str(sides[0]), tree)
    return [operation, *(_substituted(side, meanings) for side in sides)]


def both(one: Tree | None, other: Tree | None) -> Tree | None:
    """What holds where both hold; None is no condition."""
    if one is None or other is None:
        return other if one is None else one
    return ["and", *_parts_of_and(one), *_parts_of_and(other)]


def _parts_of_and(tree: Tree) -> list[Tree]:
    return tree[1:] if isinstance(tree, list) and tree[0] == "and" else [tree]
