"""The relevance of a group or question as a condition of ours."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaires.codes import near_name
from questionnaires.exchange.limesurvey.findings import Findings
from questionnaires.exchange.limesurvey.script import read_script
from questionnaires.exchange.limesurvey.survey import RELEVANCE
from questionnaires.expression import ExpressionError, Tree
from questionnaires.expression.tree import operands
from questionnaires.faults import N_
from questionnaires.sheets import Row

UNKNOWN = N_("Column %(column)s: “%(found)s” is no answer of this survey.")
NEAR = N_("Column %(column)s: “%(found)s” is no answer of this survey. Did you mean “%(near)s”?")
PROPERTY = N_(
    "Column %(column)s: “%(found)s” asks for more than the answer; only .NAOK and .code can be held."
)
WITHOUT_NAOK = N_(
    "“%(names)s” stands without .NAOK: in LimeSurvey the condition fails where it was not asked; here it "
    "counts as blank."
)

ALWAYS = ("", "1")
PROPERTIES = ("", "NAOK", "code")
OTHER_IN_SCRIPT, OTHER = "-oth-", "other"
"""What LimeSurvey's conditions call the answer “other”, and its code here."""
FALSE_OF_BLANK = ("=", "<", "<=", ">", ">=", "selected")


def is_always(relevance: str) -> bool:
    return relevance in ALWAYS


def condition(row: Row, meanings: Mapping[str, Tree], findings: Findings) -> Tree | None:
    """The condition in a row, None where there is none or it was refused."""
    if is_always(row[RELEVANCE]):
        return None
    bare: list[str] = []

    def meaning(written: str, position: int) -> Tree:
        name, _, extra = written.partition(".")
        if extra == "":
            bare.append(name)
        return _meaning(name, extra, position, meanings)

    try:
        tree = _with_other(read_script(_unbraced(row[RELEVANCE]), meaning))
    except ExpressionError as error:
        findings.refuse(row, RELEVANCE, error.template, **error.values)
        return None
    if bare and not _fails_on_blank(tree):
        findings.note(row, RELEVANCE, WITHOUT_NAOK, names=", ".join(dict.fromkeys(bare)))
    return tree


def _unbraced(text: str) -> str:
    """An expression without the braces that some write around it, its columns unchanged."""
    return f" {text[1:-1]} " if text.startswith("{") and text.endswith("}") else text


def _meaning(name: str, extra: str, position: int, meanings: Mapping[str, Tree]) -> Tree:
    if extra not in PROPERTIES:
        raise ExpressionError(position, PROPERTY, {"found": f"{name}.{extra}"})
    if name not in meanings:
        near = near_name(name, meanings)
        raise ExpressionError(position, NEAR if near else UNKNOWN, {"found": name, "near": near})
    return meanings[name]


def _with_other(tree: Tree) -> Tree:
    if isinstance(tree, list):
        return [_with_other(part) for part in tree]
    return OTHER if tree == OTHER_IN_SCRIPT else tree


def _fails_on_blank(tree: Tree) -> bool:
    """Whether a condition is false as soon as any of its answers is blank, as LimeSurvey has it."""
    if not isinstance(tree, list):
        return False
    if tree[0] == "and":
        return all(map(_fails_on_blank, operands(tree)))
    return tree[0] in FALSE_OF_BLANK and "" not in operands(tree)
