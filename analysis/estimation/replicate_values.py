"""Estimates in each replicate, and the covariance that their spread gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

import numpy as np

from analysis.estimation.codes import joint_codes
from analysis.estimation.design import Design
from analysis.estimation.domains import Domains
from analysis.estimation.group_sums import GroupSums
from analysis.estimation.replicates import Replicates

# Numbers held until columns go through the replicates together (32 MB), and weights of a block of replicates.
_HELD = 4_000_000
_BLOCK = 4_000_000

Linearise = Callable[[np.ndarray, Domains], tuple[np.ndarray, np.ndarray]]


@runtime_checkable
class Additive(Protocol):
    """An estimate that is a function of a few weighted sums, so that no replicate needs the rows again."""

    @property
    def parts(self) -> tuple[np.ndarray | None, ...]:
        """P columns (rows,) whose weighted sums are needed; None stands for ones."""
        ...

    def combine(self, sums: np.ndarray, full: np.ndarray) -> np.ndarray:
        """(R, D) estimates from the sums in the replicates (P, R, D) and in the full sample (P, D)."""
        ...


class ReplicateValues:
    """Collects columns one at a time and gives the covariance of their estimates in all domains.

    Where no step of weighting follows the replicates' factors, a column is summed to sampling units in
    domains once, and the sums of many columns are multiplied with the factors together. Otherwise the
    weights are made for a few replicates at a time.
    """

    def __init__(self, design: Design, domains: Domains, columns: int) -> None:
        assert design.replicates is not None
        self.replicates = design.replicates
        self.domains = domains
        shape = (self.replicates.size, domains.size, columns)
        self.values = np.empty(shape)
        self.full = np.empty(shape[1:])
        totals = RowTotals if self.replicates.adjustments else UnitTotals
        self._totals: RowTotals | UnitTotals = totals(self.replicates, domains)
        self._waiting: list[tuple[int, Additive, list[int], np.ndarray]] = []
        self._answered: tuple[np.ndarray, int] | None = None
        self._filled = 0

    def add(self, linearise: Linearise, used: np.ndarray, weights: np.ndarray, estimate: np.ndarray) -> None:
        """Take the next column, over the rows `used`, with full-sample `weights` and `estimate` (D,)."""
        place, self._filled = self._filled, self._filled + 1
        self.full[:, place] = estimate
        if not isinstance(linearise, Additive):
            self.values[:, :, place] = self._anew(linearise, used)
            return
        full = np.array([self._full(weights, part) for part in linearise.parts])
        self._waiting.append((place, linearise, [self._hold(part, used) for part in linearise.parts], full))
        if self._totals.held > _HELD:
            self._settle()

    def covariance(self) -> np.ndarray:
        """(D·K, D·K) covariance, domain by domain and in each domain column by column."""
        self._settle()
        return self.replicates.covariance(self.values.reshape(len(self.values), -1), self.full.ravel())

    def _anew(self, linearise: Linearise, used: np.ndarray) -> np.ndarray:
        """(R, D) the estimate computed anew from the rows, for what is no function of a few sums."""
        return np.array(
            [linearise(np.where(used, weights, 0.0), self.domains)[0] for weights in self.replicates]
        )

    def _full(self, weights: np.ndarray, part: np.ndarray | None) -> np.ndarray:
        """(D,) weighted sums of a part in the full sample."""
        return self.domains.sums(weights) if part is None else self.domains.products(weights, part)

    def _hold(self, part: np.ndarray | None, used: np.ndarray) -> int:
        """Where the totals of a part will stand; columns answered in the same rows share those of ones."""
        if part is not None:
            return self._totals.hold(part if used.all() else np.where(used, part, 0.0))
        if self._answered is None or not np.array_equal(self._answered[0], used):
            self._answered = used, self._totals.hold(used.astype(float))
        return self._answered[1]

    def _settle(self) -> None:
        """Put the columns that wait through the replicates."""
        if not self._waiting:
            return
        totals = self._totals.release()
        for place, additive, parts, full in self._waiting:
            self.values[:, :, place] = additive.combine(totals[parts], full)
        self._waiting.clear()
        self._answered = None


class UnitTotals:
    """Weighted sums in all replicates from sums over the rows of each unit in each domain."""

    def __init__(self, replicates: Replicates, domains: Domains) -> None:
        self.replicates, self.domains = replicates, domains
        self.rows = slice(None) if domains.active.all() else np.flatnonzero(domains.active)
        self.pairs, (of_domain, self.units) = joint_codes(
            domains.codes[self.rows], replicates.units[self.rows]
        )
        self.edges = np.searchsorted(of_domain, np.arange(domains.size + 1))
        self._by_pair = GroupSums(self.pairs, len(self.units))
        self._sums: list[np.ndarray] = []

    @property
    def held(self) -> int:
        return len(self._sums) * len(self.units)

    def hold(self, part: np.ndarray) -> int:
        """Take a (rows,) column, 0 where it does not count, and say where its totals will stand."""
        values = (self.replicates.base * part)[self.rows]
        self._sums.append(self._by_pair(values))
        return len(self._sums) - 1

    def release(self) -> np.ndarray:
        """(P, R, D) totals of the columns held, which are let go."""
        sums = np.array(self._sums).T
        self._sums.clear()
        totals = np.empty((sums.shape[1], self.replicates.size, self.domains.size))
        for domain, (start, end) in enumerate(zip(self.edges[:-1], self.edges[1:], strict=True)):
            totals[:, :, domain] = self.replicates.factors.totals(self.units[start:end], sums[start:end]).T
        return totals


class RowTotals:
    """Weighted sums in all replicates from the rows, a few replicates at a time."""

    def __init__(self, replicates: Replicates, domains: Domains) -> None:
        self.replicates, self.domains = replicates, domains
        rows = np.flatnonzero(domains.active)
        self.rows = rows[np.argsort(domains.codes[rows], kind="stable")]
        self.edges = np.searchsorted(domains.codes[self.rows], np.arange(domains.size + 1))
        self._parts: list[np.ndarray] = []

    @property
    def held(self) -> int:
        # the weights of all replicates are made anew for each batch: let batches be large
        return len(self._parts) * len(self.rows) // 8

    def hold(self, part: np.ndarray) -> int:
        """Take a (rows,) column, 0 where it does not count, and say where its totals will stand."""
        self._parts.append(part[self.rows])
        return len(self._parts) - 1

    def release(self) -> np.ndarray:
        """(P, R, D) totals of the columns held, which are let go."""
        parts = np.array(self._parts)
        self._parts.clear()
        totals = np.empty((len(parts), self.replicates.size, self.domains.size))
        step = max(1, _BLOCK // max(1, len(self.rows)))
        for first in range(0, self.replicates.size, step):
            numbers = range(first, min(first + step, self.replicates.size))
            weights = np.array([self.replicates.weights(number)[self.rows] for number in numbers])
            for domain, (start, end) in enumerate(zip(self.edges[:-1], self.edges[1:], strict=True)):
                totals[:, numbers.start : numbers.stop, domain] = (
                    parts[:, start:end] @ weights[:, start:end].T
                )
        return totals
