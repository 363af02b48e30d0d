"""Which criterion belongs to which, and the code of each: by the column for it, the codes or the indents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from questionnaires.codes import near_name
from questionnaires.exchange.framework_sheet.codes import free_code, is_date, tidy
from questionnaires.exchange.framework_sheet.indents import Indent, numbered, parents_by_indent
from questionnaires.exchange.framework_sheet.outline import Outline, full_codes, parents_by_code
from questionnaires.faults import N_

NO_CODE = N_("This row has no code. Write one, such as “%(free)s”.")
TWICE = N_("The code “%(code)s” stands in row %(row)s already. Write another one here, such as “%(free)s”.")
MADE_A_DATE = N_(
    "The spreadsheet has made a date of this code: %(code)s. Format the column as text and write it anew."
)
ORPHAN = N_(
    "“%(code)s” should stand under “%(parent)s”, which has no row. Add that row, or correct the code."
)
NO_PARENT = N_("No row has the code “%(parent)s”. Write the code of the row that this one stands under.")
NEAR_PARENT = N_("No row has the code “%(parent)s”. Write “%(near)s” if you mean that.")
SAYS_NOTHING = N_(
    "Other rows say here what they stand under; this one does not. Write “%(parent)s”, or “-” for a field."
)
TWO_TREES = N_(
    "By its code, this row stands under “%(code)s”; by its indent, under “%(indent)s”. Correct one of them, "
    "or fill in for all rows which code they stand under."
)
UNCLEAR = N_("This title stands in like none above it. Give it the indent of the titles beside it.")
NO_FIELD = frozenset({"-", "–", "—"})


@dataclass(frozen=True)
class Line:
    """A row of the sheet: its number, its code, what it says it stands under, its indent."""

    row: int
    code: str
    under: str = ""
    indent: Indent = (0, 0)


@dataclass(frozen=True)
class Doubt:
    """What a line leaves open; `key` is the part of its entry that must change."""

    line: int
    key: str
    template: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Tree:
    """For each line the position of its parent, and its code; doubtful ones stand where they harm least."""

    parents: tuple[int | None, ...]
    codes: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def tree_of(lines: Sequence[Line]) -> Tree:
    """The tree of the lines. What they stand under counts first, then the codes, then the indents."""
    written = [tidy(line.code) for line in lines]
    codes, doubts = _with_codes(written, lines)
    if any(line.under for line in lines):
        outline = _by_column(codes, lines, doubts)
    elif not any(written):
        outline = _by_indent(lines, doubts)
        codes = numbered(outline.parents)
    else:
        outline = _by_code(codes, lines, doubts)
        codes = full_codes(codes, outline)
    unique = _unique(codes, lines, doubts)
    return Tree(tuple(outline.parents), tuple(unique), tuple(doubts))


def _with_codes(written: Sequence[str], lines: Sequence[Line]) -> tuple[list[str], list[Doubt]]:
    """The codes, with one to suggest where there is none."""
    codes: list[str] = []
    doubts = []
    taken = set(written)
    for line, code in enumerate(written):
        if not code:
            code = free_code(codes[-1] if codes else "0", taken)
            taken.add(code)
            if any(written):
                doubts.append(Doubt(line, "code", NO_CODE, {"free": code}))
        elif is_date(code):
            doubts.append(Doubt(line, "code", MADE_A_DATE, {"code": code}))
        codes.append(code)
    return codes, doubts


def _by_column(codes: Sequence[str], lines: Sequence[Line], doubts: list[Doubt]) -> Outline:
    told = parents_by_code(codes)
    outline = Outline()
    seen: dict[str, int] = {}
    anywhere = {code: line for line, code in reversed(list(enumerate(codes)))}
    for at, line in enumerate(lines):
        under = "" if line.under.strip() in NO_FIELD else tidy(line.under)
        parent = seen.get(under, anywhere.get(under))
        if under and parent is None:
            doubts.append(_no_parent(at, under, codes))
            parent = told.parents[at]
        elif not line.under and (guess := told.parents[at]) is not None:
            doubts.append(Doubt(at, "parent", SAYS_NOTHING, {"parent": codes[guess]}))
            parent = guess
        outline.parents.append(parent)
        seen[codes[at]] = at
    return outline


def _no_parent(line: int, under: str, codes: Sequence[str]) -> Doubt:
    near = near_name(under, [code for code in codes if code != codes[line]])
    values: dict[str, object] = {"parent": under, "near": near} if near else {"parent": under}
    return Doubt(line, "parent", NEAR_PARENT if near else NO_PARENT, values)


def _by_indent(lines: Sequence[Line], doubts: list[Doubt]) -> Outline:
    indented = parents_by_indent([line.indent for line in lines])
    doubts += [Doubt(line, "title", UNCLEAR) for line in indented.unclear]
    return Outline(list(indented.parents))


def _by_code(codes: Sequence[str], lines: Sequence[Line], doubts: list[Doubt]) -> Outline:
    """The codes' own tree; the indents' where codes tell none. Where both tell one, they must not quarrel."""
    told = parents_by_code(codes)
    shown = parents_by_indent([line.indent for line in lines])
    if not told.orphans and all(parent is None for parent in told.parents):
        return _by_indent(lines, doubts)
    for line, parent in told.orphans.items():
        doubts.append(Doubt(line, "code", ORPHAN, {"code": codes[line], "parent": parent}))
    for line, left in enumerate(shown.parents):
        if left is not None and line not in told.orphans and left not in told.line_of(line):
            above = told.parents[line]
            values = {"code": codes[above] if above is not None else "-", "indent": codes[left]}
            doubts.append(Doubt(line, "title", TWO_TREES, dict(values)))
    return told


def _unique(codes: Sequence[str], lines: Sequence[Line], doubts: list[Doubt]) -> list[str]:
    """The codes, each but the first of those used twice replaced by the one to write instead."""
    first: dict[str, int] = {}
    last: dict[str, str] = {}
    taken = set(codes)
    unique: list[str] = []
    for line, code in enumerate(codes):
        if code in first:
            last[code] = free = free_code(last.get(code, code), taken)
            taken.add(free)
            doubts.append(
                Doubt(line, "code", TWICE, {"code": code, "row": lines[first[code]].row, "free": free})
            )
            code = free
        first.setdefault(code, line)
        unique.append(code)
    return unique
