"""Base weights: from the probabilities of selection, or population over respondents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError
from analysis.weighting.cells import listed_cells, split_cells
from analysis.weighting.targets import Totals, column_names, read_totals
from questionnaires.faults import N_


def base_weights(
    frame: pd.DataFrame,
    strata: str | Sequence[str] | None = None,
    populations: Totals | None = None,
    *,
    probabilities: str | Sequence[str] | None = None,
) -> pd.Series:
    """N_h / n_h for each row, population units per responding unit of its stratum; or, of `probabilities`
    of selection, one column a stage, 1 / (π₁ π₂ …) (Horvitz & Thompson, 1952, JASA 47).

    `populations`: units per stratum, as the totals of `poststratify`. Strata without rows in `frame` are
    left out. Returns (rows,) weights in the order of the frame.
    Raises DesignError naming every stratum that has no population, or fewer units than rows, and a row whose
    probability is not above 0 and at most 1.
    """
    if probabilities is not None and strata is None and populations is None:
        return _from_probabilities(frame, column_names(probabilities))
    if probabilities is not None or strata is None or populations is None:
        raise DesignError(
            N_("Base weights take strata with their populations, or probabilities of selection.")
        )
    cells = split_cells(frame, column_names(strata))
    counts = read_totals(populations, cells.columns, frame)
    unknown = cells.labels.difference(counts.index)
    if len(unknown):
        raise DesignError(
            N_("No population is given for %(cells)s."), cells=listed_cells(cells.columns, unknown)
        )
    sampled = np.bincount(cells.codes, minlength=cells.size)
    population = counts.reindex(cells.labels).to_numpy(dtype=float)
    short = cells.labels[population < sampled]
    if len(short):
        raise DesignError(
            N_("There are more rows than population units in %(cells)s."),
            cells=listed_cells(cells.columns, short),
        )
    return pd.Series((population / sampled)[cells.codes], frame.index, name="weight")


def _from_probabilities(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    weights = np.ones(len(frame))
    for column in columns:
        if column not in frame.columns:
            raise DesignError(N_("There is no column “%(column)s”."), column=column)
        chance = pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=float)
        wrong = ~((chance > 0) & (chance <= 1))
        if wrong.any():
            row = int(np.argmax(wrong))
            raise DesignError(
                N_(
                    "Column “%(column)s” has %(value)s in row %(row)s: a probability of selection is above 0 "
                    "and at most 1."
                ),
                column=column,
                value=frame[column].iloc[row],
                row=frame.index[row],
            )
        weights = weights / chance
    return pd.Series(weights, frame.index, name="weight")
