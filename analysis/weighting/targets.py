"""Population totals by cell, from a table, a mapping or a file, set against the cells of the sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import PathLike

import numpy as np
import pandas as pd

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.weighting.cells import Cells, listed_cells, split_cells
from analysis.weighting.target_files import read_tables
from questionnaires.faults import N_

Totals = Mapping | pd.Series | pd.DataFrame | str | PathLike
"""{value: total} (tuples for several columns), a Series indexed by values, a table of the columns and one of
totals, or the path of a CSV or Excel file with such a table."""

Margins = Mapping | str | PathLike
"""{column or tuple of columns: Totals}, or the path of a file of such tables: one a sheet in Excel."""

# Totals of the whole population that differ by more than this share cannot be met at once.
_SAME_SUM = 1e-6


@dataclass(frozen=True, eq=False)
class Target:
    """Cells of the sample and (C,) what each is to sum to."""

    cells: Cells
    wanted: np.ndarray

    @property
    def name(self) -> str:
        return self.cells.name

    @property
    def total(self) -> float:
        return float(self.wanted.sum())

    def named(self, cell: int) -> str:
        return self.cells.named(self.cells.labels[cell])

    def gaps(self, sums: np.ndarray) -> np.ndarray:
        """(C,) by how much each cell's sum misses its total, relative to it."""
        return np.abs(sums - self.wanted) / self.wanted


def column_names(by: str | Sequence[str]) -> list[str]:
    return [by] if isinstance(by, str) else list(by)


def target(design: Design, by: str | Sequence[str], totals: Totals) -> Target:
    """The totals of the cells of `by`; raises DesignError for cells without totals or without respondents."""
    columns = column_names(by)
    cells = split_cells(design.frame, columns, design.weights)
    wanted = read_totals(totals, columns, design.frame)
    _check_cells(cells, wanted)
    return Target(cells, wanted.reindex(cells.labels).to_numpy(dtype=float))


def margin_targets(design: Design, margins: Margins) -> list[Target]:
    """A target for each margin; raises DesignError where two do not sum to the same population."""
    if isinstance(margins, str | PathLike):
        margins = margins_of_file(design, margins)
    if not margins:
        raise DesignError(N_("No margin is given."))
    targets = [target(design, by, totals) for by, totals in margins.items()]
    check_sums(targets)
    return targets


def margins_of_file(design: Design, path: str | PathLike) -> dict[tuple[str, ...], pd.DataFrame]:
    """A table of totals for each sheet of the file, by its columns."""
    tables = read_tables(path, list(map(str, design.frame.columns)), design.frame)
    return {tuple(table.columns[:-1]): table for table in tables}


def check_sums(targets: Sequence[Target]) -> None:
    """Refuse margins of different populations."""
    first = targets[0]
    for other in targets[1:]:
        if abs(other.total - first.total) > _SAME_SUM * first.total:
            raise DesignError(
                N_(
                    "The totals disagree: those of %(first)s sum to %(first_total)s, those of %(other)s to "
                    "%(other_total)s. Correct one of them, or scale it to the sum of the other."
                ),
                first=first.name,
                first_total=f"{first.total:.10g}",
                other=other.name,
                other_total=f"{other.total:.10g}",
            )


def check_positive(target: Target, sums: np.ndarray) -> None:
    """Refuse cells whose weights (C,) sum to nothing that could be scaled, as negative ones may."""
    wrong = target.cells.labels[sums <= 0]
    if len(wrong):
        raise DesignError(
            N_("The weights sum to 0 or less in %(cells)s. Join the cell with another."),
            cells=listed_cells(target.cells.columns, wrong),
        )


def worst_cell(targets: Sequence[Target], sums: Sequence[np.ndarray]) -> tuple[str, float]:
    """Of all targets, the cell whose sum misses its total by most, and by how much, relative to it."""
    gaps = [target.gaps(found) for target, found in zip(targets, sums, strict=True)]
    target, gap = max(zip(targets, gaps, strict=True), key=lambda pair: float(pair[1].max()))
    return target.named(int(gap.argmax())), float(gap.max())


def read_totals(totals: Totals, columns: Sequence[str], frame: pd.DataFrame | None = None) -> pd.Series:
    """Population totals by cell: a Series of positive numbers indexed by values (tuples for several
    columns). `frame` says of which type the values of a file's columns are.
    """
    if isinstance(totals, str | PathLike):
        [totals] = read_tables(totals, columns, frame, sheets=1)
    series = (
        _from_table(totals, columns) if isinstance(totals, pd.DataFrame) else pd.Series(totals, dtype=object)
    )
    series = pd.to_numeric(series, errors="coerce").astype(float)  # what is no number counts as missing
    series.index = pd.Index(series.index.to_list(), tupleize_cols=False)
    if not series.index.is_unique:
        repeated = series.index[series.index.duplicated()].unique()
        raise DesignError(
            N_("Several totals are given for %(cells)s."), cells=listed_cells(columns, repeated)
        )
    numbers = series.to_numpy()
    wrong = ~np.isfinite(numbers) | (numbers < 0)
    if wrong.any():
        raise DesignError(
            N_("The total is missing, infinite or negative for %(cells)s."),
            cells=listed_cells(columns, series.index[wrong]),
        )
    return series if numbers.all() else series[numbers > 0]


def _from_table(table: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    absent = [column for column in columns if column not in table.columns]
    counts = [column for column in table.columns if column not in columns]
    if absent or len(counts) != 1:
        raise DesignError(
            N_("A table of totals has the columns %(wanted)s and one of numbers; this one has %(found)s."),
            wanted=listed(columns),
            found=listed(list(table.columns)),
        )
    cells = [table[column].to_numpy(dtype=object) for column in columns]
    labels = cells[0] if len(cells) == 1 else list(zip(*cells, strict=True))
    return pd.Series(table[counts[0]].to_numpy(), index=pd.Index(labels, tupleize_cols=False))


def _check_cells(cells: Cells, wanted: pd.Series) -> None:
    if cells.labels.equals(wanted.index):
        return
    unknown = cells.labels.difference(wanted.index, sort=False)
    if len(unknown):
        raise DesignError(
            N_(
                "There are respondents but no population total in %(cells)s. Add the total, or join the "
                "cell with another."
            ),
            cells=listed_cells(cells.columns, unknown),
        )
    empty = wanted.index.difference(cells.labels, sort=False)
    if len(empty):
        raise DesignError(
            N_(
                "There is a population total but no respondent in %(cells)s. Join the cell with another, or "
                "leave it out of the totals."
            ),
            cells=listed_cells(cells.columns, empty),
        )
