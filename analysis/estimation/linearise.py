"""Covariance of estimates from their linearised scores, summed to sampling units first.

A score is what one row adds to an estimate: Σ scores has, to first order, the estimate's error (Binder,
1983, International Statistical Review 51). The variance of such sums under stratified multistage sampling
is the recursion of Särndal, Swensson & Wretman (1992, 4.3): each stage adds the spread of its units' sums
within strata, times the sampling fractions of the stages before.
"""

from __future__ import annotations

import numpy as np

from analysis.estimation.calibration import Calibration, in_order
from analysis.estimation.design import Design
from analysis.estimation.domains import Domains
from analysis.estimation.stages import Stage
from analysis.estimation.unit_grid import UnitGrid
from analysis.estimation.unit_pairs import UnitPairs

# Sums of every unit in every domain are held while they are at most this many numbers (400 MB); beyond,
# only those of
# pairs that occur.
GRID_LIMIT = 50_000_000


class CovarianceSums:
    """Collects the scores of several estimates, one column at a time, and gives the covariance of all of
    them.

    Holds sums per sampling unit only, never a row-by-column matrix.
    """

    def __init__(self, design: Design, domains: Domains, columns: int) -> None:
        self.design = design
        self.size = domains.size * columns
        self._codes = domains.codes
        self._filled = 0
        stages = [stage for stage in design.stages if (stage.parent_fraction > 0).any()]
        self._stages = [_unit_sums(design, stage, domains, columns) for stage in stages]
        self._fixed = [
            (calibration, np.zeros((calibration.width, domains.size, columns)))
            for calibration in in_order(design.calibrations)
        ]

    def add(self, score: np.ndarray) -> None:
        """Take the next column: (rows,) scores, 0 in inactive rows."""
        for sums in self._stages:
            sums.put(self._filled, score)
        for calibration, held in self._fixed:
            held[:, :, self._filled] = calibration.sums(score, self._codes, held.shape[1])
        self._filled += 1

    def covariance(self) -> np.ndarray:
        """(D·K, D·K) covariance, domain by domain and in each domain column by column.

        Raises DesignError where a stratum has a single unit and the design says "fail".
        """
        fixed = _taken(self._fixed)
        return sum((sums.covariance(fixed) for sums in self._stages), np.zeros((self.size, self.size)))


def _unit_sums(design: Design, stage: Stage, domains: Domains, columns: int) -> UnitGrid | UnitPairs:
    borrows = design.lonely in ("adjust", "average") and (stage.lonely.any() or design.lonely_in_domains)
    fits = domains.size == 1 or len(stage.strata) * domains.size * columns <= GRID_LIMIT
    return (UnitGrid if fits or borrows else UnitPairs)(design, stage, domains, columns)


def _taken(fixed: list[tuple[Calibration, np.ndarray]]) -> list[tuple[Calibration, np.ndarray]]:
    """(C, D·K) coefficients that each calibration takes away, of what those before it have left over."""
    taken: list[tuple[Calibration, np.ndarray]] = []
    for calibration, sums in fixed:
        left = sums.reshape(len(sums), -1)
        for earlier, coefficients in taken:
            left = left - calibration.met_by(earlier) @ coefficients
        taken.append((calibration, calibration.taken(left)))
    return taken
