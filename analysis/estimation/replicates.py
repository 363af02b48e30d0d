"""Replicate weights: the sample weighed anew many times, so that estimates show how much they vary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from analysis.estimation.design_error import DesignError
from analysis.estimation.replicate_factors import Factors
from questionnaires.faults import N_

# Weights that took steps of weighting to make are kept for the next estimate up to this many (32 MB).
_KEPT = 4_000_000

Adjustment = Callable[[np.ndarray], np.ndarray]
"""(rows,) weights → (rows,) weights: a step of weighting that each replicate goes through again."""


@dataclass(frozen=True, eq=False)
class Replicates:
    """R ways to weigh the sample.

    Row i weighs base[i] × factor of units[i] in replicate r, then goes through `adjustments` in turn.
    `base`: (rows,). `units`: (rows,) codes 0..U-1. The variance of an estimate is
    scale × Σ_r rscales[r] × (estimate_r − centre)², the centre being the full sample's estimate where `mse`
    is true and otherwise the mean of the replicates (Wolter, 2007, Introduction to Variance Estimation).
    """

    kind: str
    base: np.ndarray
    factors: Factors
    units: np.ndarray
    scale: float
    rscales: np.ndarray
    mse: bool = False
    adjustments: tuple[Adjustment, ...] = ()
    ranks: dict[bytes, np.ndarray] = field(init=False, default_factory=dict, repr=False)
    """What `replicate_ranks` has found already."""
    _made: dict[int, np.ndarray] = field(init=False, default_factory=dict, repr=False)

    @property
    def size(self) -> int:
        """R, the number of replicates."""
        return self.factors.size

    def weights(self, number: int) -> np.ndarray:
        """(rows,) weights of one replicate; not finite where a step of weighting has no answer in it."""
        if number in self._made:
            return self._made[number]
        weights = self._make(number)
        if self.adjustments and len(self.base) * self.size <= _KEPT:
            self._made[number] = weights
        return weights

    def _make(self, number: int) -> np.ndarray:
        weights = self.base * self.factors.column(number)[self.units]
        with np.errstate(all="ignore"):  # a cell may lose all its units
            for adjust in self.adjustments:
                weights = _adjusted(adjust, weights, number)
        return weights

    def __iter__(self) -> Iterator[np.ndarray]:
        return (self.weights(number) for number in range(self.size))

    def adjusted(self, adjust: Adjustment) -> Replicates:
        """The same replicates, each put through one more step of weighting."""
        return replace(self, adjustments=(*self.adjustments, adjust))

    def covariance(self, values: np.ndarray, full: np.ndarray) -> np.ndarray:
        """(K, K) covariance from the replicates' estimates `values` (R, K) and the full sample's (K,).

        A replicate in which an estimate has no value is left out for it, as R's `svrVar` does.
        """
        known = np.isfinite(values)
        centre = full if self.mse else _means(values, known & (self.rscales > 0)[:, None])
        far = values - centre
        far[~known] = 0.0
        far *= np.sqrt(self.rscales)[:, None]
        covariance = self.scale * far.T @ far
        unknown = ~known.any(axis=0)
        covariance[unknown, :] = covariance[:, unknown] = np.nan
        return covariance


def _adjusted(adjust: Adjustment, weights: np.ndarray, number: int) -> np.ndarray:
    try:
        return adjust(weights)
    except DesignError as error:
        raise DesignError(
            N_("In replicate %(number)s a step of weighting fails: %(reason)s"),
            number=number + 1,
            reason=" ".join(str(fault) for fault in error.faults),
        ) from error


def _means(values: np.ndarray, used: np.ndarray) -> np.ndarray:
    """(K,) means of the values used; R leaves replicates without a scale out of the centre."""
    return values.sum(axis=0, where=used) / np.maximum(used.sum(axis=0), 1)
