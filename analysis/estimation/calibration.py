"""What a calibration does to the variance: the part of a score that the targets fix adds nothing to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse


@dataclass(frozen=True, eq=False)
class Calibration:
    """Weights adjusted within cells, so that each cell hits its population total.

    `cells`: (rows,) cell of each row, 0..C-1. `before`, `after`: (rows,) weights on either side of the
    step. A score keeps only its distance from the mean of its cell, taken with the weights before and
    carried by the weights after (Särndal, Swensson & Wretman, 1992, Model Assisted Survey Sampling, 7.6).
    """

    cells: np.ndarray
    before: np.ndarray
    after: np.ndarray

    @property
    def size(self) -> int:
        return int(self.cells.max()) + 1

    @property
    def slope(self) -> np.ndarray:
        """What one unit of a row's score adds to its cell's mean, before division by the cell's weight."""
        return np.divide(self.before, self.after, out=np.zeros_like(self.before), where=self.after != 0)

    @property
    def cell_weights(self) -> np.ndarray:
        return np.bincount(self.cells, self.before, self.size)

    def carried(self, groups: np.ndarray, size: int, factor: np.ndarray | float = 1.0) -> sparse.csr_matrix:
        """(size, C) sums of `factor` × weight after, by the groups given for the rows and by cell."""
        values = self.after * factor
        return sparse.coo_matrix((values, (groups, self.cells)), shape=(size, self.size)).tocsr()
