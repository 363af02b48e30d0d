"""The covariance of any statistic of the weights: linearised, or from replicates if the design has them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.estimation.design import Design
from analysis.estimation.domains import Domains
from analysis.estimation.linearise import CovarianceSums
from analysis.estimation.replicate_values import ReplicateValues
from analysis.estimation.sums import Sum

Statistic = Callable[[np.ndarray], np.ndarray]
"""(rows,) weights, 0 outside the domain → (K,) estimates."""

Scores = Callable[[np.ndarray], np.ndarray]
"""(K,) estimates → (rows, K) scores: their sums have, to first order, the errors of the estimates.

Weights are included."""


def infer(design: Design, statistic: Statistic, scores: Scores) -> tuple[np.ndarray, np.ndarray]:
    """(K,) value of `statistic` at the design's weights and its (K, K) covariance.

    The variance is that of the sums of `scores` (Binder, 1983, International Statistical Review 51), or,
    in a design with replicate weights, of `statistic` computed anew in each.
    """
    value = statistic(design.weights)
    if design.replicates is None:
        return value, score_covariance(design, scores(value))
    values = np.array([statistic(weights) for weights in design.replicate_weights()])
    return value, design.replicates.covariance(values, value)


def score_covariance(design: Design, scores: np.ndarray) -> np.ndarray:
    """(K, K) covariance of the column sums of `scores` (rows, K), which must be 0 outside the domain.

    In a design with replicates each score is per unit of weight what it is, and the weights vary. Raises
    DesignError where a stratum has a single unit and the design says "fail".
    """
    whole = Domains(np.zeros(len(scores), dtype=np.int64), design.inside, 1)
    if design.replicates is not None:
        return _replicate_covariance(design, scores, whole)
    sums = CovarianceSums(design, whole, scores.shape[1])
    for column in scores.T:
        sums.add(np.ascontiguousarray(column))
    return sums.covariance()


def _replicate_covariance(design: Design, scores: np.ndarray, whole: Domains) -> np.ndarray:
    values = ReplicateValues(design, whole, scores.shape[1])
    weights = design.weights
    for column in scores.T:
        each = np.divide(column, weights, out=np.zeros(len(column)), where=weights != 0)
        values.add(Sum(each), design.inside, weights, whole.sums(weights * each))
    return values.covariance()
