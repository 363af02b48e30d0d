"""Correlations of items with their sampling error, and what is fitted to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.domains import Domains
from analysis.estimation.linearise import CovarianceSums
from analysis.scales.answers import Answers
from analysis.scales.moments import correlations

Fitted = Callable[[np.ndarray], np.ndarray]
"""(p, p) correlation matrix → (K,) what is fitted to it."""


@dataclass(frozen=True, eq=False)
class Correlations:
    """`matrix`: (p, p). `covariance`: (P, P) of its P = p(p−1)/2 pairs, in the order of
    `np.triu_indices(p, 1)`. `replicated`: (R, P) the pairs in each replicate, None without replicates.
    """

    design: Design
    matrix: np.ndarray
    covariance: np.ndarray
    replicated: np.ndarray | None

    @property
    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        return np.triu_indices(len(self.matrix), 1)

    def covariance_of(self, value: np.ndarray, slopes: np.ndarray, fitted: Fitted) -> np.ndarray:
        """(K, K) covariance of what is fitted: by its `slopes` (K, P), or fitted anew in each replicate.

        A replicate to which nothing can be fitted is left out.
        """
        if self.replicated is None:
            return slopes @ self.covariance @ slopes.T
        assert self.design.replicates is not None
        values = [_attempt(fitted, self._square(pairs), len(value)) for pairs in self.replicated]
        return self.design.replicates.covariance(np.array(values), value)

    def _square(self, pairs: np.ndarray) -> np.ndarray:
        matrix = np.eye(len(self.matrix))
        matrix[self.pairs] = pairs
        return np.triu(matrix) + np.triu(matrix, 1).T


def infer_correlations(design: Design, answers: Answers) -> Correlations:
    """The weighted correlations of the answers, whose scores are w (z_j z_l − r (z_j² + z_l²) / 2) / Σw."""
    matrix = correlations(answers.covariance(design.weights))
    if design.replicates is None:
        return Correlations(design, matrix, _linearised(design, answers, matrix), None)
    pairs = np.triu_indices(len(matrix), 1)
    replicated = np.array(
        [correlations(answers.covariance(weights))[pairs] for weights in design.replicate_weights()]
    )
    return Correlations(design, matrix, design.replicates.covariance(replicated, matrix[pairs]), replicated)


def _linearised(design: Design, answers: Answers, matrix: np.ndarray) -> np.ndarray:
    whole = Domains(np.zeros(len(design.frame), dtype=np.int64), design.inside, 1)
    sums = CovarianceSums(design, whole, len(matrix) * (len(matrix) - 1) // 2)
    for score in _scores(design, answers, matrix):
        sums.add(score)
    return sums.covariance()


def _scores(design: Design, answers: Answers, matrix: np.ndarray) -> Iterator[np.ndarray]:
    spread = np.diag(answers.covariance(design.weights))
    entry = answers.entry_scores(design.weights)
    own = [entry(place, place) / variance for place, variance in enumerate(spread)]
    for one, other in np.argwhere(np.triu(np.ones_like(matrix), 1)):
        score = np.zeros(len(design.frame))
        product = entry(one, other) / np.sqrt(spread[one] * spread[other])
        score[answers.rows] = product - matrix[one, other] * (own[one] + own[other]) / 2
        yield score


def _attempt(fitted: Fitted, matrix: np.ndarray, width: int) -> np.ndarray:
    try:
        return fitted(matrix)
    except DesignError:
        return np.full(width, np.nan)
