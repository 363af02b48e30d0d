"""What a comparison of two versions of a framework says, row by row and summed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from questionnaires.framework import Framework, Node

KEPT = "kept"
RENAMED = "renamed"
REWEIGHTED = "reweighted"
MOVED = "moved"
REASSESSED = "reassessed"
DROPPED = "dropped"
ADDED = "added"
KINDS = (KEPT, RENAMED, REWEIGHTED, MOVED, REASSESSED, DROPPED, ADDED)

MATCHES = ("subject", "code", "title", "parts")
"""What a node is known by in the other version; “parts”: by most of its leaves, under another name."""


@dataclass(frozen=True)
class Row:
    """One node of either version, or of both, and what became of it: one kind, or several changes at once.

    `matched_by` is one of `MATCHES`, None where the other side has nothing; `similarity` of the
    titles goes from 0 to 1. `differences` names what a reassessed criterion is assessed by otherwise, as
    nodes name it: “rule”, “groups” and so on. `leaf` says whether it carries points of its own on a side.
    """

    before: Node | None
    after: Node | None
    kinds: frozenset[str]
    matched_by: str | None = None
    similarity: float = 0.0
    differences: tuple[str, ...] = ()
    leaf_before: bool = False
    leaf_after: bool = False

    @property
    def node(self) -> Node:
        """The node as the later version has it, else as the earlier one had."""
        node = self.after or self.before
        assert node is not None
        return node

    @property
    def leaf(self) -> bool:
        return self.leaf_before or self.leaf_after

    @property
    def points(self) -> tuple[float, float]:
        """Points before and after, 0 where it is not there or has none yet."""
        return _points(self.before), _points(self.after)


@dataclass(frozen=True)
class Sums:
    """The leaves of a field, or of the whole framework, in one version."""

    leaves: int = 0
    points: float = 0.0
    survey_leaves: int = 0
    survey_points: float = 0.0


@dataclass(frozen=True)
class FieldSums:
    """One field side by side; a side is None where that version has no such field."""

    before: Node | None
    after: Node | None
    sums_before: Sums
    sums_after: Sums


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side, a row for every node in the later order, dropped ones where they stood."""

    before: Framework
    after: Framework
    rows: tuple[Row, ...]
    fields: tuple[FieldSums, ...]

    def of(self, kind: str) -> tuple[Row, ...]:
        """The rows of a kind, fields and criteria as well as leaves, as an announcement lists them."""
        return tuple(row for row in self.rows if kind in row.kinds)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many leaves each kind has; one renamed and re-weighted counts for both."""
        leaves = [row for row in self.rows if row.leaf]
        return {kind: sum(kind in row.kinds for row in leaves) for kind in KINDS}

    @property
    def totals(self) -> tuple[Sums, Sums]:
        """Both versions summed."""
        return sums_of(self.before.leaves), sums_of(self.after.leaves)


def sums_of(leaves: Iterable[Node]) -> Sums:
    """The sums of leaves; bonus and penalty are leaves, but their points stand outside."""
    listed = list(leaves)
    surveyed = [leaf for leaf in listed if leaf.assessed_by == "survey"]
    return Sums(len(listed), _counted(listed), len(surveyed), _counted(surveyed))


def _counted(leaves: Iterable[Node]) -> float:
    return math.fsum(_points(leaf) for leaf in leaves if leaf.kind == "points")


def _points(node: Node | None) -> float:
    return 0.0 if node is None or math.isnan(node.max_points) else node.max_points
