"""The evidence criteria of a unit, field by field, and what their scores add up to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from analysis.scoring.index import SIGNS
from questionnaires.framework import Framework, Node, ancestors


class Scored(Protocol):
    """What is known of one criterion: a stored row, or the columns of it that a query fetched."""

    self_score: float | None
    appraised: float | None
    applicable: bool


@dataclass(frozen=True)
class Entry:
    """A node below a field: a heading, or a leaf to be scored. `level` is 1 for the field itself."""

    node: Node
    level: int
    is_leaf: bool


@dataclass(frozen=True)
class Field:
    """A field with its entries in the order of the framework."""

    node: Node
    entries: tuple[Entry, ...]

    @property
    def leaves(self) -> tuple[Node, ...]:
        return tuple(entry.node for entry in self.entries if entry.is_leaf)


@dataclass(frozen=True)
class Progress:
    """How far the scoring of some criteria has come. Criteria that do not apply are not counted.

    `maximum` are the points to be had (without bonuses and penalties), `self_points` and `appraised_points`
    those given so far; `cuts` are criteria appraised below the self-score, `waiting` those whose
    explanation nobody has decided on.
    """

    leaves: int = 0
    scored: int = 0
    appraised: int = 0
    maximum: float = 0.0
    self_points: float = 0.0
    appraised_points: float = 0.0
    cuts: int = 0
    waiting: int = 0


def evidence_leaves(framework: Framework, unit_type: str) -> tuple[Node, ...]:
    """The criteria that a unit of this type proves by evidence."""
    return tuple(
        leaf
        for leaf in framework.leaves
        if leaf.assessed_by == "evidence" and (not leaf.applies_to or unit_type in leaf.applies_to)
    )


def fields(framework: Framework, unit_type: str) -> list[Field]:
    """The fields that hold evidence criteria, each with those and the headings above them."""
    leaves = {leaf.code for leaf in evidence_leaves(framework, unit_type)}
    parents = {node.code: node.parent for node in framework.nodes}
    shown = leaves.union(*(ancestors(code, parents) for code in leaves))

    def below(node: Node, level: int) -> Iterator[Entry]:
        if node.code in leaves:
            yield Entry(node, level, True)
        elif level > 1:
            yield Entry(node, level, False)
        for child in framework.children.get(node.code, ()):
            if child.code in shown:
                yield from below(child, level + 1)

    return [Field(node, tuple(below(node, 1))) for node in framework.fields if node.code in shown]


def is_cut(score: Scored | None) -> bool:
    """Whether the appraised points lie below those the unit gave itself."""
    if score is None or not score.applicable or score.self_score is None or score.appraised is None:
        return False
    return score.appraised < score.self_score


def progress(leaves: Sequence[Node], scores: Mapping[str, Scored], waiting: Collection[str] = ()) -> Progress:
    """`scores` by criterion code; `waiting` are codes whose explanation waits."""
    applicable = [leaf for leaf in leaves if leaf.code not in scores or scores[leaf.code].applicable]
    known = [(leaf, scores[leaf.code]) for leaf in applicable if leaf.code in scores]
    return Progress(
        leaves=len(applicable),
        scored=sum(score.self_score is not None for _, score in known),
        appraised=sum(score.appraised is not None for _, score in known),
        maximum=sum(leaf.max_points for leaf in applicable if leaf.kind == "points"),
        self_points=points((leaf, score.self_score) for leaf, score in known),
        appraised_points=points((leaf, score.appraised) for leaf, score in known),
        cuts=sum(is_cut(score) for _, score in known),
        waiting=sum(leaf.code in waiting for leaf, _ in known),
    )


def points(given: Iterable[tuple[Node, float | None]]) -> float:
    """The sum of the points given; a penalty takes."""
    return sum(SIGNS[leaf.kind] * value for leaf, value in given if value is not None)
