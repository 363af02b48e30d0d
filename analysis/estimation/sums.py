"""Estimates that are functions of weighted sums: totals, means, shares and ratios."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.estimation.domains import Domains
from analysis.estimation.estimation import divide


@dataclass(frozen=True, eq=False)
class SumRatio:
    """Σw·top / Σw·bottom by domain; without `bottom` it is 1 for each row, which makes a mean."""

    top: np.ndarray
    bottom: np.ndarray | None = None

    def __call__(self, weights: np.ndarray, domains: Domains) -> tuple[np.ndarray, np.ndarray]:
        whole = domains.sums(weights) if self.bottom is None else domains.products(weights, self.bottom)
        estimate = divide(domains.products(weights, self.top), whole)
        expected, share = domains.of_rows(estimate), domains.of_rows(divide(np.ones(1), whole))
        with np.errstate(invalid="ignore"):  # nothing is known of a domain whose denominator is 0
            expected = expected if self.bottom is None else expected * self.bottom
            return estimate, (self.top - expected) * share

    @property
    def parts(self) -> tuple[np.ndarray | None, ...]:
        return self.top, self.bottom

    def combine(self, sums: np.ndarray, full: np.ndarray) -> np.ndarray:
        return divide(sums[0], sums[1])


@dataclass(frozen=True, eq=False)
class Sum:
    """Σw·values by domain."""

    values: np.ndarray

    def __call__(self, weights: np.ndarray, domains: Domains) -> tuple[np.ndarray, np.ndarray]:
        return domains.products(weights, self.values), self.values

    @property
    def parts(self) -> tuple[np.ndarray | None, ...]:
        return (self.values,)

    def combine(self, sums: np.ndarray, full: np.ndarray) -> np.ndarray:
        return sums[0]
