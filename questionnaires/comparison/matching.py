"""Which nodes of two versions are one criterion: by subject, code, title, or by their parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from questionnaires.comparison.titles import Words, most_similar, similarity, title_words
from questionnaires.comparison.tree import in_tree_order, leaves_below
from questionnaires.framework import Framework, Node

LIKE = 0.6
"""How similar titles must be for the same code to mean the same criterion."""

ALIKE = 0.8
"""How similar titles must be to mean the same criterion whatever the code."""

_SAME_SUBJECT, _SAME_CODE, _SAME_TITLE, _LIKE_CODE, _LIKE_TITLE = range(5)
_NAMES = ("subject", "code", "title", "code", "title")


@dataclass(frozen=True)
class Match:
    """Two nodes that are one criterion, by what, and how similar their titles are (0 to 1)."""

    before: Node
    after: Node
    by: str
    similarity: float


@dataclass(frozen=True)
class _Side:
    """A node with what it is matched by."""

    node: Node
    position: int
    leaf: bool
    words: Words
    parent: Words


@dataclass(frozen=True)
class _Candidate:
    before: _Side
    after: _Side
    rank: int
    similarity: float

    @property
    def order(self) -> tuple[int, float, float, int]:
        """Best first, the same from both sides: what is dropped one way is added the other."""
        near = similarity(self.before.parent, self.after.parent)
        return self.rank, -self.similarity, -near, self.before.position + self.after.position


def match(before: Framework, after: Framework) -> tuple[Match, ...]:
    """The nodes that two versions share; each node is matched at most once.

    The same subject decides first, and two different subjects never match. Then the same code with the same
    title, the same title elsewhere (an inserted criterion shifts the codes behind it), the same code with a
    similar title, a very similar title. Titles that several nodes share go by their parents' titles. At last,
    whatever they are called, fields and criteria are one where they are mostly made of the same leaves.
    """
    named = _matched_by_name(before, after)
    return (*named, *_matched_by_parts(before, after, named))


def _matched_by_name(before: Framework, after: Framework) -> tuple[Match, ...]:
    candidates = sorted(_candidates(_sides(before), _sides(after)), key=lambda candidate: candidate.order)
    matched: list[Match] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for pair in candidates:
        if pair.before.position not in taken[0] and pair.after.position not in taken[1]:
            taken[0].add(pair.before.position)
            taken[1].add(pair.after.position)
            matched.append(Match(pair.before.node, pair.after.node, _NAMES[pair.rank], pair.similarity))
    return tuple(matched)


def _candidates(before: Sequence[_Side], after: Sequence[_Side]) -> Iterator[_Candidate]:
    for one in before:
        for other in after:
            found = _judged(one, other)
            if found is not None:
                yield _Candidate(one, other, *found)


def _judged(one: _Side, other: _Side) -> tuple[int, float] | None:
    """Why two nodes may be the same, and how similar their titles are; None where they are not."""
    if one.node.subject is not None and one.node.subject == other.node.subject:
        return _SAME_SUBJECT, similarity(one.words, other.words)
    if _measure_different_things(one.node, other.node):
        return None
    same_code = one.node.code == other.node.code
    same_title = one.words == other.words and one.words != ()
    if same_title and one.leaf == other.leaf:
        return (_SAME_CODE if same_code else _SAME_TITLE), 1.0
    if same_code or same_title:
        return _close(one, other, _LIKE_CODE if same_code else _LIKE_TITLE, LIKE)
    return _close(one, other, _LIKE_TITLE, ALIKE) if one.leaf == other.leaf and one.words else None


def _close(one: _Side, other: _Side, rank: int, least: float) -> tuple[int, float] | None:
    if most_similar(one.words, other.words) < least:  # nearly all pairs end here
        return None
    close = similarity(one.words, other.words)
    return (rank, close) if close >= least else None


def _measure_different_things(one: Node, other: Node) -> bool:
    return None not in (one.subject, other.subject) and one.subject != other.subject


def _matched_by_parts(before: Framework, after: Framework, named: Sequence[Match]) -> Iterator[Match]:
    """Fields and criteria of one level, not matched by name, that are mostly made of the same leaves."""
    followed = {match.before.code: match.after.code for match in named}
    below_before, below_after = leaves_below(before), leaves_below(after)
    leaves = {leaf.code for leaf in before.leaves}, {leaf.code for leaf in after.leaves}
    surviving = {one: other for one, other in followed.items() if one in leaves[0] and other in leaves[1]}
    left = [node for node in before.nodes if node.code not in followed]
    right = [node for node in after.nodes if node.code not in followed.values()]
    for one in left:
        old = below_before[one.code]
        for other in right:
            new = below_after[other.code]
            if _mostly_same(old, new, surviving) and _may_share(before, one, after, other):
                yield Match(one, other, "parts", similarity(title_words(one), title_words(other)))


def _mostly_same(old: set[str], new: set[str], surviving: Mapping[str, str]) -> bool:
    """Whether most leaves of each that both versions have are shared, and half the leaves of the smaller."""
    kept = {surviving[leaf] for leaf in old & surviving.keys()}
    inherited = new.intersection(surviving.values())
    shared = 2 * len(kept & inherited)
    return shared > max(len(kept), len(inherited)) and shared >= min(len(old), len(new))


def _may_share(before: Framework, one: Node, after: Framework, other: Node) -> bool:
    return before.depth(one) == after.depth(other) and not _measure_different_things(one, other)


def _sides(framework: Framework) -> list[_Side]:
    titles = {node.code: title_words(node) for node in framework.nodes}
    return [
        _Side(
            node,
            position,
            leaf=node.code not in framework.children,
            words=titles[node.code],
            parent=titles.get(node.parent or "", ()),
        )
        for position, node in enumerate(in_tree_order(framework))
    ]
