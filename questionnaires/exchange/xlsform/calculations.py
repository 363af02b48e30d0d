"""What stands behind a `${name}`: a question under its code, a calculation, the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from questionnaires.exchange.xlsform.dialect import read_expression, substituted
from questionnaires.exchange.xlsform.findings import Findings
from questionnaires.exchange.xlsform.groups import Asked
from questionnaires.exchange.xlsform.lines import Line
from questionnaires.exchange.xlsform.row_types import CALCULATE, METADATA
from questionnaires.expression import ExpressionError, Tree, names
from questionnaires.faults import N_

IN_PLACE = N_("The calculation is put in wherever ${%(name)s} is used; it is no column of the dataset.")
NO_CALCULATION = N_("The calculation is missing.")
CIRCULAR = N_("The calculation leads back to itself.")

BLANK: Tree = ""


def meanings_of(rows: Iterable[Asked], codes: Mapping[str, str], findings: Findings) -> dict[str, Tree]:
    """Name → the tree that takes its place; one that cannot be held is refused and reads as blank."""
    rows = list(rows)
    meanings: dict[str, Tree] = {name: ["$", code] for name, code in codes.items()}
    for row in rows:
        if row.type.kind == METADATA and row.line["type"].lower() in ("today", "get today"):
            meanings[row.line["name"] or "today"] = ["today"]
    calculations = {row.line["name"]: row.line for row in rows if row.type.kind == CALCULATE}
    trees = {name: _read(line, findings) for name, line in calculations.items()}
    for name in _in_order(trees):
        line = calculations[name]
        meanings[name] = _meaning(line, trees[name], trees.keys() - meanings.keys(), meanings, findings)
    return meanings


def _read(line: Line, findings: Findings) -> Tree:
    """The calculation, blank where its `relevant` does not hold."""
    if not line["calculation"]:
        findings.refuse(line, "calculation", NO_CALCULATION)
        return BLANK
    column = "calculation"
    try:
        value = read_expression(line[column])
        column = "relevant"
        return ["if", read_expression(line[column]), value, BLANK] if line[column] else value
    except ExpressionError as error:
        findings.refuse(line, column, error.template, **error.values)
        return BLANK


def _in_order(trees: Mapping[str, Tree]) -> list[str]:
    """Calculations behind those they use; of a circle, none stands behind all."""
    ordered: list[str] = []
    waiting = list(trees)
    while waiting:
        ready = [name for name in waiting if names(trees[name]).isdisjoint(set(waiting))]
        ordered += ready or waiting
        waiting = [name for name in waiting if ready and name not in ready]
    return ordered


def _meaning(
    line: Line, tree: Tree, unknown: Iterable[str], meanings: Mapping[str, Tree], findings: Findings
) -> Tree:
    if not names(tree).isdisjoint(unknown):
        findings.refuse(line, "calculation", CIRCULAR)
        return BLANK
    try:
        meaning = substituted(tree, meanings)
    except ExpressionError as error:
        findings.refuse(line, "calculation", error.template, **error.values)
        return BLANK
    findings.note(line, "calculation", IN_PLACE, name=line["name"])
    return meaning
