"""Rows between `begin group` and `end group` as a tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from questionnaires.exchange.xlsform.findings import Findings
from questionnaires.exchange.xlsform.lines import Line
from questionnaires.exchange.xlsform.row_types import BEGIN, END, SETTING, Type, type_of
from questionnaires.faults import N_

NO_TYPE = N_("The row has no type.")
TOO_DEEP = N_("Groups stand more than %(most)s levels deep in each other.")
NOT_BEGUN = N_("No group is open that could end here.")
NOT_ENDED = N_("The group is never ended: an “end group” is missing.")

MOST_LEVELS = 20


@dataclass(frozen=True)
class Asked:
    """A row that is no group, with what its type says."""

    line: Line
    type: Type


@dataclass(frozen=True)
class Group:
    line: Line
    parts: list[Asked | Group] = field(default_factory=list)


def rows_of(lines: Iterable[Line], findings: Findings) -> list[Asked]:
    """The rows that count, each with its type: comments, disabled rows and settings do not."""
    rows = []
    for line in lines:
        if line.says_yes("disabled"):
            continue
        if not line["type"]:
            if line["name"] or line.words("label"):
                findings.refuse(line, "type", NO_TYPE)
            continue
        found = type_of(line["type"])
        if found.kind != SETTING:
            rows.append(Asked(line, found))
    return rows


def tree_of(rows: Iterable[Asked], findings: Findings) -> list[Asked | Group]:
    """The rows by the groups they stand in; a repeat is refused and read on as a group."""
    outside: list[Asked | Group] = []
    open_groups: list[Group] = []
    for row in rows:
        inside = open_groups[-1].parts if open_groups else outside
        if row.type.kind == BEGIN:
            open_groups.append(_begin(row, inside, open_groups, findings))
        elif row.type.kind != END:
            inside.append(row)
        elif open_groups:
            open_groups.pop()
        else:
            findings.refuse(row.line, "type", NOT_BEGUN)
    for group in open_groups:
        findings.refuse(group.line, "type", NOT_ENDED)
    return outside


def _begin(
    row: Asked, inside: list[Asked | Group], open_groups: Sequence[Group], findings: Findings
) -> Group:
    """The group that begins; past the last level, the one it stands in."""
    if row.type.why:
        findings.refuse(row.line, "type", row.type.why)
    if len(open_groups) >= MOST_LEVELS:
        findings.refuse(row.line, "type", TOO_DEEP, most=MOST_LEVELS)
        return open_groups[-1]
    group = Group(row.line)
    inside.append(group)
    return group
