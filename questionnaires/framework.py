"""A framework as frozen records: the tree of criteria worth 100 points, rules, bands, ranking groups."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from questionnaires.expression import Tree
from questionnaires.schema import Text

ASSESSED_BY = ("evidence", "survey", "none")
KINDS = ("points", "bonus", "penalty")
COMBINE = ("group_means", "pooled")
TIES = ("shared", "criterion")
CHANGES = ("dropped", "renamed", "added")


@dataclass(frozen=True)
class Rule:
    """How answers become points: a rule's name (`check_rules.RULES`) and its parameters."""

    name: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def takes_fact(self) -> bool:
        """Whether the rate comes from a fact about the unit, so that nobody is asked."""
        return self.parameters.get("of") == "fact"


@dataclass(frozen=True)
class Node:
    """A field, criterion or component criterion; only leaves are assessed and carry points of their own.

    `subject` is a stable key of what is measured, shared by frameworks and years. `groups` weighs the
    respondent groups that rate a survey-assessed leaf; `combine` says whether group means are averaged or
    answers pooled. `applies_to` limits a leaf to unit types (empty: all). Bonus and penalty leaves add to or
    take from the points, at most `max_points`, and never enter the denominator.
    """

    code: str
    parent: str | None
    title: Text
    max_points: float
    assessed_by: str = "none"
    kind: str = "points"
    subject: str | None = None
    rule: Rule | None = None
    groups: Mapping[str, float] = field(default_factory=dict)
    combine: str = "group_means"
    applies_to: tuple[str, ...] = ()
    evidence: Text = field(default_factory=dict)
    in_charge: str | None = None
    illustrative: bool = False


@dataclass(frozen=True)
class Band:
    """A rating. Bands are tried in order; the first whose `when` holds is the unit's.

    `when` is an expression over `index` (%), `lowest_field` (%), `field_<code>` (%) and the unit's facts.
    """

    code: str
    title: Text
    when: Tree


@dataclass(frozen=True)
class RankingGroup:
    """Units ranked together; `ranked = False` for units that are only scored."""

    code: str
    title: Text
    ranked: bool = True


@dataclass(frozen=True)
class Decision:
    number: str
    issuer: str
    date: datetime.date | None = None
    replaces: str | None = None
    source: str = ""


@dataclass(frozen=True)
class Change:
    """What became of a criterion of the replaced version: `dropped`, `renamed` or `added`."""

    kind: str
    before: Text = field(default_factory=dict)
    after: Text = field(default_factory=dict)
    code: str | None = None


@dataclass(frozen=True)
class Tie:
    """Equal indexes share a rank (`shared`), or the percent of a node decides first (`criterion`)."""

    rule: str = "shared"
    criterion: str | None = None


@dataclass(frozen=True)
class Framework:
    code: str
    version: str
    title: Text
    decision: Decision
    applies_to: tuple[str, ...]
    nodes: tuple[Node, ...]
    bands: tuple[Band, ...] = ()
    ranking_groups: tuple[RankingGroup, ...] = ()
    scale: float = 100.0
    survey_optional: bool = False
    tie: Tie = Tie()
    decimals: int = 2
    changes: tuple[Change, ...] = ()
    notes: Text = field(default_factory=dict)

    @cached_property
    def by_code(self) -> Mapping[str, Node]:
        return {node.code: node for node in self.nodes}

    @cached_property
    def children(self) -> Mapping[str | None, tuple[Node, ...]]:
        """Parent code → its children in order; `None` → the fields."""
        children: dict[str | None, tuple[Node, ...]] = {}
        for node in self.nodes:
            children[node.parent] = (*children.get(node.parent, ()), node)
        return children

    @property
    def fields(self) -> tuple[Node, ...]:
        return self.children.get(None, ())

    @property
    def leaves(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.code not in self.children)

    @property
    def survey_leaves(self) -> tuple[Node, ...]:
        return tuple(leaf for leaf in self.leaves if leaf.assessed_by == "survey")

    def depth(self, node: Node) -> int:
        """1 for a field, 2 for a criterion, 3 for a component criterion."""
        return 1 + len(ancestors(node.code, {code: other.parent for code, other in self.by_code.items()}))


def ancestors(code: str, parents: Mapping[str, str | None]) -> list[str]:
    """A node's parent, grandparent and so on; a loop or an unknown parent ends the line."""
    line: list[str] = []
    parent = parents.get(code)
    while parent is not None and parent in parents and parent not in line:
        line.append(parent)
        parent = parents[parent]
    return line
