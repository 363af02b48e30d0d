"""Weights that give every domain the same make-up, so that its mean differs for other reasons than that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimation.calibration import within_cells
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimation import check_option
from analysis.estimation.weightsteps import WeightStep
from analysis.weighting.cells import Cells, listed_cells, split_cells
from analysis.weighting.targets import Totals, column_names, read_totals
from questionnaires.faults import N_

Names = str | Sequence[str]
Empty = Literal["fail", "ignore"]


def standardise(
    design: Design,
    by: Names,
    over: Names = (),
    population: Totals | None = None,
    excluding_missing: Names = (),
    empty: Empty = "fail",
) -> Design:
    """Weights with which each domain of `over` has the shares by `by` that `population` has (direct
    standardisation).

    Each domain keeps its sum of weights, the whole sample without `over`. `population`: counts by the cells
    of `by`, as in `poststratify`; only their shares matter. Rows where a column of `excluding_missing` has
    no answer are left out first: name the item to be compared if it has missing answers. `empty`: a cell of
    `by` that nobody in a domain is in is refused ("fail"), or left out of that domain, whose make-up then
    differs ("ignore", as R does). The variance is that of post-stratification to the sums by `by` and
    `over`, taken as fixed (`svystandardize`, Lumley). Raises DesignError.
    """
    check_option("empty", empty, Empty)
    within, across = column_names(by), column_names(over)
    if not within or population is None:
        raise DesignError(N_("Standardising needs the columns that make the cells, and their population."))
    shares = read_totals(population, within, design.frame)
    design = _answering(design, column_names(excluding_missing))
    cells = split_cells(design.frame, [*within, *across], design.weights)
    before = design.weights
    wanted = _wanted(cells, len(within), shares / shares.sum(), before, empty)
    inside = design.inside

    def adjust(weights: np.ndarray) -> np.ndarray:
        weights = np.where(inside, weights, 0.0)
        return weights * (wanted / cells.sums(weights))[cells.codes]

    after = adjust(before)
    step = WeightStep.compare(f"standardise by {cells.name}", before, after)
    return design.reweighted(after, within_cells(cells.codes, cells.size, before, after), step, adjust)


def _answering(design: Design, columns: Sequence[str]) -> Design:
    unknown = [column for column in columns if column not in design.frame.columns]
    if unknown:
        raise DesignError(N_("There is no column “%(column)s”."), column=unknown[0])
    return design.where(design.frame[list(columns)].notna().all(axis=1)) if columns else design


def _wanted(cells: Cells, depth: int, shares: pd.Series, weights: np.ndarray, empty: str) -> np.ndarray:
    """(C,) what the weights of each cell are to sum to; the first `depth` columns make its share."""
    keys = [label if isinstance(label, tuple) else (label,) for label in cells.labels]
    groups = pd.Index([_plain(key[:depth]) for key in keys], tupleize_cols=False)
    domains = pd.Index([key[depth:] for key in keys], tupleize_cols=False)
    _check_cells(cells.columns, depth, groups, domains, shares, empty)
    sums = pd.Series(cells.sums(weights)).groupby(pd.factorize(domains)[0]).transform("sum")
    return shares.reindex(groups).to_numpy() * sums.to_numpy()


def _plain(key: tuple) -> object:
    return key[0] if len(key) == 1 else key


def _check_cells(
    columns: tuple[str, ...],
    depth: int,
    groups: pd.Index,
    domains: pd.Index,
    shares: pd.Series,
    empty: str,
) -> None:
    unknown = groups.unique().difference(shares.index, sort=False)
    if len(unknown):
        raise DesignError(
            N_("There are respondents but no population count in %(cells)s. Add the count."),
            cells=listed_cells(columns[:depth], unknown),
        )
    if empty == "ignore":
        return
    present = set(zip(groups, domains, strict=True))
    absent = [
        (*(group if depth > 1 else (group,)), *domain)
        for domain in domains.unique()
        for group in shares.index
        if (group, domain) not in present
    ]
    if absent:
        labels = pd.Index([_plain(key) for key in absent], tupleize_cols=False)
        raise DesignError(
            N_(
                "Nobody is in %(cells)s. Join cells, leave the domain out, or standardise without these "
                "cells (empty=“ignore”)."
            ),
            cells=listed_cells(columns, labels),
        )
