"""Second moments of two columns by domain, as estimates made of weighted sums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.estimation.domains import Domains
from analysis.estimation.estimation import divide


@dataclass(frozen=True, eq=False)
class Covariance:
    """factor · Σw (x − x̄)(y − ȳ) / Σw by domain; columns (rows,), `factor` (D,)."""

    left: np.ndarray
    right: np.ndarray
    factor: np.ndarray

    def __call__(self, weights: np.ndarray, domains: Domains) -> tuple[np.ndarray, np.ndarray]:
        whole = domains.sums(weights)
        product = _centred(self.left, weights, domains) * _centred(self.right, weights, domains)
        product = product * self.factor[domains.codes]
        estimate = divide(domains.sums(weights * product), whole)
        residual = divide(product - estimate[domains.codes], whole[domains.codes])
        return estimate, np.nan_to_num(residual)

    @property
    def parts(self) -> tuple[np.ndarray | None, ...]:
        return None, self.left, self.right, self.left * self.right

    def combine(self, sums: np.ndarray, full: np.ndarray) -> np.ndarray:
        x, y, xy = divide(sums[1:], sums[0])
        return self.factor * (xy - x * y)

    def compared(self, sums: np.ndarray, full: np.ndarray) -> np.ndarray | None:
        return None


@dataclass(frozen=True, eq=False)
class Correlation:
    """Σw (x − x̄)(y − ȳ) / √(Σw (x − x̄)² Σw (y − ȳ)²) by domain; nan where a column does not vary."""

    left: np.ndarray
    right: np.ndarray

    def __call__(self, weights: np.ndarray, domains: Domains) -> tuple[np.ndarray, np.ndarray]:
        x, y = _centred(self.left, weights, domains), _centred(self.right, weights, domains)
        xx, yy, xy = (domains.sums(weights * product) for product in (x * x, y * y, x * y))
        estimate = divide(xy, np.sqrt(xx * yy))
        by_xy, by_xx, by_yy = (slope[domains.codes] for slope in _slopes(xx, yy, xy))
        return estimate, by_xy * x * y + by_xx * x * x + by_yy * y * y

    @property
    def parts(self) -> tuple[np.ndarray | None, ...]:
        x, y = self.left, self.right
        return None, x, y, x * x, y * y, x * y

    def combine(self, sums: np.ndarray, full: np.ndarray) -> np.ndarray:
        x, y, xx, yy, xy = divide(sums[1:], sums[0])
        squares = np.maximum(xx - x * x, 0.0) * np.maximum(yy - y * y, 0.0)
        return divide(xy - x * y, np.sqrt(squares))

    def compared(self, sums: np.ndarray, full: np.ndarray) -> np.ndarray | None:
        return None


def _slopes(xx: np.ndarray, yy: np.ndarray, xy: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Derivatives of xy / √(xx·yy) by xy, xx and yy; 0 where it has no value."""
    varies = (xx > 0) & (yy > 0)
    xx, yy = np.where(varies, xx, 1.0), np.where(varies, yy, 1.0)
    by_xy = varies / np.sqrt(xx * yy)
    return by_xy, -xy * by_xy / (2 * xx), -xy * by_xy / (2 * yy)


def _centred(values: np.ndarray, weights: np.ndarray, domains: Domains) -> np.ndarray:
    means = divide(domains.sums(weights * values), domains.sums(weights))
    return values - np.nan_to_num(means)[domains.codes]


def from_first(values: np.ndarray, used: np.ndarray, domains: Domains) -> np.ndarray:
    """Distances from the first value `used` (rows,) in each domain, 0 elsewhere.

    Moments do not change by it, keep their digits where the mean is large, and are exactly 0 where all
    values are the same.
    """
    rows = np.flatnonzero(used & domains.active)
    found, first = np.unique(domains.codes[rows], return_index=True)
    start = np.zeros(domains.size)
    start[found] = values[rows[first]]
    return np.where(used & domains.active, values - start[domains.codes], 0.0)
