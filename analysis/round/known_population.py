"""The known population of a survey, as the margins its weights are brought in line with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from questionnaires.faults import N_, Fault
from questionnaires.schema import Questionnaire

DESIGN_COLUMNS = ("unit", "stratum", "mode")
ONE_CHOICE = ("single", "scale", "matrix", "place", "unit")
AGREEMENT = 0.01
"""Counts from several sources never add up to quite the same; further apart, they are not of one people."""
UNKNOWN_CELL = "?"
BETWEEN = " × "

NO_COLUMN = N_("The table has no column “%(column)s”.")
NO_DIMENSION = N_("The targets name no question to weight by.")
UNKNOWN_DIMENSION = N_("“%(column)s” is neither a question of one choice nor one of unit, stratum and mode.")
BAD_TARGET = N_("Cell %(cell)s: the count is %(value)s; a number of at least 0 is needed.")
NO_CELL = N_("Row %(row)s names no answer: a target belongs to a cell.")
DISAGREE = N_(
    "The counts by %(margin)s add up to %(total)s, those by %(other)s to %(other_total)s: they should be the "
    "same people."
)


@dataclass(frozen=True, eq=False)
class Margin:
    """People counted by one or several dimensions: `cells` (joined answers) with their `counts`."""

    dimensions: tuple[str, ...]
    cells: pd.Series
    counts: pd.Series

    @property
    def name(self) -> str:
        return BETWEEN.join(self.dimensions)

    @property
    def column(self) -> str:
        """What the frame of a design calls each row's cell; no item has such a code."""
        return f"[{self.name}]"

    @property
    def total(self) -> float:
        return float(self.counts.sum())


def dimensions_of(targets: pd.DataFrame) -> list[str]:
    return [column for column in targets.columns if column != "count"]


def margins_of(targets: pd.DataFrame) -> list[Margin]:
    """The rows by the dimensions they fill in; rows that fill in all of them are one margin, the grid."""
    named = dimensions_of(targets)
    filled = (targets[named].notna() & (targets[named] != "")).to_numpy()
    margins = []
    for pattern in sorted(set(map(tuple, filled.tolist())), reverse=True):
        dimensions = tuple(name for name, given in zip(named, pattern, strict=True) if given)
        rows = targets[(filled == pattern).all(axis=1)]
        margins.append(Margin(dimensions, joined(rows[list(dimensions)]), rows["count"].astype(float)))
    return margins


def joined(answers: pd.DataFrame) -> pd.Series:
    """The cell of each row: its values joined, or `UNKNOWN_CELL` where one of them is missing."""
    texts = answers.astype("str")
    first, *others = texts.columns
    cells = texts[first].str.cat(texts[others], sep=BETWEEN) if others else texts[first]
    return cells.fillna(UNKNOWN_CELL)


def target_faults(targets: pd.DataFrame, questionnaire: Questionnaire, place: str) -> Iterator[Fault]:
    """Everything wrong with a table of known counts before it meets the answers."""
    named = dimensions_of(targets)
    if "count" not in targets:
        yield Fault(place, NO_COLUMN, {"column": "count"})
    if not named:
        yield Fault(place, NO_DIMENSION)
    single = [item.code for item in questionnaire.items() if item.question.kind in ONE_CHOICE]
    for column in sorted(set(named) - {*DESIGN_COLUMNS, *single}):
        yield Fault(place, UNKNOWN_DIMENSION, {"column": column})
    if "count" in targets and named:
        yield from _row_faults(targets, named, place) or _disagreements(targets, place)


def _row_faults(targets: pd.DataFrame, named: list[str], place: str) -> list[Fault]:
    empty = ~(targets[named].notna() & (targets[named] != "")).any(axis=1)
    bad = ~(pd.to_numeric(targets["count"], errors="coerce") >= 0)
    faults = [Fault(place, NO_CELL, {"row": number}) for number, out in enumerate(empty, start=1) if out]
    for row in targets[bad & ~empty].to_dict("records"):
        cell = BETWEEN.join(str(row[name]) for name in named if pd.notna(row[name]) and row[name] != "")
        faults.append(Fault(place, BAD_TARGET, {"cell": cell, "value": row["count"]}))
    return faults


def _disagreements(targets: pd.DataFrame, place: str) -> Iterator[Fault]:
    first, *others = margins_of(targets)
    for margin in others:
        if abs(margin.total - first.total) > AGREEMENT * first.total:
            totals = {"total": f"{margin.total:g}", "other_total": f"{first.total:g}"}
            yield Fault(place, DISAGREE, {"margin": margin.name, "other": first.name, **totals})
