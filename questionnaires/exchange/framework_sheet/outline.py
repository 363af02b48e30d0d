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
        """The line and all above it, the field first; a loop, or one not placed yet, ends it."""
        chain: list[int] = []
        while line is not None and line not in chain:
            chain.insert(0, line)
            line = self.parents[line] if line < len(self.parents) else None
        return chain


def parents_by_code(codes: Sequence[str]) -> Outline:
    """Each code stands under the nearest line before it that has the code it begins with, less its last part.

    Codes that begin with no other's are counted: one counted as a line above stands beside that; one counted
    anew stands under the line before it (I, 1, a, b, 2, II).
    """
    outline, seen = Outline(), dict[str, int]()
    later = {code: line for line, code in reversed(list(enumerate(codes)))}
    used = set(map(style_of, codes))
    styles: list[Style] = []
    for line, code in enumerate(codes):
        above = [other for other in outline.line_of(line - 1) if other < line] if line else []
        styles.append(_style(code, [codes[other] for other in above]))
        wanted = list(prefixes(code))
        found = next((prefix for prefix in wanted if prefix in later), None)
        if found is not None:
            outline.parents.append(seen.get(found, later[found]))
        elif any(style_of(prefix) in used for prefix in wanted):
            outline.parents.append(None)
        else:
            outline.parents.append(_parent_by_counting(above, codes, styles, outline))
            outline.counted.add(line)
            wanted = []
        if wanted and found != wanted[0]:
            outline.orphans[line] = wanted[0]
        seen[code] = line
    return outline


def _parent_by_counting(
    above: Sequence[int], codes: Sequence[str], styles: Sequence[Style], outline: Outline
) -> int | None:
    """The parent of the last line that has a style, given those above it."""
    style = styles[-1]
    if not above or "" in style:
        return None
    for other in above:
        if style == styles[other]:
            return outline.parents[other]
    if style in map(style_of, prefixes(codes[above[0]])):  # beside a field that has no row, or a later one
        return None
    return None if "" in styles[above[-1]] else above[-1]


def _style(code: str, above: Sequence[str]) -> Style:
    """How a code is counted: after h), i) is a letter."""
    if any(is_next_letter(code, other) for other in above):
        return ("A" if code.isupper() else "a",)
    return style_of(code)


def full_codes(codes: Sequence[str], outline: Outline) -> list[str]:
    """The codes, each with its parent's before it where counting starts anew under every parent."""
    nested = any(outline.parents[line] is not None for line in outline.counted)
    if len(set(codes)) == len(codes) or not nested:
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
