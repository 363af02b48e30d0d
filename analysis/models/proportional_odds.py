"""Ordinal regression: cumulative probabilities of ordered answers, P(Y ≤ k) = F(ζ_k − x'β)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import linalg

from analysis.models.families import Link
from analysis.models.solution import MOST_ROUNDS, TIGHT, Solution, refuse_endless, refuse_separation
from analysis.models.triangle import refuse_aliased, weighted_triangle

_BLOCK = 65_536
# Newton from the cut points of the marginal shares seldom needs more than eight rounds.
_LATE = 40


@dataclass(frozen=True, eq=False)
class Slices:
    """What the likelihood of each row says about the cut above (`upper`) and below (`lower`) its answer."""

    probability: np.ndarray
    upper: np.ndarray
    lower: np.ndarray
    upper_twice: np.ndarray
    lower_twice: np.ndarray
    both: np.ndarray


@dataclass(frozen=True, eq=False)
class ProportionalOdds:
    """(m, P) `matrix` without a constant, (m,) codes 0..L-1 of the answers, L = `levels`, (m,) `offset`.

    Coefficients are the P slopes, then the L − 1 cut points, with the signs of McCullagh (1980, JRSS B 42):
    a positive slope makes higher answers more likely.
    """

    matrix: np.ndarray
    answers: np.ndarray
    offset: np.ndarray
    levels: int
    names: Sequence[str]
    link: Link
    outcome_name: str = ""

    def solve(self, weights: np.ndarray, start: np.ndarray | None = None) -> Solution:
        """Newton's method on the weighted likelihood, with half steps while it would fall."""
        theta = self.begin(weights) if start is None else start
        loss = self.loss(theta, weights)
        moved, step = np.inf, theta
        for number in range(1, MOST_ROUNDS + 1):
            gradient, information = self.derivatives(theta, weights)
            step = linalg.solve(information, gradient, assume_a="sym")
            moved = self._moved(step)
            if moved <= TIGHT * (1 + np.abs(theta[len(theta) - self.levels + 1 :]).max()):
                break
            theta, loss = self._advance(theta, step, loss, weights)
            if number > _LATE and moved > 0.5:
                break
        else:
            refuse_endless()
        refuse_separation(self.slope_names, step[: self.slopes], self.matrix, moved, self.outcome_name)
        inverse = linalg.inv(self.derivatives(theta, weights)[1])
        return Solution(theta, inverse, 2 * loss, number, self.eta(theta), weights)

    def influence(self, solution: Solution, weights: np.ndarray) -> np.ndarray:
        rows = np.empty((len(self.matrix), len(solution.coefficients)))
        for block in self._blocks():
            above, below = self._cut_rows(block)
            part = self._slices(solution.coefficients, block)
            score = above * part.upper[:, None] + below * part.lower[:, None]
            rows[block] = weights[block, None] * score @ solution.inverse
        return rows

    def spread(self, solution: Solution, weights: np.ndarray) -> tuple[float, float]:
        return np.nan, np.nan

    @property
    def slopes(self) -> int:
        return self.matrix.shape[1]

    @property
    def slope_names(self) -> Sequence[str]:
        return self.names[: self.slopes]

    def begin(self, weights: np.ndarray) -> np.ndarray:
        """No slopes, and the cut points of the marginal shares."""
        constant = np.hstack([np.ones((len(self.matrix), 1)), self.matrix])
        triangle = weighted_triangle(constant, weights, self.offset)
        refuse_aliased(triangle, ["(Intercept)", *self.slope_names])
        shares = np.cumsum(np.bincount(self.answers, weights, self.levels))[:-1] / weights.sum()
        middle = weights @ self.offset / weights.sum()
        return np.append(np.zeros(self.slopes), self.link.to(shares) + middle)

    def eta(self, theta: np.ndarray) -> np.ndarray:
        return self.matrix @ theta[: self.slopes] + self.offset

    def _moved(self, step: np.ndarray) -> float:
        """By how much the linear predictors and the cut points move."""
        return float(
            max(np.abs(self.matrix @ step[: self.slopes]).max(initial=0), np.abs(step[self.slopes :]).max())
        )

    def _advance(
        self, theta: np.ndarray, step: np.ndarray, loss: float, weights: np.ndarray
    ) -> tuple[np.ndarray, float]:
        share = 1.0
        while share > 1e-6:
            fresh = self.loss(theta + share * step, weights)
            if fresh <= loss * (1 + 1e-13):
                return theta + share * step, fresh
            share /= 2
        return theta, loss

    def loss(self, theta: np.ndarray, weights: np.ndarray) -> float:
        """Minus the log likelihood; infinite where the cut points are out of order."""
        if not (np.diff(theta[self.slopes :]) > 0).all():
            return np.inf
        with np.errstate(divide="ignore"):
            logs = np.log(self._slices(theta, slice(None)).probability)
        return -float(weights @ np.where(weights > 0, logs, 0.0))

    def derivatives(self, theta: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Gradient of the log likelihood and minus its matrix of second derivatives."""
        gradient, information = np.zeros(len(theta)), np.zeros((len(theta), len(theta)))
        for block in self._blocks():
            above, below = self._cut_rows(block)
            part, weight = self._slices(theta, block), weights[block]
            gradient += above.T @ (weight * part.upper) + below.T @ (weight * part.lower)
            mixed = above.T @ (below * (weight * part.both)[:, None])
            information -= above.T @ (above * (weight * part.upper_twice)[:, None]) + mixed + mixed.T
            information -= below.T @ (below * (weight * part.lower_twice)[:, None])
        return gradient, information

    def _blocks(self) -> Iterator[slice]:
        return (slice(start, start + _BLOCK) for start in range(0, len(self.matrix), _BLOCK))

    def _cut_rows(self, block: slice) -> tuple[np.ndarray, np.ndarray]:
        """Derivatives of ζ_k − x'β by the coefficients, for the cuts above and below each row's answer."""
        answers = self.answers[block]
        cuts = np.eye(self.levels + 1)[:, 1:-1]  # cuts 0 and L are no coefficients: they lie at infinity
        return (
            np.hstack([-self.matrix[block], cuts[answers + 1]]),
            np.hstack([-self.matrix[block], cuts[answers]]),
        )

    def _slices(self, theta: np.ndarray, block: slice) -> Slices:
        cuts = np.concatenate([[-np.inf], theta[self.slopes :], [np.inf]])
        eta = self.matrix[block] @ theta[: self.slopes] + self.offset[block]
        answers = self.answers[block]
        above, below = cuts[answers + 1] - eta, cuts[answers] - eta
        probability = self._between(below, above)
        with np.errstate(divide="ignore", invalid="ignore"):
            upper, lower = (self._finite(self.link.slope, x) / probability for x in (above, below))
            bent_up, bent_low = (self._finite(self.link.curve, x) / probability for x in (above, below))
        return Slices(probability, upper, -lower, bent_up - upper**2, -bent_low - lower**2, upper * lower)

    def _between(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        return self.link.back(high) - self.link.back(low)

    def _finite(self, function: object, x: np.ndarray) -> np.ndarray:
        """A derivative of F, which is 0 at both ends."""
        ends = np.isinf(x)
        return np.where(ends, 0.0, function(np.where(ends, 0.0, x)))  # type: ignore[operator]
