"""A framework from plain tables to records and back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from questionnaires.check_framework import check_framework
from questionnaires.definition import examine_definition, read_definition
from questionnaires.dump import plain
from questionnaires.faults import Fault
from questionnaires.framework import (
    Band,
    Change,
    Decision,
    Framework,
    Node,
    RankingGroup,
    Rule,
    Tie,
    ancestors,
)
from questionnaires.table import REQUIRED, Table


def parse_framework(definition: Mapping[str, Any]) -> Framework:
    """The framework that a definition describes; inner nodes without points get the sum of their children.

    Raises DefinitionError, which names every fault at once.
    """
    return read_definition(definition, _read_framework, check_framework)


def examine_framework(definition: Mapping[str, Any]) -> tuple[Framework, tuple[Fault, ...]]:
    """As much of a framework as an unfinished definition gives, and every fault of it."""
    return examine_definition(definition, _read_framework, check_framework)


def dump_framework(framework: Framework) -> dict[str, Any]:
    """The definition of a framework in the types JSON knows: `parse_framework(dump_framework(f)) == f`."""
    return plain(framework)


def _read_framework(table: Table) -> Framework:
    return Framework(
        code=table.text("code"),
        version=table.text("version"),
        title=table.words("title"),
        decision=table.one("decision", _read_decision),
        applies_to=table.texts("applies_to"),
        nodes=_with_sums(table.each("nodes", _read_node)),
        bands=table.each("bands", _read_band, ()),
        ranking_groups=table.each("ranking_groups", _read_ranking_group, ()),
        scale=table.number("scale", 100.0),
        survey_optional=table.flag("survey_optional"),
        tie=table.one("tie", _read_tie, Tie()),
        decimals=table.whole("decimals", 2),
        changes=table.each("changes", _read_change, ()),
        notes=table.words("notes"),
    )


def _read_decision(table: Table) -> Decision:
    return Decision(
        number=table.text("number"),
        issuer=table.text("issuer"),
        date=table.date("date"),
        replaces=table.text("replaces", None),
        source=table.text("source", ""),
    )


def _read_node(table: Table) -> Node:
    return Node(
        code=table.text("code"),
        parent=table.text("parent", None),
        title=table.words("title"),
        max_points=table.number("max_points", math.nan),
        assessed_by=table.text("assessed_by", "none"),
        kind=table.text("kind", "points"),
        subject=table.text("subject", None),
        rule=table.one("rule", _read_rule, None),
        groups=table.numbers("groups"),
        combine=table.text("combine", "group_means"),
        applies_to=table.texts("applies_to", ()),
        evidence=table.words("evidence"),
        in_charge=table.text("in_charge", None),
        illustrative=table.flag("illustrative"),
    )


def _read_rule(table: Table) -> Rule:
    return Rule(name=table.text("name"), parameters=table.rest())


def _read_band(table: Table) -> Band:
    return Band(code=table.text("code"), title=table.words("title"), when=table.expression("when", REQUIRED))


def _read_ranking_group(table: Table) -> RankingGroup:
    return RankingGroup(
        code=table.text("code"), title=table.words("title"), ranked=table.flag("ranked", default=True)
    )


def _read_tie(table: Table) -> Tie:
    return Tie(rule=table.text("rule", "shared"), criterion=table.text("criterion", None))


def _read_change(table: Table) -> Change:
    return Change(
        kind=table.text("kind"),
        before=table.words("before"),
        after=table.words("after"),
        code=table.text("code", None),
    )


def _with_sums(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The nodes with the points of inner ones summed up where the definition leaves them out."""
    parents = {node.code: node.parent for node in nodes}
    kinds = {node.code: node.kind for node in nodes}
    sums: dict[str, float] = {}
    filled = list(nodes)
    deepest_first = sorted(range(len(nodes)), key=lambda at: -len(ancestors(nodes[at].code, parents)))
    for at in deepest_first:
        node = nodes[at]
        if math.isnan(node.max_points) and node.code in sums:
            filled[at] = node = replace(node, max_points=sums[node.code])
        if node.parent is not None and node.kind == kinds.get(node.parent):
            sums[node.parent] = sums.get(node.parent, 0.0) + node.max_points
    return tuple(filled)
