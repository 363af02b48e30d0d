"""The factors that meet all totals at once and lie as near to 1 as can be: Newton's method on their dual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg

from analysis.estimation.auxiliary_parts import independent
from analysis.weighting.auxiliaries import Auxiliaries
from analysis.weighting.distances import Shape

# Where every total is this many times the sample's, the weights are not yet expanded to the population.
_UNEXPANDED = 20.0
_HALVINGS = 60


@dataclass(frozen=True, eq=False)
class Problem:
    """Factors F(x'λ / spread) by group, which are to take the sums of the auxiliaries to their totals.

    `lower`, `upper`, `spread`: (G,).
    """

    auxiliaries: Auxiliaries
    shape: Shape
    lower: np.ndarray
    upper: np.ndarray
    spread: np.ndarray
    bounded: bool
    tolerance: float
    most: int


@dataclass(frozen=True, eq=False)
class Solution:
    """(G,) factors, how many steps they took, and whether they meet the totals."""

    factors: np.ndarray
    rounds: int
    converged: bool


def solve(problem: Problem, weights: np.ndarray) -> Solution:
    """Calibrate the groups' weights (G,).

    Each step solves X'WF'X/spread δ = totals − sums (Deville & Särndal, 1992, eq. 2.9), and is halved while
    it takes the dual, Σ w spread ∫F − λ'totals, no lower. Steps end once no sum misses its total by
    `tolerance`, relative to one more than it.

    Bounds speak of weights that are expanded to the population: where every total is more than 20 times
    the sample's, they apply to what is left of the factors after their mean ratio, as in R's `calibrate`.
    """
    common = common_factor(problem, weights)
    found = _newton(problem, weights * common)
    return Solution(found.factors * common, found.rounds, found.converged)


def common_factor(problem: Problem, weights: np.ndarray) -> float:
    """What brings the groups' weights up to the population before bounds apply to them."""
    if not problem.bounded:
        return 1.0
    auxiliaries = problem.auxiliaries
    sums = auxiliaries.found(weights)
    usable = auxiliaries.free & (sums != 0)
    ratios = auxiliaries.wanted[usable] / sums[usable]
    if auxiliaries.count is not None and not auxiliaries.free.all():
        ratios = np.append(ratios, auxiliaries.count / weights.sum())
    return float(ratios.mean()) if len(ratios) and ratios.min() > _UNEXPANDED else 1.0


def _newton(problem: Problem, weights: np.ndarray) -> Solution:
    auxiliaries = problem.auxiliaries
    dual = _Dual(problem, weights)
    kept = independent(auxiliaries.products(np.abs(weights) / problem.spread))
    multipliers = np.zeros(len(auxiliaries.totals))
    here = dual.at(multipliers)
    for number in range(1, problem.most + 1):
        step = np.zeros(len(multipliers))
        step[kept] = _solved(dual.curvature(here)[np.ix_(kept, kept)], here.misfit[kept])
        before, (multipliers, here) = here, dual.descend(multipliers, here, step)
        if (auxiliaries.gaps(weights * here.factors) < problem.tolerance).all():
            return Solution(here.factors, number, True)
        if here is before:
            return Solution(here.factors, number, False)
    return Solution(here.factors, problem.most, False)


@dataclass(frozen=True, eq=False)
class _Point:
    """Where the multipliers stand: (G,) scores u and factors, (C,) totals less sums, and the dual."""

    scores: np.ndarray
    factors: np.ndarray
    misfit: np.ndarray
    value: float


class _Dual:
    def __init__(self, problem: Problem, weights: np.ndarray) -> None:
        self.problem, self.weights = problem, weights

    def at(self, multipliers: np.ndarray) -> _Point:
        problem, auxiliaries = self.problem, self.problem.auxiliaries
        with np.errstate(over="ignore", invalid="ignore"):  # a step too long ends in infinity, and is halved
            scores = auxiliaries.combined(multipliers) / problem.spread
            factors = problem.shape.factor(scores, problem.lower, problem.upper)
            area = problem.shape.area(scores, problem.lower, problem.upper)
            misfit = auxiliaries.totals - auxiliaries.sums(self.weights * factors)
            value = float((self.weights * problem.spread) @ area - multipliers @ auxiliaries.totals)
        return _Point(scores, factors, misfit, value)

    def curvature(self, point: _Point) -> np.ndarray:
        """(C, C) how fast the sums grow with the multipliers."""
        slope = self.problem.shape.slope(point.scores, self.problem.lower, self.problem.upper)
        return self.problem.auxiliaries.products(self.weights * slope / self.problem.spread)

    def descend(self, multipliers: np.ndarray, here: _Point, step: np.ndarray) -> tuple[np.ndarray, _Point]:
        """The step, or as much of it as makes the misfit or the dual smaller."""
        for _ in range(_HALVINGS):
            there = self.at(multipliers + step)
            if np.isfinite(there.value) and _nearer(here, there):
                return multipliers + step, there
            step = step / 2
        return multipliers, here


def _nearer(here: _Point, there: _Point) -> bool:
    return there.value < here.value or bool(linalg.norm(there.misfit) < linalg.norm(here.misfit))


def _solved(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Solve, by least squares where bounds have left too few rows free."""
    try:
        return linalg.cho_solve(linalg.cho_factor(matrix), right)
    except (linalg.LinAlgError, ValueError):
        return linalg.lstsq(matrix, right)[0]
