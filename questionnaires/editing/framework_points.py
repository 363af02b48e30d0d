"""Points of a draft as they add up while it is written: who is short, who is over, and by how much."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questionnaires.check_nodes import TOLERANCE
from questionnaires.editing.coded import code_of
from questionnaires.editing.framework_tree import (
    Definition,
    NodeTable,
    in_tree_order,
    nodes_of,
    parent_of,
    parents,
)
from questionnaires.framework import ancestors
from questionnaires.schema import Text

OK, SHORT, OVER, BLANK = STATES = ("ok", "short", "over", "blank")
"""The parts make up the whole; they fall short of it; they exceed it; a leaf has no points yet."""


@dataclass(frozen=True)
class NodeSum:
    """The points of one node. `points`: what it is worth, written or else summed (a leaf without any: 0).

    `parts`: what its parts add up to (None for a leaf); `left`: how much of `points` no part has yet, below
    0 where they exceed it. `survey`: the points below it, or its own, that surveys give.
    """

    code: str
    parent: str | None
    title: Text
    level: int
    kind: str
    points: float
    written: bool
    parts: float | None
    left: float
    state: str
    survey: float


@dataclass(frozen=True)
class RunningSums:
    """The points of a whole draft beside its scale; bonus and penalty stand outside it."""

    scale: float
    points: float
    left: float
    state: str
    survey: float
    bonus: float
    penalty: float
    nodes: tuple[NodeSum, ...]

    def of(self, code: str) -> NodeSum:
        """The sums of one node; raises LookupError where there is none."""
        for node in self.nodes:
            if node.code == code:
                return node
        raise LookupError(code)


def running_sums(definition: Definition) -> RunningSums:
    """What a draft's points add up to, node by node in tree order; gaps count as nothing, none is refused."""
    nodes = in_tree_order(nodes_of(definition))
    tree = parents(nodes)
    summed: dict[str, NodeSum] = {}
    parts: dict[str | None, list[NodeSum]] = {}
    for node in sorted(nodes, key=lambda node: -len(ancestors(code_of(node), tree))):
        made = _node_sum(node, 1 + len(ancestors(code_of(node), tree)), parts.get(code_of(node), ()))
        summed[made.code] = made
        parts.setdefault(made.parent, []).append(made)
    return _totals(definition, parts.get(None, ()), tuple(summed[code_of(node)] for node in nodes))


def points_of(table: Mapping[str, Any], key: str = "max_points") -> float | None:
    """The points written in a table; None where there are none, or nothing that can be summed."""
    points = table.get(key)
    if isinstance(points, bool) or not isinstance(points, int | float):
        return None
    return float(points) if abs(points) < 1e12 else None  # also false for what is no number


def _node_sum(node: NodeTable, level: int, parts: Sequence[NodeSum]) -> NodeSum:
    kind = str(node.get("kind") or "points")
    own = [part for part in parts if part.kind == kind]
    summed = math.fsum(part.points for part in own) if parts else None
    written = points_of(node)
    points = written if written is not None else summed or 0.0
    left, state = _balance(points, summed)
    asked = node.get("assessed_by") == "survey"
    return NodeSum(
        code=code_of(node),
        parent=parent_of(node),
        title=node["title"] if isinstance(node.get("title"), Mapping) else {},
        level=level,
        kind=kind,
        points=points,
        written=written is not None,
        parts=summed,
        left=left,
        state=state,
        survey=math.fsum(part.survey for part in own) if parts else points * asked,
    )


def _balance(points: float, parts: float | None) -> tuple[float, str]:
    if parts is None:
        return 0.0, OK if points > 0 else BLANK
    left = points - parts
    if abs(left) <= TOLERANCE:
        return 0.0, OK
    return round(left, 9), SHORT if left > 0 else OVER


def _totals(definition: Definition, fields: Iterable[NodeSum], nodes: tuple[NodeSum, ...]) -> RunningSums:
    written = points_of(definition, "scale")
    scale = 100.0 if written is None else written
    counted = [field for field in fields if field.kind == "points"]
    points = math.fsum(field.points for field in counted)
    left, state = _balance(scale, points)
    leaves = [node for node in nodes if node.parts is None]
    return RunningSums(
        scale=scale,
        points=points,
        left=left,
        state=state,
        survey=math.fsum(field.survey for field in counted),
        bonus=math.fsum(leaf.points for leaf in leaves if leaf.kind == "bonus"),
        penalty=math.fsum(leaf.points for leaf in leaves if leaf.kind == "penalty"),
        nodes=nodes,
    )
