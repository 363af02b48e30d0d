"""The tree that codes tell: 1, 1.1, 1.1.2 by what they begin with; I, 1, a by how they are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from questionnaires.exchange.framework_sheet.codes import Style, is_next_letter, prefixes, style_of


@dataclass
class Outline:
    """For each line the position of its parent. `counted`: lines placed by their way of counting.

    `orphans`: line → the code that it should stand under and that no line has.
    """

    parents: list[int | None] = field(default_factory=list)
    counted: set[int] = field(default_factory=set)
    orphans: dict[int, str] = field(default_factory=dict)

    def line_of(self, line: int | None) -> list[int]:
        """The line and all above it, the field first; a loop ends it."""
        chain: list[int] = []
        while line is not None and line not in chain:
            chain.insert(0, line)
            line = self.parents[line]
        return chain


def parents_by_code(codes: Sequence[str]) -> Outline:
    """Each code stands under the nearest line before it that has the code it begins with, less its last part.

    Codes that begin with no other's are counted: one counted as a line above stands beside that; one counted
    anew stands under the line before it (I, 1, a, b, 2, II).
    """
    outline, seen = Outline(), dict[str, int]()
    later = {code: line for line, code in reversed(list(enumerate(codes)))}
    styles = {style_of(code) for code in codes}
    for line, code in enumerate(codes):
        known = {**later, **seen}
        found = next((prefix for prefix in prefixes(code) if prefix in known), None)
        nearest = next(prefixes(code), None)
        counted_apart = nearest is None or not any(style_of(prefix) in styles for prefix in prefixes(code))
        if found is not None or not counted_apart:
            outline.parents.append(known[found] if found is not None else None)
            if nearest is not None and found != nearest:
                outline.orphans[line] = nearest
        else:
            outline.parents.append(_parent_by_counting(line, codes, outline))
            if outline.parents[line] is not None:
                outline.counted.add(line)
        seen[code] = line
    return outline


def _parent_by_counting(line: int, codes: Sequence[str], outline: Outline) -> int | None:
    above = outline.line_of(line - 1) if line else []
    style = _style_among(codes[line], [codes[other] for other in above])
    if not above or "" in style:
        return None
    for other in above:
        if _style_among(codes[other], [codes[known] for known in siblings_before(other, outline)]) == style:
            return outline.parents[other]
    return None if "" in style_of(codes[above[-1]]) else above[-1]


def siblings_before(line: int, outline: Outline) -> list[int]:
    return [other for other in range(line) if outline.parents[other] == outline.parents[line]]


def _style_among(code: str, others: Sequence[str]) -> Style:
    """How a code is counted, given the codes before it."""
    if any(is_next_letter(code, other) for other in others):
        return ("A" if code.isupper() else "a",)
    return style_of(code)


def full_codes(codes: Sequence[str], outline: Outline) -> list[str]:
    """The codes, each with its parent's before it where counting starts anew under every parent."""
    if len(set(codes)) == len(codes) or not outline.counted:
        return list(codes)
    return [_full_code(line, codes, outline) for line in range(len(codes))]


def _full_code(line: int, codes: Sequence[str], outline: Outline) -> str:
    full, above = "", None
    for step in outline.line_of(line):
        counted = above is None or step in outline.counted
        own = codes[step] if counted else codes[step].removeprefix(codes[above or 0])
        full = f"{full}.{own}" if full and counted else full + own
        above = step
    return full
