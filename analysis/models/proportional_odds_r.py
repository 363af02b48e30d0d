"""Ordinal regression ended where R's `svyolr` ends it, three to seven digits from the maximum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.models.families import FAMILIES
from analysis.models.linear_predictor import LinearPredictor
from analysis.models.proportional_odds import ProportionalOdds
from analysis.models.solution import Solution
from analysis.models.variable_metric import differenced, minimise


@dataclass(frozen=True, eq=False)
class ProportionalOddsAsR(ProportionalOdds):
    """The same equations, solved for the slopes, the first cut point and the logarithms of the cuts'
    distances.

    `design_weight`: what turns the weights given into those of the design, on which R's steps depend.
    """

    design_weight: float = 1.0

    def solve(self, weights: np.ndarray, start: np.ndarray | None = None) -> Solution:
        if start is not None:
            return super().solve(weights, start)
        weights = weights * self.design_weight

        def loss(spaced: np.ndarray) -> float:
            return self.loss(self._cuts(spaced), weights)

        def gradient(spaced: np.ndarray) -> np.ndarray:
            return -self._jacobian(spaced).T @ self.derivatives(self._cuts(spaced), weights)[0]

        with np.errstate(all="ignore"):  # the first steps, along the plain gradient, overshoot
            spaced = minimise(loss, gradient, self._start_as_r(weights))
        jacobian, theta = self._jacobian(spaced), self._cuts(spaced)
        inverse = jacobian @ np.linalg.pinv(differenced(gradient, spaced)) @ jacobian.T
        deviance = 2 * loss(spaced) / self.design_weight
        working = weights / self.design_weight
        return Solution(theta, inverse * self.design_weight, deviance, 1, self.eta(theta), working)

    def _start_as_r(self, weights: np.ndarray) -> np.ndarray:
        """From a binary model of the upper half of the levels, and evenly spread cut points."""
        half = self.levels // 2
        binary = LinearPredictor(
            np.hstack([np.ones((len(self.matrix), 1)), self.matrix]),
            (self.answers >= half).astype(float),
            self.offset,
            ["(Intercept)", *self.slope_names],
            FAMILIES["logistic"],
            self.link,
            "R",
            self.outcome_name,
        )
        coefficients = binary.solve(weights / weights.mean()).coefficients
        spread = special.logit(np.arange(1, self.levels) / self.levels) / 1.7
        cuts = spread - spread[half - 1] - coefficients[0]
        return np.concatenate([coefficients[1:], cuts[:1], np.log(np.diff(cuts))])

    def _cuts(self, spaced: np.ndarray) -> np.ndarray:
        first = self.slopes
        cuts = np.cumsum(np.append(spaced[first], np.exp(spaced[first + 1 :])))
        return np.append(spaced[:first], cuts)

    def _jacobian(self, spaced: np.ndarray) -> np.ndarray:
        """(K, K) derivatives of slopes and cut points by the parameters."""
        first = self.slopes
        jacobian = np.eye(len(spaced))
        distances = np.append(1.0, np.exp(spaced[first + 1 :]))
        jacobian[first:, first:] = np.tril(np.ones((self.levels - 1, self.levels - 1))) * distances
        return jacobian
