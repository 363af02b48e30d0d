"""Intervals of quantiles. Each function gives lower and upper ends, (D, I, P) both: domains, items and
probabilities.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.estimation.estimate import t_quantile
from analysis.estimation.quantile_answers import Answers, Asked, all_quantiles
from analysis.estimation.quantile_rules import Ordered, quantiles_of
from analysis.estimation.score_interval import score_shares
from analysis.estimation.share_intervals import Interval, Share, rows_of

Ends = tuple[np.ndarray, np.ndarray]


def woodruff(
    asked: Asked,
    items: Sequence[Answers],
    values: np.ndarray,
    se: np.ndarray,
    df: np.ndarray,
    method: Interval,
) -> Ends:
    """The interval of the share at or below each quantile, turned back into quantiles.

    `values`, and `se` of the shares: (D, I, P); `df`: (D, I).
    """
    lower, upper = np.full_like(values, np.nan), np.full_like(values, np.nan)
    for place, item in enumerate(items):
        rows = rows_of(asked.design, asked.domains, item.answered)
        for domain, ordered in enumerate(item.ordered(asked.design.weights)):
            p = np.array([ordered.share_up_to(value) for value in values[domain, place]])
            n = np.asarray(len(ordered.answers))
            share = Share(p, se[domain, place], df[domain, place], rows[domain], n, asked.level)
            low, high = method(share)
            lower[domain, place] = _turned_back(asked, ordered, np.where(low < 0, np.nan, low))
            upper[domain, place] = _turned_back(asked, ordered, np.where(high > 1, np.nan, high))
    return lower, upper


def by_score(asked: Asked, items: Sequence[Answers], df: np.ndarray) -> Ends:
    """The values that a score test does not refuse; `df`: (D, I)."""
    lower = np.full((*df.shape, len(asked.probabilities)), np.nan)
    upper = lower.copy()
    for place, item in enumerate(items):
        for domain, ordered in enumerate(item.ordered(asked.design.weights)):
            own = asked.design.where(item.answered & asked.domains.active & (asked.domains.codes == domain))
            t = float(t_quantile(asked.level, df[domain, place]))
            ends = np.array([score_shares(own, item.numbers, p, t) for p in asked.probabilities])
            lower[domain, place], upper[domain, place] = (
                _turned_back(asked, ordered, shares) for shares in ends.T
            )
    return lower, upper


def replicate_covariance(asked: Asked, items: Sequence[Answers], values: np.ndarray) -> np.ndarray:
    """(D·I·P, D·I·P) covariance of the quantiles computed anew in each replicate."""
    replicates = asked.design.replicates
    assert replicates is not None
    anew = [all_quantiles(asked, items, weights).ravel() for weights in replicates]
    return replicates.covariance(np.array(anew), values.ravel())


def _turned_back(asked: Asked, ordered: Ordered, shares: np.ndarray) -> np.ndarray:
    return quantiles_of(ordered, shares, asked.rule)
