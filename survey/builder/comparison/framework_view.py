"""Two versions of a framework as the page lays them side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from questionnaires.comparison import KEPT, REWEIGHTED, Comparison, Row, compare
from questionnaires.comparison.record import KINDS, FieldSums
from questionnaires.comparison.words import KIND_NAMES
from survey.builder.comparison.cells import Cell, Cells, tags
from survey.builder.comparison.sides import Side
from survey.builder.covering import newest_questionnaires


@dataclass(frozen=True)
class Line:
    """A criterion side by side; `tags` say in words and colours what became of it."""

    row: Row
    tags: Sequence[tuple[str, str]]
    before: Cell | None
    after: Cell | None


@dataclass(frozen=True)
class Filter:
    """A kind of change to look at alone, and how many criteria, fields included, it has."""

    kind: str
    words: str
    count: int


@dataclass(frozen=True)
class Compared:
    comparison: Comparison
    lines: tuple[Line, ...]

    @property
    def changed(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if KEPT not in line.row.kinds and not is_mere_sum(line.row))

    @property
    def kept(self) -> tuple[Line, ...]:
        return self.of(KEPT)

    def of(self, kind: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if kind in line.row.kinds and not is_mere_sum(line.row))

    @property
    def filters(self) -> list[Filter]:
        counted = [
            Filter(kind, gettext(KIND_NAMES[kind]), len(self.of(kind))) for kind in KINDS if kind != KEPT
        ]
        return [each for each in counted if each.count]

    @property
    def fields(self) -> Sequence[FieldSums]:
        return self.comparison.fields


def is_mere_sum(row: Row) -> bool:
    """Whether nothing changed but the sum of the parts, which stand in rows of their own."""
    return not row.leaf and row.kinds == {REWEIGHTED}


def compared(before: Side, after: Side) -> Compared:
    found = compare(before.definition, after.definition)
    asked = newest_questionnaires()
    sides = Cells(found.before, asked), Cells(found.after, asked)
    return Compared(found, tuple(line_of(row, *sides) for row in found.rows))


def line_of(row: Row, before: Cells, after: Cells) -> Line:
    return Line(
        row,
        tags(row.kinds),
        before.of(row.before, row.differences),
        after.of(row.after, row.differences),
    )
