"""By what each sampling unit's weight is multiplied in each replicate, held no larger than it needs to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

# Factors turned into floating-point numbers at one time (32 MB).
_BLOCK = 4_000_000


class Factors(Protocol):
    """(U, R) factors: U units, R replicates."""

    @property
    def size(self) -> int:
        """R, the number of replicates."""
        ...

    def column(self, number: int) -> np.ndarray:
        """(U,) factors of one replicate."""
        ...

    def totals(self, units: np.ndarray, sums: np.ndarray) -> np.ndarray:
        """(R, K) Σ factor × sum in each replicate, over the `units` (P,) with `sums` (P, K)."""
        ...


@dataclass(frozen=True, eq=False)
class Matrix:
    """Factors as they stand: shift[u] + stretch[u] × values[u, r].

    `values`: (U, R) of any number type; the bootstraps count draws in single bytes. `shift`, `stretch`:
    (U,), 0 and 1 if None.
    """

    values: np.ndarray
    shift: np.ndarray | None = None
    stretch: np.ndarray | None = None

    @property
    def size(self) -> int:
        return self.values.shape[1]

    def column(self, number: int) -> np.ndarray:
        column = self.values[:, number].astype(float)
        if self.stretch is not None:
            column *= self.stretch
        return column if self.shift is None else column + self.shift

    def totals(self, units: np.ndarray, sums: np.ndarray) -> np.ndarray:
        moved = sums if self.stretch is None else sums * self.stretch[units][:, None]
        totals = np.zeros((self.size, sums.shape[1]))
        step = max(1, _BLOCK // self.size)
        for start in range(0, len(units), step):
            block = slice(start, start + step)
            totals += self._values(units[block]).astype(float, copy=False).T @ moved[block]
        return totals if self.shift is None else totals + self.shift[units] @ sums

    def rows(self, units: np.ndarray, number: type[np.floating]) -> np.ndarray:
        """(P, R) factors of the `units` (P,), as numbers of the type given."""
        rows = self._values(units).astype(number)
        if self.stretch is not None:
            rows *= self.stretch[units].astype(number)[:, None]
        return rows if self.shift is None else rows + self.shift[units].astype(number)[:, None]

    def _values(self, units: np.ndarray) -> np.ndarray:
        adjoining = len(units) and units[-1] - units[0] + 1 == len(units) and (np.diff(units) == 1).all()
        return self.values[units[0] : units[-1] + 1] if adjoining else self.values[units]


@dataclass(frozen=True, eq=False)
class Deletions:
    """Factors of a jackknife, R of them without a matrix: replicate r leaves out the unit `deleted[r]`.

    Its factor is `everywhere[r]`, plus `nearby[r]` for the units of the same stratum, plus `itself[r]` for
    the unit left out. `strata`: (U,) stratum of each unit, 0..H-1.
    """

    strata: np.ndarray
    deleted: np.ndarray
    everywhere: np.ndarray
    nearby: np.ndarray
    itself: np.ndarray

    @property
    def size(self) -> int:
        return len(self.deleted)

    def column(self, number: int) -> np.ndarray:
        unit = self.deleted[number]
        column = (
            np.where(self.strata == self.strata[unit], self.nearby[number], 0.0) + self.everywhere[number]
        )
        column[unit] += self.itself[number]
        return column

    def totals(self, units: np.ndarray, sums: np.ndarray) -> np.ndarray:
        by_stratum = np.zeros((int(self.strata.max()) + 1, sums.shape[1]))
        np.add.at(by_stratum, self.strata[units], sums)
        of_unit = np.zeros((len(self.strata), sums.shape[1]))
        of_unit[units] = sums
        return (
            np.outer(self.everywhere, sums.sum(axis=0))
            + self.nearby[:, None] * by_stratum[self.strata[self.deleted]]
            + self.itself[:, None] * of_unit[self.deleted]
        )
