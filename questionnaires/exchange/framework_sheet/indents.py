"""The tree that the look of the titles tells: how far they stand in, and dashes or bullets before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Indent = tuple[int, int]
"""Spaces from the left, then how deep the mark before the title is: none, -, +, •."""

MARKS = {"": 0, "-": 1, "–": 1, "—": 1, "+": 2, "•": 3, "*": 3, "·": 3}
STRAY = 1
"""Spaces that are typed without meaning anything."""

_MARKED = re.compile(r"([-–—]+|[+•*·]+)\s+(?=\S)")


@dataclass(frozen=True)
class Indented:
    """For each line the position of its parent; `unclear`: lines that stand in like none above them."""

    parents: tuple[int | None, ...]
    unclear: tuple[int, ...]

    @property
    def tells(self) -> bool:
        """Whether any line stands in at all."""
        return any(parent is not None for parent in self.parents)


def indent_of(title: str, spaces: int) -> Indent:
    mark = _MARKED.match(title)
    depth = MARKS[mark[1][0]] + len(mark[1]) - 1 if mark else 0
    return (spaces if spaces > STRAY else 0), depth


def without_mark(title: str) -> str:
    return _MARKED.sub("", title, count=1) if _MARKED.match(title) else title


def parents_by_indent(indents: Sequence[Indent]) -> Indented:
    """Each line stands under the nearest line before it that stands in less."""
    parents: list[int | None] = []
    above: list[int] = []
    unclear = []
    for line, indent in enumerate(indents):
        left = [other for other in above if indents[other] >= indent]
        above = [other for other in above if indents[other] < indent]
        if left and indents[left[0]] != indent:
            unclear.append(line)
        parents.append(above[-1] if above else None)
        above.append(line)
    return Indented(tuple(parents), tuple(unclear))


def numbered(parents: Sequence[int | None]) -> list[str]:
    """Codes for lines that have none: 1, 1.1, 1.1.2 as they stand."""
    counts: dict[int | None, int] = {}
    codes: list[str] = []
    for parent in parents:
        counts[parent] = counts.get(parent, 0) + 1
        codes.append(f"{codes[parent]}.{counts[parent]}" if parent is not None else str(counts[parent]))
    return codes
