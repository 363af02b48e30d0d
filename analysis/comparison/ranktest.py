"""Rank tests under the survey's design: do two or more groups differ in where they stand?

The ranks estimate where each answer stands in the population, and their scores are compared between groups
as if known (Lumley & Scott, 2013, Biometrika 100).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special

from analysis.comparison.groups import groups_within
from analysis.comparison.result import f_tail, positive
from analysis.comparison.ttest import group_means, mean_residuals, standardised, two_sided
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimation import check_option
from analysis.estimation.groups import Groups, read_groups
from analysis.estimation.inference import infer
from analysis.estimation.items import read_items
from questionnaires.faults import N_

Test = Literal["wilcoxon", "vanderWaerden", "median", "KruskalWallis"]
Ties = Literal["rows", "weights"]

RankScore = Callable[[np.ndarray, float], np.ndarray]
"""(rows,) estimated population ranks, between 0 and N, and N → (rows,) scores."""

SCORES: dict[str, RankScore] = {
    "wilcoxon": lambda ranks, size: ranks / size,
    "KruskalWallis": lambda ranks, size: ranks / size,
    "vanderWaerden": lambda ranks, size: special.ndtri(ranks / size),
    "median": lambda ranks, size: (ranks > size / 2).astype(float),
}


@dataclass(frozen=True)
class RankTest:
    """A design-based rank test.

    Of two groups: `statistic` is t with `df`, `estimate` the second group's mean score less the first's, `se`
    its error, and `ddf` equals `df`. Of more: `statistic` is a Wald chi-square with `df`, of which
    statistic / df is referred to F with `df` and `ddf`; `estimate` and `se` are nan. `means`: mean score of
    each group.
    """

    test: str
    statistic: float
    df: int
    ddf: int
    p: float
    estimate: float
    se: float
    means: dict[object, float]


def ranktest(
    design: Design,
    outcome: str,
    group: str,
    test: Test | RankScore = "wilcoxon",
    ties: Ties = "rows",
) -> RankTest:
    """Test that the groups' distributions of `outcome` (numbers or ordered categories) are the same.

    A row's rank is the sum of the weights below it plus half its own. Among equal answers it is the plain
    mean of their ranks in order of the rows ("rows", as R's `survey` does, which depends a little on the
    order), or the sum below plus half the sum of the tied weights ("weights"). `test` names the score of a
    rank r of N: r/N for "wilcoxon" and "KruskalWallis", Φ⁻¹(r/N) for "vanderWaerden", r > N/2 for "median";
    or is a function of ranks and N. Degrees of freedom below are those of the design over the rows used, less
    one per group beyond the first. Raises DesignError.
    """
    check_option("ties", ties, Ties)
    if not callable(test):
        check_option("test", test, Test)
    values, answered = _ordered(design.frame, outcome)
    groups = groups_within(design, group, answered)
    used = answered & design.inside & read_groups(design.frame, group).answered
    ranks = _ranks(values[used], design.weights[used], ties)
    scores = np.zeros(len(values))
    scores[used] = _scores(ranks, design.weights[used], test if callable(test) else SCORES[test])
    means, covariance = _compared(design, scores, groups)
    name = test if isinstance(test, str) else getattr(test, "__name__", "scores")
    left = positive(design.where(groups.answered).degrees_of_freedom - (groups.size - 1))
    by_group = dict(zip(groups.levels, means.tolist(), strict=True))
    result = _two_groups if groups.size == 2 else _several_groups
    return result(name, means[1:] - means[0], covariance, left, by_group)


def _ordered(frame: pd.DataFrame, outcome: str) -> tuple[np.ndarray, np.ndarray]:
    """(rows,) numbers whose order is that of the answers, and where there is one."""
    [item] = read_items(frame, outcome)
    if item.levels is None:
        return item.series.to_numpy(dtype=float, na_value=np.nan), item.answered
    if isinstance(item.series.dtype, pd.CategoricalDtype) and item.series.dtype.ordered:
        return item.series.cat.codes.to_numpy().astype(float), item.answered
    raise DesignError(
        N_("“%(column)s” has no order to rank by: it holds neither numbers nor ordered categories."),
        column=outcome,
    )


def _ranks(values: np.ndarray, weights: np.ndarray, ties: Ties) -> np.ndarray:
    """(n,) estimated population rank of each row, equal answers sharing one."""
    order = np.argsort(values, kind="stable")
    sorted_weights = weights[order]
    own = np.cumsum(sorted_weights) - sorted_weights / 2
    _, tied = np.unique(values[order], return_inverse=True)
    # The middle of the tied weights is the mean of their rows' ranks, each counting by its weight.
    counts = np.ones(len(own)) if ties == "rows" else sorted_weights
    total = np.bincount(tied, counts)
    shared = np.divide(np.bincount(tied, counts * own), total, out=np.zeros(len(total)), where=total > 0)
    ranks = np.empty(len(values))
    ranks[order] = shared[tied]
    return ranks


def _scores(ranks: np.ndarray, weights: np.ndarray, score: RankScore) -> np.ndarray:
    """(n,) scores of the ranks, 0 where there is no weight."""
    counted = weights != 0
    scores = np.zeros(len(ranks))
    scores[counted] = np.asarray(score(ranks[counted], float(weights.sum())), dtype=float)
    if not np.isfinite(scores).all():
        raise DesignError(N_("The score function gives no number for some rank between 0 and N."))
    return scores


def _compared(design: Design, scores: np.ndarray, groups: Groups) -> tuple[np.ndarray, np.ndarray]:
    """(G,) mean scores and the (G − 1, G − 1) covariance of their distances from the first group's."""
    means = group_means(design.weights, scores, groups)
    residuals = mean_residuals(design.weights, scores, groups, means)
    distances = residuals[:, 1:] - residuals[:, :1]
    _, covariance = infer(
        design, lambda weights: weights @ distances, lambda _: design.weights[:, None] * distances
    )
    return means, covariance


def _two_groups(
    test: str, distances: np.ndarray, covariance: np.ndarray, df: int, means: dict[object, float]
) -> RankTest:
    estimate, se = float(distances[0]), float(np.sqrt(covariance[0, 0]))
    t = standardised(estimate, se)
    return RankTest(test, t, df, df, two_sided(t, df), estimate, se, means)


def _several_groups(
    test: str, distances: np.ndarray, covariance: np.ndarray, ddf: int, means: dict[object, float]
) -> RankTest:
    if np.linalg.matrix_rank(covariance, hermitian=True) < len(distances):
        raise DesignError(N_("There are too few primary units to compare so many groups. Join groups."))
    df = len(distances)
    statistic = float(distances @ np.linalg.solve(covariance, distances))
    return RankTest(test, statistic, df, ddf, f_tail(statistic / df, df, ddf), np.nan, np.nan, means)
