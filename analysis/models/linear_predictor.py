"""Linear, logistic and Poisson regression by iterated weighted least squares.

statsmodels and scikit-learn copy the matrix several times and stop on criteria of their own; here the rows
are read block by block, and the last round is either R's or the one where nothing moves any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.models.families import LINKS, Family, Link
from analysis.models.solution import (
    MOST_ROUNDS,
    TIGHT,
    Solution,
    Stopping,
    refuse_endless,
    refuse_separation,
)
from analysis.models.triangle import least_squares, refuse_aliased, weighted_triangle

_R_ROUNDS = 25
_R_CHANGE = 1e-8


@dataclass(frozen=True, eq=False)
class State:
    """Linear predictors, means and deviance of one round."""

    eta: np.ndarray
    mu: np.ndarray
    deviance: float


@dataclass(frozen=True, eq=False)
class LinearPredictor:
    """(m, K) `matrix`, (m,) `outcome` between its bounds, (m,) `offset`; `names` of the columns."""

    matrix: np.ndarray
    outcome: np.ndarray
    offset: np.ndarray
    names: Sequence[str]
    family: Family
    link: Link
    stopping: Stopping = "tight"
    outcome_name: str = ""

    def solve(self, weights: np.ndarray, start: np.ndarray | None = None) -> Solution:
        """Fisher scoring (McCullagh & Nelder, 1989, 2.5); a linear model needs one round."""
        with np.errstate(
            all="ignore"
        ):  # trial values may overflow: rows without a finite weight are left out
            return self._iterate(weights, start)

    def _iterate(self, weights: np.ndarray, start: np.ndarray | None) -> Solution:
        beta, state = start, self._begin(weights, start)
        step, moved = np.zeros(len(self.names)), np.inf
        for number in range(1, MOST_ROUNDS + 1):
            before, last = state, moved
            working, target = self._working(before, weights)
            triangle = weighted_triangle(self.matrix, working, target)
            if number == 1:
                refuse_aliased(triangle, self.names)
            fresh, inverse = least_squares(triangle)
            state, fresh = self._advance(fresh, beta, weights)
            if beta is not None:
                step, moved = fresh - beta, self._moved(before, state, weights)
            beta = fresh
            if self._rests(before, state, max(moved, last), number) or (number > _R_ROUNDS and moved > 0.5):
                break
        else:
            refuse_endless()
        if np.isfinite(moved) and not self._is_linear:
            refuse_separation(self.names, step, self.matrix, moved, self.outcome_name)
        return Solution(fresh, inverse, state.deviance, number, state.eta, working)

    def influence(self, solution: Solution, weights: np.ndarray) -> np.ndarray:
        residual = self.outcome - self.link.back(solution.predictor)
        slope = self.link.slope(solution.predictor)
        score = np.divide(solution.working * residual, slope, out=np.zeros_like(slope), where=slope > 0)
        rows = self.matrix @ solution.inverse
        rows *= score[:, None]
        return rows

    def spread(self, solution: Solution, weights: np.ndarray) -> tuple[float, float]:
        mu, slope = self.link.back(solution.predictor), self.link.slope(solution.predictor)
        raised = (self.outcome - mu) * np.sqrt(self._information(slope, mu))
        pearson = np.divide(raised, slope, out=np.zeros_like(mu), where=raised != 0)
        n = np.count_nonzero(weights)
        dispersion = _variance(pearson, weights) * n / (n - 1)
        if not self._is_linear:
            return dispersion, np.nan
        return dispersion, 1 - solution.deviance / (_variance(self.outcome, weights) * weights.sum())

    @property
    def _is_linear(self) -> bool:
        return self.family.links == ("identity",)

    def _begin(self, weights: np.ndarray, start: np.ndarray | None) -> State:
        if start is None:
            return self._state(self.link.to(self.family.start(self.outcome, weights)), weights)
        return self._state(self.matrix @ start + self.offset, weights)

    def _state(self, eta: np.ndarray, weights: np.ndarray) -> State:
        mu = self.link.back(eta)
        each = self.family.deviance(self.outcome, mu)
        return State(eta, mu, float(weights @ np.where(weights > 0, each, 0.0)))

    def _working(self, state: State, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Weights and target of the round's least squares; rows at the edge of the link have none."""
        slope = self.link.slope(state.eta)
        working = weights * self._information(slope, state.mu)
        target = state.eta - self.offset + (self.outcome - state.mu) / slope
        usable = np.isfinite(working) & np.isfinite(target)
        return np.where(usable, working, 0.0), np.where(usable, target, 0.0)

    def _information(self, slope: np.ndarray, mu: np.ndarray) -> np.ndarray:
        """(m,) what a row tells about its linear predictor. Under the family's usual link that is the slope
        itself, which keeps its digits where a share is so near 1 that μ (1 − μ) has none left.
        """
        if self.link is LINKS[self.family.links[0]]:
            return slope
        return slope**2 / self.family.variance(mu)

    def _advance(
        self, beta: np.ndarray, before: np.ndarray | None, weights: np.ndarray
    ) -> tuple[State, np.ndarray]:
        """The next state, drawn back halfway while its deviance is not finite."""
        state = self._state(self.matrix @ beta + self.offset, weights)
        for _ in range(MOST_ROUNDS):
            if np.isfinite(state.deviance) or before is None:
                break
            beta = (beta + before) / 2
            state = self._state(self.matrix @ beta + self.offset, weights)
        return state, beta

    def _moved(self, before: State, state: State, weights: np.ndarray) -> float:
        return float(np.abs(state.eta - before.eta)[weights > 0].max())

    def _rests(self, before: State, state: State, moved: float, number: int) -> bool:
        """Two rounds at rest, so that the working weights, a round behind, are at rest too; or R's rule."""
        if self._is_linear:
            return True
        if self.stopping == "R":
            change = abs(state.deviance - before.deviance) / (abs(state.deviance) + 0.1)
            return number >= _R_ROUNDS or change < _R_CHANGE
        return moved <= TIGHT * (1 + np.abs(state.eta).max())


def _variance(values: np.ndarray, weights: np.ndarray) -> float:
    share = weights / weights.sum()
    return float(share @ (values - share @ values) ** 2)
