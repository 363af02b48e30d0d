"""Correlations of what lies behind answers in steps.

Each item is taken as a normal quantity cut at thresholds, which are those of its weighted shares; then the
correlation of two such quantities is the one under which the table of the two items is most likely (Olsson,
1979, Psychometrika 44, two-step).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from analysis.estimation.design_error import DesignError
from analysis.scales.answers import Answers
from questionnaires.faults import N_

_MOST_STEPS = 15
_LADDER = np.tanh(np.arange(1, 16) / 3)
_NUDGE = 1e-5
_NODES, _NODE_WEIGHTS = np.polynomial.legendre.leggauss(32)


@dataclass(frozen=True, eq=False)
class Polychoric:
    """`codes`: (m, p) step of each answer, 0..; `steps`: (p,) how many; `answered` as in `Answers`."""

    codes: np.ndarray
    steps: tuple[int, ...]
    rows: np.ndarray
    answered: np.ndarray | None

    @classmethod
    def of(cls, answers: Answers) -> Polychoric:
        """Raises DesignError for an item of more answers than a scale in steps has."""
        codes, steps = np.empty(answers.values.shape, dtype=np.int8), []
        for place, item in enumerate(answers.items):
            levels, found = np.unique(answers.values[:, place], return_inverse=True)
            if len(levels) > _MOST_STEPS + 1:  # one more for rows without an answer
                raise DesignError(
                    N_("“%(item)s” has %(count)s different answers: too many for a scale in steps."),
                    item=item,
                    count=len(levels),
                )
            codes[:, place] = found
            steps.append(len(levels))
        return cls(codes, tuple(steps), answers.rows, answers.answered)

    def matrix(self, weights: np.ndarray) -> np.ndarray:
        """(p, p) correlations; nan where a pair has no answers or no spread."""
        matrix = np.eye(len(self.steps))
        for one, other in self._pairs():
            matrix[one, other] = matrix[other, one] = most_likely(self._table(weights, one, other))
        return matrix

    def scores(self, weights: np.ndarray) -> Iterator[np.ndarray]:
        """(m,) of each pair in turn: by which cell of the pair's table the row is in."""
        for one, other in self._pairs():
            table = self._table(weights, one, other)
            by_cell = sensitivity(table)[self.codes[:, one], self.codes[:, other]]
            yield np.where(self._both(one, other), weights[self.rows] * by_cell, 0.0)

    def _pairs(self) -> Iterator[tuple[int, int]]:
        count = len(self.steps)
        return ((one, other) for one in range(count) for other in range(one + 1, count))

    def _both(self, one: int, other: int) -> np.ndarray | bool:
        return True if self.answered is None else self.answered[:, one] & self.answered[:, other]

    def _table(self, weights: np.ndarray, one: int, other: int) -> np.ndarray:
        """Σw of the pair's answers; steps nobody took add nothing to a likelihood."""
        shape = self.steps[one], self.steps[other]
        cells = self.codes[:, one].astype(np.int64) * shape[1] + self.codes[:, other]
        own = np.where(self._both(one, other), weights[self.rows], 0.0)
        return np.bincount(cells, own, shape[0] * shape[1]).reshape(shape)


def most_likely(table: np.ndarray) -> float:
    """The correlation under which a table (a, b) of weights is most likely; nan without spread."""
    if not np.isfinite(table).all() or min((table.sum(axis=axis) > 0).sum() for axis in (0, 1)) < 2:
        return np.nan
    uphill = np.sign(_slope(table, 0.0))
    before = 0.0
    for bound in uphill * _LADDER:  # far beyond the summit chances round to nothing: go there step by step
        if _slope(table, bound) * uphill <= 0:
            return float(optimize.brentq(lambda rho: _slope(table, rho), before, bound, xtol=1e-13))
        before = bound
    return float(before)


def sensitivity(table: np.ndarray) -> np.ndarray:
    """(a, b) derivative of the correlation by each cell that anybody is in, its thresholds moving along."""
    rho = most_likely(table)
    step = min(_NUDGE, (1 - abs(rho)) / 4)
    bend = (_slope(table, rho + step) - _slope(table, rho - step)) / (2 * step)
    slopes = np.zeros_like(table)
    for cell in np.argwhere(table > 0):
        nudge = np.zeros_like(table)
        nudge[tuple(cell)] = move = _NUDGE * table[tuple(cell)]
        slopes[tuple(cell)] = (_slope(table + nudge, rho) - _slope(table - nudge, rho)) / (2 * move)
    return -slopes / bend


def _slope(table: np.ndarray, rho: float) -> float:
    """Derivative of the log likelihood by ρ."""
    x, y = np.meshgrid(_thresholds(table.sum(axis=1)), _thresholds(table.sum(axis=0)), indexing="ij")
    chances = np.diff(np.diff(_below(x, y, rho), axis=0), axis=1)
    moves = np.diff(np.diff(_density(x, y, rho), axis=0), axis=1)
    used = table > 0
    return float((table[used] * moves[used] / np.maximum(chances[used], 1e-300)).sum())


def _thresholds(sizes: np.ndarray) -> np.ndarray:
    """Where a standard normal quantity is cut to give these shares; ±9 stands for infinity."""
    return np.clip(special.ndtri(np.concatenate([[0.0], np.cumsum(sizes) / sizes.sum()])), -9, 9)


def _density(x: np.ndarray, y: np.ndarray, rho: float) -> np.ndarray:
    """Of two standard normal quantities; the derivative of `_below` by ρ."""
    rest = 1 - rho**2
    return np.exp(-(x**2 - 2 * rho * x * y + y**2) / (2 * rest)) / (2 * np.pi * np.sqrt(rest))


def _below(x: np.ndarray, y: np.ndarray, rho: float) -> np.ndarray:
    """Chance that both lie below: Φ(x)Φ(y) + ∫ density from 0 to ρ, in sin t (Drezner & Wesolowsky, 1990)."""
    reach = np.arcsin(rho) / 2
    angle = reach * (_NODES + 1)
    exponent = -(x[..., None] ** 2 - 2 * np.sin(angle) * (x * y)[..., None] + y[..., None] ** 2)
    inner = np.exp(exponent / (2 * np.cos(angle) ** 2)) @ _NODE_WEIGHTS
    return special.ndtr(x) * special.ndtr(y) + reach * inner / (2 * np.pi)
