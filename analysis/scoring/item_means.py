"""Means of items domain by domain, with the covariance of each domain's means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.estimation.design import Design
from analysis.estimation.estimate import t_quantile
from analysis.estimation.estimates import mean

Numbers = NDArray[np.float64]
LARGEST_COVARIANCE = 2_000
"""Rows of a covariance matrix computed at once: with more domains than fit, blocks of them take turns."""
LARGEST_GRID = 50_000_000
"""Sums held at once where a stratum with a single response makes the design look at all of them."""


@dataclass(frozen=True, eq=False)
class ItemMeans:
    """The (columns,) means in one domain, their covariance, answers, weight of those answers, and df.

    A column without answers has mean and covariance 0 and `n` 0.
    """

    means: Numbers
    covariance: Numbers
    n: Numbers
    weight: Numbers
    df: float


def item_means(design: Design, columns: Sequence[str], by: str) -> dict[str, ItemMeans]:
    """Value of the column `by` → the design-based means there, for every value with a response.

    Covariances between different values are not kept: units are independent samples, as a stratum belongs to
    one unit, and other breakdowns are never added up.
    """
    if not columns or not design.frame[by].notna().any():
        return {}
    found: dict[str, ItemMeans] = {}
    weights = _answered_weight(design, columns, by)
    for block in _blocks(design, len(columns), by):
        found.update(_block_means(design, list(columns), by, block, weights))
    return found


def overall_means(design: Design, columns: Sequence[str]) -> ItemMeans:
    """The means over the whole sample."""
    estimate = mean(design, list(columns))
    return ItemMeans(
        means=np.nan_to_num(estimate.table["estimate"].to_numpy(dtype=float)),
        covariance=np.nan_to_num(estimate.covariance.to_numpy()),
        n=estimate.table["n"].to_numpy(dtype=float),
        weight=design.frame[list(columns)].notna().mul(design.weights, axis=0).sum().to_numpy(dtype=float),
        df=float(estimate.table["df"].iloc[0]),
    )


def _blocks(design: Design, columns: int, by: str) -> Iterator[list[str]]:
    values = sorted(design.frame[by].dropna().unique())
    lonely = any(stage.lonely.any() for stage in design.stages)
    fitting = LARGEST_GRID // (len(design.frame) * columns) if lonely else len(values)
    size = max(1, min(LARGEST_COVARIANCE // columns, fitting))
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _answered_weight(design: Design, columns: Sequence[str], by: str) -> pd.DataFrame:
    """Values × columns: the sum of the weights of the responses that answered."""
    answered = design.frame[list(columns)].notna().mul(design.weights, axis=0)
    return answered.groupby(design.frame[by], observed=True).sum()


def _block_means(
    design: Design, columns: list[str], by: str, values: list[str], weights: pd.DataFrame
) -> Iterator[tuple[str, ItemMeans]]:
    estimate = mean(design.where(design.frame[by].isin(values)), columns, by=by)
    table, covariance = estimate.table, estimate.covariance.to_numpy()
    for first in range(0, len(table), len(columns)):
        rows = slice(first, first + len(columns))
        value = str(table[by].iloc[first])
        yield (
            value,
            ItemMeans(
                means=np.nan_to_num(table["estimate"].to_numpy(dtype=float)[rows]),
                covariance=np.nan_to_num(covariance[rows, rows]),
                n=table["n"].to_numpy(dtype=float)[rows],
                weight=weights.loc[value, columns].to_numpy(dtype=float),
                df=float(table["df"].iloc[first]),
            ),
        )


def interval(rate: Numbers, variance: Numbers, df: Numbers, level: float) -> tuple[Numbers, Numbers, Numbers]:
    """Standard error and t interval of rates in 0..1; none where nobody can tell (df 0: a single response).

    `df` is infinite for a rate that carries no sampling error.
    """
    se = np.sqrt(np.maximum(variance, 0.0))
    sampled = np.isfinite(df)
    reach = np.where(sampled, t_quantile(level, np.where(sampled, df, 1.0)), 0.0) * se
    se = np.where(np.isnan(rate) | np.isnan(reach), np.nan, se)
    return se, np.clip(rate - reach, 0.0, 1.0), np.clip(rate + reach, 0.0, 1.0)
