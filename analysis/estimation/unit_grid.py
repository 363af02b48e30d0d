"""Scores summed to sampling units, one sum for every unit in every domain: the exact path, with all lonely
rules.
"""

from __future__ import annotations

import numpy as np

from analysis.estimation.calibration import Calibration
from analysis.estimation.design import Design
from analysis.estimation.domains import Domains
from analysis.estimation.group_sums import GroupSums
from analysis.estimation.lonely import LONELY, Spread, lonely_strata
from analysis.estimation.stages import Stage


class UnitGrid:
    """(U, D, K) sums of scores by unit of one stage, by domain and column."""

    def __init__(self, design: Design, stage: Stage, domains: Domains, columns: int) -> None:
        self.design = design
        self.stage = stage
        self.domains = domains
        self._cells = stage.units * domains.size + domains.codes if domains.size > 1 else stage.units
        self._sums = np.zeros((len(stage.strata), domains.size, columns))
        self._by_cell = GroupSums(self._cells, len(stage.strata) * domains.size)

    def put(self, column: int, score: np.ndarray) -> None:
        self._sums[:, :, column] = self._by_cell(score).reshape(self._sums.shape[:2])

    def covariance(self, fixed: list[tuple[Calibration, np.ndarray]]) -> np.ndarray:
        """(D·K, D·K) contribution of this stage; `fixed` are the coefficients that calibration takes away."""
        stage, sums = self.stage, self._sums
        for calibration, coefficients in fixed:
            taken = calibration.carried(stage.units, len(stage.strata)) @ coefficients
            sums = sums - taken.reshape(sums.shape)
        deviations = self._deviations(sums).reshape(len(sums), -1)
        deviations *= np.sqrt(stage.scale)[stage.strata][:, None]
        return deviations.T @ deviations

    def _deviations(self, sums: np.ndarray) -> np.ndarray:
        """Distances of the units' sums from the mean of their stratum."""
        stage = self.stage
        totals = (stage.membership @ sums.reshape(len(sums), -1)).reshape(-1, *sums.shape[1:])
        deviations = sums - (totals / stage.sampled[:, None, None])[stage.strata]
        if not (stage.lonely.any() or self.design.lonely_in_domains):
            return deviations
        units = stage.membership @ self._presence()
        lonely = lonely_strata(stage, units, self.design.lonely, self.design.lonely_in_domains)
        if not lonely.any():
            return deviations
        return LONELY[self.design.lonely](Spread(stage, sums, totals, deviations, lonely, units > 0))

    def _presence(self) -> np.ndarray:
        """(U, D) 1 where the domain has rows in the unit; once calibrated, every unit says something of
        each.
        """
        units, domains, _ = self._sums.shape
        if self.design.calibrations:
            return np.ones((units, domains))
        rows = np.bincount(self._cells[self.domains.active], minlength=units * domains)
        return (rows > 0).astype(float).reshape(units, domains)
