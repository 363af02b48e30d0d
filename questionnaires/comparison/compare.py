"""Two versions of a framework side by side: what was kept, renamed, re-weighted, moved, dropped, added."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from questionnaires.check_nodes import TOLERANCE
from questionnaires.comparison.matching import Match, match
from questionnaires.comparison.record import (
    ADDED,
    DROPPED,
    KEPT,
    MOVED,
    REASSESSED,
    RENAMED,
    REWEIGHTED,
    Comparison,
    FieldSums,
    Row,
    sums_of,
)
from questionnaires.comparison.titles import wording
from questionnaires.comparison.tree import fields_of_nodes, in_tree_order
from questionnaires.editing.rule_fields import with_defaults
from questionnaires.framework import Framework, Node


def compare(before: Framework, after: Framework) -> Comparison:
    """The comparison of two versions, or of any two frameworks, unfinished ones as they stand."""
    pair = _Pair(before, after, match(before, after))
    rows = tuple(pair.rows())
    return Comparison(before, after, rows, tuple(_field_sums(pair, rows)))


@dataclass(frozen=True)
class _Pair:
    """Two versions with the nodes they share."""

    before: Framework
    after: Framework
    matches: tuple[Match, ...]

    def rows(self) -> Iterator[Row]:
        """A row for each node in the later order, dropped ones behind what they stood behind."""
        fields = fields_of_nodes(self.before), fields_of_nodes(self.after)
        followed = {found.before.code: found.after.code for found in self.matches}
        partners = {found.after.code: found for found in self.matches}
        dropped = self._dropped_behind(followed)
        yield from (self._dropped_row(node) for node in dropped.get(None, ()))
        for node in in_tree_order(self.after):
            found = partners.get(node.code)
            yield self._matched_row(found, followed, *fields) if found else self._added_row(node)
            yield from (self._dropped_row(gone) for gone in dropped.get(node.code, ()))

    def _dropped_behind(self, followed: Mapping[str, str]) -> dict[str | None, list[Node]]:
        """Code of a later node → the dropped ones that stood behind it; `None`: before all others."""
        behind: dict[str | None, list[Node]] = {}
        last: str | None = None
        for node in in_tree_order(self.before):
            if node.code in followed:
                last = followed[node.code]
            else:
                behind.setdefault(last, []).append(node)
        return behind

    def _dropped_row(self, node: Node) -> Row:
        return Row(node, None, frozenset([DROPPED]), leaf_before=node.code not in self.before.children)

    def _added_row(self, node: Node) -> Row:
        return Row(None, node, frozenset([ADDED]), leaf_after=node.code not in self.after.children)

    def _matched_row(
        self,
        found: Match,
        followed: Mapping[str, str],
        fields_before: Mapping[str, str],
        fields_after: Mapping[str, str],
    ) -> Row:
        one, other = found.before, found.after
        leaves = one.code not in self.before.children, other.code not in self.after.children
        differences = _differences(one, other)
        changes = {
            RENAMED: wording(one.title) != wording(other.title),
            REWEIGHTED: not _same_points(one.max_points, other.max_points),
            MOVED: followed.get(fields_before[one.code]) != fields_after[other.code],
            REASSESSED: bool(differences),
        }
        kinds = frozenset(kind for kind, changed in changes.items() if changed) or frozenset([KEPT])
        return Row(one, other, kinds, found.by, found.similarity, differences, *leaves)


ASSESSMENT: dict[str, Callable[[Node], object]] = {
    "assessed_by": lambda node: node.assessed_by,
    "kind": lambda node: node.kind,
    "rule": lambda node: with_defaults(node.rule) if node.rule else None,
    "groups": lambda node: dict(node.groups),
    "combine": lambda node: node.combine,
    "applies_to": lambda node: sorted(node.applies_to),
    "evidence": lambda node: wording(node.evidence),
}
"""What says how a leaf is assessed; two leaves that differ in any of it are assessed differently."""


def _differences(one: Node, other: Node) -> tuple[str, ...]:
    return tuple(key for key, read in ASSESSMENT.items() if read(one) != read(other))


def _same_points(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE or (math.isnan(one) and math.isnan(other))


def _field_sums(pair: _Pair, rows: tuple[Row, ...]) -> Iterator[FieldSums]:
    """The fields of both versions side by side; one that became a criterion stands alone on its side."""
    fields_before, fields_after = fields_of_nodes(pair.before), fields_of_nodes(pair.after)
    for row in rows:
        one = row.before if row.before and fields_before[row.before.code] == row.before.code else None
        other = row.after if row.after and fields_after[row.after.code] == row.after.code else None
        if one or other:
            yield FieldSums(
                one,
                other,
                sums_of(_leaves_in(pair.before, fields_before, one)),
                sums_of(_leaves_in(pair.after, fields_after, other)),
            )


def _leaves_in(framework: Framework, fields: Mapping[str, str], field: Node | None) -> list[Node]:
    return [leaf for leaf in framework.leaves if field and fields[leaf.code] == field.code]
