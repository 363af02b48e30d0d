"""Replicate weights: the sample weighed anew many times, so that the spread of an estimate is its variance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

Adjustment = Callable[[np.ndarray], np.ndarray]
"""(rows,) weights → (rows,) weights: a step of weighting that each replicate goes through again."""


@dataclass(frozen=True, eq=False)
class Replicates:
    """R ways to weigh the sample.

    Row i weighs base[i] × factors[units[i], r] in replicate r, then goes through `adjustments` in turn.
    `base`: (rows,). `factors`: (U, R). `units`: (rows,) codes 0..U-1. The variance of an estimate is
    scale × Σ_r rscales[r] × (estimate_r − centre)², the centre being the full sample's estimate where `mse`
    is true and otherwise the mean of the replicates (Wolter, 2007, Introduction to Variance Estimation).
    """

    kind: str
    base: np.ndarray
    factors: np.ndarray
    units: np.ndarray
    scale: float
    rscales: np.ndarray
    mse: bool = False
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def size(self) -> int:
        """R, the number of replicates."""
        return self.factors.shape[1]

    def weights(self, number: int) -> np.ndarray:
        """(rows,) weights of one replicate."""
        weights = self.base * self.factors[self.units, number]
        for adjust in self.adjustments:
            weights = adjust(weights)
        return weights

    def __iter__(self) -> Iterator[np.ndarray]:
        return (self.weights(number) for number in range(self.size))

    def adjusted(self, adjust: Adjustment) -> Replicates:
        """The same replicates, each put through one more step of weighting."""
        return replace(self, adjustments=(*self.adjustments, adjust))

    def covariance(self, values: np.ndarray, full: np.ndarray) -> np.ndarray:
        """(K, K) covariance from the replicates' estimates `values` (R, K) and the full sample's (K,)."""
        used = self.rscales > 0  # R leaves replicates without a scale out of the centre
        centre = full if self.mse else values[used].mean(axis=0)
        far = (values - centre) * np.sqrt(self.rscales)[:, None]
        return self.scale * far.T @ far
