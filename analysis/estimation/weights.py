"""Weights: from the sampling plan, then adjusted to what is known of the population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.estimation.calibration import Calibration
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.stages import joint_codes
from analysis.estimation.weightsteps import WeightStep
from questionnaires.faults import N_

Totals = Mapping | pd.Series | pd.DataFrame


def base_weights(frame: pd.DataFrame, strata: str | Sequence[str], populations: Totals) -> pd.Series:
    """N_h / n_h for each row: population units per responding unit of its stratum.

    `populations`: units per stratum, as in `poststratify`. Strata without rows in `frame` are left out.
    Raises DesignError naming every stratum that has no population, or fewer units than rows.
    """
    columns = [strata] if isinstance(strata, str) else list(strata)
    counts = read_totals(populations, columns)
    rows = _cell_labels(frame, columns)
    sampled = rows.value_counts()
    unknown = sampled.index.difference(counts.index)
    if len(unknown):
        raise DesignError(N_("No population is given for %(cells)s."), cells=_named(columns, unknown))
    population = counts.reindex(sampled.index)
    short = sampled.index[population < sampled]
    if len(short):
        raise DesignError(
            N_("There are more rows than population units in %(cells)s."), cells=_named(columns, short)
        )
    return (rows.map(population) / rows.map(sampled)).astype(float).rename("weight")


def poststratify(design: Design, by: str | Sequence[str], totals: Totals) -> Design:
    """Scale the weights so that each cell of the columns `by` sums to its population total.

    `totals`: {value: total} (tuples for several columns), a Series indexed by the values, or a table of
    the `by` columns and one column of totals. The result's variance is that of distances from the cell
    means (Holt & Smith, 1979, JRSS A 142; Särndal, Swensson & Wretman, 1992, 7.6).
    Raises DesignError naming every cell that has a total but no respondents, or respondents but no total.
    """
    if design.is_domain:
        raise DesignError(N_("Post-stratify the whole sample first, then take the domain."))
    columns = [by] if isinstance(by, str) else list(by)
    targets = read_totals(totals, columns)
    rows = _cell_labels(design.frame, columns)
    cells, found = pd.factorize(rows, sort=True)
    before = design.weights
    sums = pd.Series(np.bincount(cells, before, len(found)), index=found)
    _check_cells(columns, sums, targets)
    wanted = targets.reindex(found).to_numpy(dtype=float)

    def adjust(weights: np.ndarray) -> np.ndarray:
        return weights * (wanted / np.bincount(cells, weights, len(found)))[cells]

    after = adjust(before)
    step = _step(columns, before, after, cells, found, wanted)
    return design.reweighted(after, Calibration(cells, before, after), step, adjust)


def read_totals(totals: Totals, columns: Sequence[str]) -> pd.Series:
    """Population totals by cell: a Series of positive numbers indexed by values (tuples for several
    columns).
    """
    series = (
        _from_table(totals, columns) if isinstance(totals, pd.DataFrame) else pd.Series(totals, dtype=float)
    )
    series = series.astype(float)
    series.index = pd.Index(series.index.to_list(), tupleize_cols=False)
    repeated = series.index[series.index.duplicated()]
    if len(repeated):
        raise DesignError(
            N_("Several totals are given for %(cells)s."), cells=_named(columns, repeated.unique())
        )
    wrong = series.index[~np.isfinite(series) | (series < 0)]
    if len(wrong):
        raise DesignError(
            N_("The total is missing, infinite or negative for %(cells)s."), cells=_named(columns, wrong)
        )
    return series[series > 0]


def _from_table(table: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    absent = [column for column in columns if column not in table.columns]
    counts = [column for column in table.columns if column not in columns]
    if absent or len(counts) != 1:
        raise DesignError(
            N_("A table of totals has the columns %(wanted)s and one of numbers; this one has %(found)s."),
            wanted=listed(columns),
            found=listed(list(table.columns)),
        )
    return pd.Series(table[counts[0]].to_numpy(), index=_cell_labels(table, columns))


def _cell_labels(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """The cell each row lies in: its value, or the tuple of its values."""
    for column in columns:
        if column not in frame.columns:
            raise DesignError(N_("There is no column “%(column)s”."), column=column)
        missing = int(frame[column].isna().sum())
        if missing:
            raise DesignError(
                N_("Column “%(column)s” lacks %(count)s value(s)."), column=column, count=missing
            )
    if len(columns) == 1:
        series = frame[columns[0]]
        return series.astype(series.cat.categories.dtype) if hasattr(series, "cat") else series
    codes = np.zeros(len(frame), dtype=np.int64)
    for column in columns:
        codes, _ = joint_codes(codes, pd.factorize(frame[column])[0])
    _, first = np.unique(codes, return_index=True)
    tuples = list(frame[list(columns)].iloc[first].astype(object).itertuples(index=False, name=None))
    labels = np.empty(len(tuples), dtype=object)
    labels[:] = tuples
    return pd.Series(labels[codes], index=frame.index)


def _check_cells(columns: Sequence[str], sums: pd.Series, targets: pd.Series) -> None:
    unknown = sums.index.difference(targets.index, sort=False)
    if len(unknown):
        raise DesignError(
            N_(
                "There are respondents but no population total in %(cells)s. Add the total, or join the "
                "cell with another."
            ),
            cells=_named(columns, unknown),
        )
    empty = targets.index.difference(sums.index[sums > 0], sort=False)
    if len(empty):
        raise DesignError(
            N_(
                "There is a population total but no respondent in %(cells)s. Join the cell with another, or "
                "leave it out of the totals."
            ),
            cells=_named(columns, empty),
        )


def _named(columns: Sequence[str], cells: pd.Index, most: int = 10) -> str:
    names = [_cell_name(columns, cell) for cell in cells[:most]]
    rest = f" and {len(cells) - most} more" if len(cells) > most else ""
    return "; ".join(names) + rest


def _cell_name(columns: Sequence[str], cell: object) -> str:
    values = cell if len(columns) > 1 and isinstance(cell, tuple) else (cell,)
    return ", ".join(f"{column} = {value}" for column, value in zip(columns, values, strict=True))


def _step(
    columns: Sequence[str],
    before: np.ndarray,
    after: np.ndarray,
    cells: np.ndarray,
    found: pd.Index,
    wanted: np.ndarray,
) -> WeightStep:
    gaps = np.abs(np.bincount(cells, after, len(found)) - wanted) / wanted
    worst = int(np.argmax(gaps))
    name = f"post-stratify by {' × '.join(columns)}"
    return WeightStep.compare(name, before, after, _cell_name(columns, found[worst]), float(gaps[worst]))
