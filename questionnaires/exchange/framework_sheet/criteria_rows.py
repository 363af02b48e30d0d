"""The sheet of criteria: a node for each row, hung where the tree wants it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from questionnaires.exchange.framework_sheet.criteria import CODE, MAX_POINTS, PARENT, TITLE
from questionnaires.exchange.framework_sheet.headings import Matched
from questionnaires.exchange.framework_sheet.indents import indent_of, parents_by_indent, without_mark
from questionnaires.exchange.framework_sheet.ledger import Ledger, Spot
from questionnaires.exchange.framework_sheet.list_sheets import matched_headings, read_rows
from questionnaires.exchange.framework_sheet.tables import CRITERIA_SHEET
from questionnaires.exchange.framework_sheet.tree import Line, tree_of
from questionnaires.sheets import Row, Sheet
from questionnaires.text import fold

TOTALS = frozenset({"tong", "tong cong", "tong diem", "tong so", "cong", "total", "sum"})

Node = dict[str, Any]


def read_criteria(sheet: Sheet, ledger: Ledger) -> list[Node]:
    """The nodes in the order of the rows; a row with the total of all is none."""
    matched = matched_headings(sheet, CRITERIA_SHEET, ledger)
    ledger.locate("nodes", Spot(sheet, None, matched.heading(MAX_POINTS.path), MAX_POINTS))
    rows = [row for row in sheet.rows if not is_total(row, matched)]
    nodes = read_rows(sheet, rows, CRITERIA_SHEET, matched, ledger)
    lines = [line_of(sheet, row, matched) for row in rows]
    if not any(line.under for line in lines) and parents_by_indent([line.indent for line in lines]).tells:
        nodes = [with_bare_title(node) for node in nodes]
    return hung(nodes, lines, ledger)


def is_total(row: Row, matched: Matched) -> bool:
    names = {fold(row[matched.heading(column.path)]).strip(" :") for column in (CODE, TITLE)}
    return bool(names & TOTALS) and names <= TOTALS | {""}


def line_of(sheet: Sheet, row: Row, matched: Matched) -> Line:
    title = matched.heading(TITLE.path)
    column = sheet.header.index(title) + 1 if title in sheet.header else 0
    return Line(
        row.number,
        row[matched.heading(CODE.path)],
        row[matched.heading(PARENT.path)],
        indent_of(row[title], sheet.indents.get((row.number, column), 0)),
    )


def with_bare_title(node: Node) -> Node:
    """Without the dashes that only show how deep a title stands."""
    titles = {language: without_mark(text) for language, text in node.get("title", {}).items()}
    return {**node, "title": titles} if titles else node


def hung(nodes: Sequence[Node], lines: Sequence[Line], ledger: Ledger) -> list[Node]:
    """The nodes with their codes and parents; what the lines leave open is noted."""
    tree = tree_of(lines)
    for doubt in tree.doubts:
        ledger.refuse(f"nodes.{doubt.line + 1}.{doubt.key}", doubt.template, doubt.values)
    placed = []
    for node, code, parent in zip(nodes, tree.codes, tree.parents, strict=True):
        rest = {key: value for key, value in node.items() if key not in ("code", "parent")}
        above = {} if parent is None else {"parent": tree.codes[parent]}
        placed.append({"code": code, **above, **rest})
    return placed
