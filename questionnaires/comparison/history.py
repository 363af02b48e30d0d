"""One criterion over the versions of a framework, the oldest first."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from questionnaires.comparison.compare import compare
from questionnaires.comparison.record import ADDED, DROPPED, Row
from questionnaires.framework import Framework, Node

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


@dataclass(frozen=True)
class HistoryRow:
    """A criterion in one version: its node, None where the version has none, and what became of it there.

    `kinds` compares with the last version before that had it (`change` is that row of the comparison). Where
    it stands first it is “added”, in the first version after it “dropped”; no kind is said where there is no
    version before to compare with, and where the criterion is still or again absent.
    """

    framework: Framework
    node: Node | None
    kinds: frozenset[str] = frozenset()
    change: Row | None = None


def history(frameworks: Iterable[Framework], name: str) -> tuple[HistoryRow, ...]:
    """The criterion that a subject or a code names in the newest version that knows it, version by version.

    A subject comes before a code. From there the criterion is followed through the versions by subject, code
    and title, as `compare` does. Raises LookupError where no version knows the name.
    """
    versions = in_order(frameworks)
    anchor, node = _newest_called(versions, name)
    nodes: list[Node | None] = [None] * len(versions)
    nodes[anchor] = node
    _follow(versions, nodes, range(anchor - 1, -1, -1), anchor)
    _follow(versions, nodes, range(anchor + 1, len(versions)), anchor)
    return tuple(_rows(versions, nodes))


def in_order(frameworks: Iterable[Framework]) -> list[Framework]:
    """The versions by the date of their decision; without one, by the year in version, code or number."""
    return sorted(frameworks, key=lambda framework: (_issued(framework), framework.version))


def _issued(framework: Framework) -> datetime.date:
    if framework.decision.date is not None:
        return framework.decision.date
    for text in (framework.version, framework.code, framework.decision.number):
        if found := _YEAR.search(text):
            return datetime.date(int(found[0]), 1, 1)
    return datetime.date.max


def _newest_called(versions: Sequence[Framework], name: str) -> tuple[int, Node]:
    for key in ("subject", "code"):
        for at in range(len(versions) - 1, -1, -1):
            for node in versions[at].nodes:
                if getattr(node, key) == name:
                    return at, node
    raise LookupError(name)


def _follow(versions: Sequence[Framework], nodes: list[Node | None], path: Iterable[int], known: int) -> None:
    """Fill in the nodes along a path; a version without the criterion is passed over."""
    for at in path:
        rows = compare(versions[known], versions[at]).rows
        nodes[at] = next(
            (row.after for row in rows if row.before is not None and row.before is nodes[known]), None
        )
        known = known if nodes[at] is None else at


def _rows(versions: Sequence[Framework], nodes: Sequence[Node | None]) -> Iterable[HistoryRow]:
    known: int | None = None
    there = False
    for at, node in enumerate(nodes):
        if node is None:
            yield HistoryRow(versions[at], None, frozenset([DROPPED]) if there else frozenset())
        elif known is None:
            yield HistoryRow(versions[at], node, frozenset([ADDED]) if at else frozenset())
        else:
            rows = compare(versions[known], versions[at]).rows
            change = next((row for row in rows if row.before is nodes[known] and row.after is node), None)
            yield HistoryRow(versions[at], node, change.kinds if change else frozenset(), change)
        there = node is not None
        known = known if node is None else at
