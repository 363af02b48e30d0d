"""A leaf that becomes a criterion with component criteria, its points shared out among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from decimal import ROUND_DOWN, Decimal
from typing import Any

from questionnaires.editing.framework_nodes import add_node, set_node
from questionnaires.editing.framework_points import points_of
from questionnaires.editing.framework_tree import Definition, NodeTable, find, nodes_of, parts_of
from questionnaires.editing.refused import refuse
from questionnaires.faults import N_

TOO_FEW_PARTS = N_("A criterion is split into two parts or more.")
ALREADY_SPLIT = N_("“%(code)s” has parts already. Add another part to it instead.")

HANDED_DOWN = ("assessed_by", "rule", "groups", "combine", "applies_to", "evidence", "in_charge")
"""What only leaves say. Every part starts with all of it, so that nothing is lost and each can be changed."""


def split_node(definition: Definition, code: str, parts: Sequence[NodeTable]) -> dict[str, Any]:
    """The definition with a leaf split into parts, each a table with what is known of it.

    Parts that name no points share what the others leave of the leaf's; levels of a rule that give points
    shrink with them. Each part is assessed as the leaf was, unless it says otherwise. The subject stays with
    the whole: a part measures less than it did. Raises EditRefused where the leaf is gone or has parts, for
    fewer than two parts, and for a part's code that is taken.
    """
    leaf = find(nodes_of(definition), code)
    if parts_of(nodes_of(definition), code):
        raise refuse("code", ALREADY_SPLIT, code=code)
    if len(parts) < 2:
        raise refuse("parts", TOO_FEW_PARTS)
    whole = {key: value for key, value in leaf.items() if key not in HANDED_DOWN}
    split = set_node(definition, code, whole)
    for part in _with_points(parts, points_of(leaf)):
        split = add_node(split, code, None, {**_handed_down(leaf, points_of(part)), **part})
    return split


def share(total: float, count: int) -> list[float]:
    """Points in equal parts that add up to the total exactly, with two decimals where that is enough."""
    whole = Decimal(repr(total))
    step = Decimal(1).scaleb(min(-2, int(whole.as_tuple().exponent)))
    while step * count > whole:
        step /= 10
    least = (whole / count).quantize(step, ROUND_DOWN)
    steps_left = int((whole - least * count) / step)
    return [float(least + step) if number < steps_left else float(least) for number in range(count)]


def _with_points(parts: Sequence[NodeTable], total: float | None) -> list[NodeTable]:
    """The parts; those without points get their share of what the others leave, if anything is left."""
    given = sum(Decimal(repr(points)) for part in parts if (points := points_of(part)) is not None)
    left = float(Decimal(repr(total or 0.0)) - given)
    blank = [number for number, part in enumerate(parts) if points_of(part) is None]
    shares = dict(zip(blank, share(left, len(blank)), strict=True)) if blank and left > 0 else {}
    return [
        {**part, "max_points": shares[number]} if number in shares else part
        for number, part in enumerate(parts)
    ]


def _handed_down(leaf: NodeTable, points: float | None) -> dict[str, Any]:
    table = {key: deepcopy(leaf[key]) for key in (*HANDED_DOWN, "kind") if key in leaf}
    total = points_of(leaf)
    if points and total and isinstance(table.get("rule"), Mapping):
        table["rule"] = _shrunk(table["rule"], points / total, points)
    return table


def _shrunk(rule: Mapping[str, Any], ratio: float, most: float) -> dict[str, Any]:
    """The rule with the points of its levels in proportion; percentages stay."""
    levels = rule.get("levels")
    if not isinstance(levels, list | tuple):
        return dict(rule)
    return {**rule, "levels": [_shrunk_level(level, ratio, most) for level in levels]}


def _shrunk_level(level: Any, ratio: float, most: float) -> Any:
    points = points_of(level, "points") if isinstance(level, Mapping) else None
    return level if points is None else {**level, "points": min(round(points * ratio, 6), most)}
