"""The textbook's recursion for the covariance of totals, unit by unit: slow, and free of anything the
product does.

Särndal, Swensson & Wretman (1992), result 4.3.1: the spread of unit totals within strata, plus the
sampling fraction times the covariance found inside each unit.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def covariance(
    scores: pd.DataFrame,
    frame: pd.DataFrame,
    strata: Sequence[str],
    clusters: Sequence[str],
    populations: Sequence[str],
) -> np.ndarray:
    """(K, K) estimated covariance of the column sums of `scores`; the lists hold one column a stage."""
    found = np.zeros((scores.shape[1],) * 2)
    for _, rows in frame.groupby(strata[0]):
        units = [unit for _, unit in rows.groupby(clusters[0])]
        sums = np.array([scores.loc[unit.index].sum() for unit in units])
        population = rows[populations[0]].iloc[0] if populations else np.inf
        fraction = len(units) / population
        found += (1 - fraction) * len(units) * np.cov(sums.T).reshape(found.shape)
        if len(clusters) > 1 and fraction > 0:
            for unit in units:
                inside = covariance(scores.loc[unit.index], unit, strata[1:], clusters[1:], populations[1:])
                found += fraction * inside
    return found
