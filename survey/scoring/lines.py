"""A unit's page line by line: each criterion with what is stored, what was typed, and what may be changed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questionnaires.faults import Fault
from questionnaires.framework import Node
from survey.models import AuditEntry, EvidenceScore, RoundUnit
from survey.scoring import trail
from survey.scoring.criteria import Entry, Field, Progress, fields, is_cut, progress
from survey.scoring.saving import scores_of
from survey.scoring.stage import editable
from survey.scoring.typed import Row, place, stored_texts, token
from survey.scoring.values import values_of


@dataclass(frozen=True)
class Line:
    """A heading of the tree, or a criterion with its score.

    `texts` is what stands in the inputs, by column, for the columns that may be changed; `seen` goes out and
    comes back with them; `theirs` is what somebody else did meanwhile.
    """

    entry: Entry
    stored: Mapping[str, object]
    texts: Mapping[str, str]
    seen: str = ""
    is_cut: bool = False
    waits: bool = False
    row: Row | None = None
    theirs: AuditEntry | None = None

    @property
    def leaf(self) -> Node:
        return self.entry.node

    def faults_at(self, column: str) -> list[Fault]:
        """What is wrong with one input."""
        here = place(column, self.leaf.code)
        return [fault for fault in (self.row.faults if self.row else ()) if fault.place == here]


@dataclass(frozen=True)
class FieldLines:
    field: Node
    lines: tuple[Line, ...]
    progress: Progress

    @property
    def takes_input(self) -> bool:
        return any(line.texts for line in self.lines)


@dataclass(frozen=True)
class Sheet:
    """All of a unit's evidence scores as somebody of a role sees them on a day."""

    member: RoundUnit
    role: str
    day: datetime.date
    scores: Mapping[str, EvidenceScore]
    fields: Sequence[Field]
    waiting: frozenset[str]

    @property
    def leaves(self) -> tuple[Node, ...]:
        return tuple(leaf for field in self.fields for leaf in field.leaves)

    @property
    def progress(self) -> Progress:
        return progress(self.leaves, self.scores, self.waiting)

    def columns(self, leaf: Node) -> tuple[str, ...]:
        return editable(self.role, self.member, self.scores.get(leaf.code), self.day)


def open_sheet(member: RoundUnit, role: str, day: datetime.date) -> Sheet:
    scores = scores_of(member)
    framework = member.round.framework_version.framework
    return Sheet(
        member, role, day, scores, fields(framework, member.unit.type), waiting_criteria(member, scores)
    )


def waiting_criteria(member: RoundUnit, scores: Mapping[str, EvidenceScore]) -> frozenset[str]:
    """The criteria with an explained cut that no appraiser has come back to."""
    names = {
        trail.subject(member.round, member.unit, code): code
        for code, score in scores.items()
        if is_cut(score) and score.explanation
    }
    return frozenset(names[name] for name in trail.undecided(names))


def lines_of(sheet: Sheet, rows: Mapping[str, Row]) -> list[FieldLines]:
    """`rows` are what was typed, by criterion, where the page is shown again because of faults."""
    theirs = meanwhile(sheet, rows)

    def line(entry: Entry) -> Line:
        code = entry.node.code
        return (
            line_of(sheet, entry, rows.get(code), theirs.get(code)) if entry.is_leaf else Line(entry, {}, {})
        )

    return [
        FieldLines(
            field.node,
            tuple(map(line, field.entries)),
            progress(field.leaves, sheet.scores, sheet.waiting),
        )
        for field in sheet.fields
    ]


def line_of(sheet: Sheet, entry: Entry, row: Row | None, theirs: AuditEntry | None) -> Line:
    leaf = entry.node
    score = sheet.scores.get(leaf.code)
    texts = stored_texts(score, sheet.columns(leaf))
    typed = row.raw if row else {}
    return Line(
        entry=entry,
        stored=values_of(score),
        texts={name: typed.get(name, text) for name, text in texts.items()},
        seen=token(score, texts),
        is_cut=is_cut(score),
        waits=leaf.code in sheet.waiting,
        row=row,
        theirs=theirs,
    )


def meanwhile(sheet: Sheet, rows: Mapping[str, Row]) -> dict[str, AuditEntry]:
    """Criterion → what somebody else did to it, for those in conflict."""
    names = {
        trail.subject(sheet.member.round, sheet.member.unit, code): code
        for code, row in rows.items()
        if row.is_conflict
    }
    return {names[name]: entry for name, entry in trail.newest(names).items()} if names else {}
