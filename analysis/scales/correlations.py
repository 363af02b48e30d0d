"""Correlations of items with their sampling error, and what is fitted to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.domains import Domains
from analysis.estimation.estimation import check_option
from analysis.estimation.linearise import CovarianceSums
from analysis.scales.answers import Answers
from analysis.scales.moments import correlations
from analysis.scales.polychoric import Polychoric

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


class Measure(Protocol):
    """A way to correlate answers; `weights` (rows of the frame,) in both."""

    def matrix(self, weights: np.ndarray) -> np.ndarray:
        """(p, p)"""
        ...

    def scores(self, weights: np.ndarray) -> Iterator[np.ndarray]:
        """(m,) of each pair in turn, for the rows of the answers."""
        ...


@dataclass(frozen=True, eq=False)
class Pearson:
    """Answers as numbers. A row's score is w (z_j z_l − r (z_j² + z_l²) / 2) / Σw."""

    answers: Answers

    def matrix(self, weights: np.ndarray) -> np.ndarray:
        return correlations(self.answers.covariance(weights))

    def scores(self, weights: np.ndarray) -> Iterator[np.ndarray]:
        spread = np.diag(self.answers.covariance(weights))
        matrix, entry = self.matrix(weights), self.answers.entry_scores(weights)
        own = [entry(place, place) / variance for place, variance in enumerate(spread)]
        for one, other in np.argwhere(np.triu(np.ones_like(matrix), 1)):
            product = entry(one, other) / np.sqrt(spread[one] * spread[other])
            yield product - matrix[one, other] * (own[one] + own[other]) / 2


KINDS: dict[str, Callable[[Answers], Measure]] = {"pearson": Pearson, "polychoric": Polychoric.of}
Kind = Literal["pearson", "polychoric"]


def infer_correlations(design: Design, answers: Answers, kind: Kind = "pearson") -> Correlations:
    """The weighted correlations of the answers, with their design-based covariance."""
    check_option("correlation", kind, Kind)
    measure = KINDS[kind](answers)
    matrix = measure.matrix(design.weights)
    pairs = np.triu_indices(len(matrix), 1)
    if design.replicates is None:
        return Correlations(design, matrix, _linearised(design, answers, measure), None)
    replicated = np.array([measure.matrix(weights)[pairs] for weights in design.replicate_weights()])
    return Correlations(design, matrix, design.replicates.covariance(replicated, matrix[pairs]), replicated)


def _linearised(design: Design, answers: Answers, measure: Measure) -> np.ndarray:
    whole = Domains(np.zeros(len(design.frame), dtype=np.int64), design.inside, 1)
    width = len(answers.items)
    sums = CovarianceSums(design, whole, width * (width - 1) // 2)
    for score in measure.scores(design.weights):
        column = np.zeros(len(design.frame))
        column[answers.rows] = score
        sums.add(column)
    return sums.covariance()


def _attempt(fitted: Fitted, matrix: np.ndarray, width: int) -> np.ndarray:
    try:
        return fitted(matrix)
    except DesignError:
        return np.full(width, np.nan)
