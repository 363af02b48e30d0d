"""Means of items unit by unit, with the covariance of each unit's means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.design import Design
from analysis.estimates import mean

Numbers = NDArray[np.float64]
LARGEST_COVARIANCE = 2_000
"""Rows of a covariance matrix computed at once: with more units than fit, blocks of units take turns."""
LARGEST_GRID = 50_000_000
"""Sums held at once where a stratum with a single response makes the design look at all of them."""


@dataclass(frozen=True, eq=False)
class UnitMeans:
    """The (columns,) means of one unit, their covariance, answers, weight of those answers, and df.

    A column without answers has mean and covariance 0 and `n` 0.
    """

    means: Numbers
    covariance: Numbers
    n: Numbers
    weight: Numbers
    df: float


def unit_means(design: Design, columns: Sequence[str]) -> dict[str, UnitMeans]:
    """Unit → the design-based means of its responses, for every unit with a response.

    The samples of different units are taken as independent: a stratum belongs to one unit.
    """
    if not columns:
        return {}
    found: dict[str, UnitMeans] = {}
    weights = _answered_weight(design, columns)
    for block in _blocks(design, len(columns)):
        found.update(_block_means(design, list(columns), block, weights))
    return found


def _blocks(design: Design, columns: int) -> Iterator[list[str]]:
    units = sorted(design.frame["unit"].unique())
    lonely = any(stage.lonely.any() for stage in design.stages)
    fitting = LARGEST_GRID // (len(design.frame) * columns) if lonely else len(units)
    size = max(1, min(LARGEST_COVARIANCE // columns, fitting))
    for start in range(0, len(units), size):
        yield units[start : start + size]


def _answered_weight(design: Design, columns: Sequence[str]) -> pd.DataFrame:
    """Units × columns: the sum of the weights of the responses that answered."""
    answered = design.frame[list(columns)].notna().mul(design.weights, axis=0)
    return answered.groupby(design.frame["unit"]).sum()


def _block_means(
    design: Design, columns: list[str], units: list[str], weights: pd.DataFrame
) -> Iterator[tuple[str, UnitMeans]]:
    estimate = mean(design.where(design.frame["unit"].isin(units)), columns, by="unit")
    table, covariance = estimate.table, estimate.covariance.to_numpy()
    for first in range(0, len(table), len(columns)):
        rows = slice(first, first + len(columns))
        unit = str(table["unit"].iloc[first])
        yield (
            unit,
            UnitMeans(
                means=np.nan_to_num(table["estimate"].to_numpy(dtype=float)[rows]),
                covariance=np.nan_to_num(covariance[rows, rows]),
                n=table["n"].to_numpy(dtype=float)[rows],
                weight=weights.loc[unit, columns].to_numpy(dtype=float),
                df=float(table["df"].iloc[first]),
            ),
        )
