"""Covariance of estimates from their linearised scores, summed to sampling units first.

A score is what one row adds to an estimate: Σ scores has, to first order, the estimate's error (Binder,
1983, Int. Stat. Review 51). The variance of such sums under stratified multistage sampling is the
recursion of Särndal, Swensson & Wretman (1992, 4.3): each stage adds the spread of its units' sums within
strata, times the sampling fractions of the stages before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analysis.calibration import Calibration
from analysis.design import Design
from analysis.stages import DesignError, Stage


@dataclass(frozen=True, eq=False)
class Domains:
    """Rows split into domains 0..size-1. Rows outside every domain have `active` False and code 0."""

    codes: np.ndarray
    active: np.ndarray
    size: int

    def sums(self, values: np.ndarray) -> np.ndarray:
        """(size,) sums of `values` by domain; values of inactive rows must be 0."""
        return np.array([values.sum()]) if self.size == 1 else np.bincount(self.codes, values, self.size)


class CovarianceSums:
    """Collects the scores of several estimates, one column at a time, and gives the covariance of all of
    them.

    Holds sums per sampling unit only, never a row-by-column matrix.
    """

    def __init__(self, design: Design, domains: Domains, columns: int) -> None:
        self.design = design
        self.domains = domains
        self.columns = columns
        self._filled = 0
        self._stages = [stage for stage in design.stages if (stage.parent_fraction > 0).any()]
        self._stage_sums = [self._empty(len(stage.strata)) for stage in self._stages]
        self._cell_sums = [self._empty(calibration.size) for calibration in design.calibrations]

    def _empty(self, groups: int) -> np.ndarray:
        return np.zeros((groups, self.domains.size, self.columns))

    def add(self, score: np.ndarray) -> None:
        """Take the next column: (rows,) scores, 0 in inactive rows."""
        for stage, sums in zip(self._stages, self._stage_sums, strict=True):
            self._put(sums, stage.units, score)
        for calibration, sums in zip(self.design.calibrations, self._cell_sums, strict=True):
            self._put(sums, calibration.cells, score * calibration.slope)
        self._filled += 1

    def _put(self, sums: np.ndarray, groups: np.ndarray, score: np.ndarray) -> None:
        cells = groups * self.domains.size + self.domains.codes if self.domains.size > 1 else groups
        width = sums.shape[0] * sums.shape[1]
        sums[:, :, self._filled] = np.bincount(cells, score, width).reshape(sums.shape[:2])

    def covariance(self) -> np.ndarray:
        """(D·K, D·K) covariance, domain by domain and in each domain column by column.

        Raises DesignError where a stratum has a single unit and the design says "fail".
        """
        means = _cell_means(self.design.calibrations, self._cell_sums)
        total = np.zeros((self.domains.size * self.columns,) * 2)
        for stage, sums in zip(self._stages, self._stage_sums, strict=True):
            for calibration, mean in zip(self.design.calibrations, means, strict=True):
                fixed = calibration.carried(stage.units, len(stage.strata)) @ mean.reshape(len(mean), -1)
                sums = sums - fixed.reshape(sums.shape)
            total += _stage_covariance(stage, sums, self._presence(stage), self.design)
        return total

    def _presence(self, stage: Stage) -> np.ndarray:
        """(U, D) whether the domain has rows in the unit; once calibrated, every unit says something of
        each.
        """
        if self.design.calibrations:
            return np.ones((len(stage.strata), self.domains.size), dtype=bool)
        cells = stage.units * self.domains.size + self.domains.codes
        width = len(stage.strata) * self.domains.size
        return np.bincount(cells[self.domains.active], minlength=width).reshape(-1, self.domains.size) > 0


def _cell_means(calibrations: tuple[Calibration, ...], sums: list[np.ndarray]) -> list[np.ndarray]:
    """Cell means of each calibration's scores, of what the calibrations before it left over."""
    means: list[np.ndarray] = []
    for number, calibration in enumerate(calibrations):
        left = sums[number]
        for earlier, mean in zip(calibrations, means, strict=False):
            taken = earlier.carried(calibration.cells, calibration.size, calibration.slope)
            left = left - (taken @ mean.reshape(len(mean), -1)).reshape(left.shape)
        means.append(left / calibration.cell_weights[:, None, None])
    return means


def _stage_covariance(stage: Stage, sums: np.ndarray, presence: np.ndarray, design: Design) -> np.ndarray:
    strata = _membership(stage)
    totals = (strata @ sums.reshape(len(sums), -1)).reshape(-1, *sums.shape[1:])
    deviations = sums - (totals / stage.sampled[:, None, None])[stage.strata]
    lonely = _lonely(stage, presence, strata, design)
    if lonely.any():
        deviations = _LONELY[design.lonely](stage, sums, totals, deviations, lonely, strata @ presence > 0)
    fraction = np.where(stage.sampled > 1, stage.sampled / np.maximum(stage.sampled - 1, 1), 1.0)
    scale = (1 - stage.fraction) * fraction * stage.parent_fraction
    scaled = deviations.reshape(len(sums), -1) * np.sqrt(scale)[stage.strata][:, None]
    return scaled.T @ scaled


def _membership(stage: Stage) -> sparse.csr_matrix:
    """(H, U) one where the unit lies in the stratum."""
    units = np.arange(len(stage.strata))
    return sparse.csr_matrix(
        (np.ones(len(units)), (stage.strata, units)), shape=(len(stage.sampled), len(units))
    )


def _lonely(stage: Stage, presence: np.ndarray, strata: sparse.csr_matrix, design: Design) -> np.ndarray:
    """(H, D) where a stratum stands for a domain with a single unit."""
    if not (stage.lonely.any() or design.lonely_in_domains):
        return np.zeros((1, 1), dtype=bool)
    units = strata @ presence.astype(float)
    lonely = stage.lonely[:, None] & (units > 0)
    if design.lonely_in_domains and design.lonely in ("adjust", "average"):
        lonely |= units == 1
    return lonely


def _fail(stage: Stage, sums, totals, deviations, lonely, present) -> np.ndarray:
    name = stage.stratum_names[int(np.argmax(lonely.any(axis=1)))]
    raise DesignError(
        f"Stratum {name!r} has a single sampled unit, so its variance cannot be estimated. "
        'Merge it with another stratum, or choose lonely="remove", "certainty", "adjust" or "average"'
    )


def _remove(stage: Stage, sums, totals, deviations, lonely, present) -> np.ndarray:
    return deviations  # the distance of a single unit from its own mean is 0 already


def _adjust(stage: Stage, sums, totals, deviations, lonely, present) -> np.ndarray:
    """Take lonely units from the mean of all units sampled under the same parent."""
    parents = int(stage.parent.max()) + 1
    under = sparse.csr_matrix(
        (np.ones(len(stage.parent)), (stage.parent, np.arange(len(stage.parent)))),
        shape=(parents, len(stage.parent)),
    )
    units = under @ (stage.sampled[:, None] * present)
    grand = (under @ totals.reshape(len(totals), -1)).reshape(parents, *totals.shape[1:])
    mean = grand / np.maximum(units, 1)[:, :, None]
    far = sums - mean[stage.parent][stage.strata]
    return np.where(lonely[stage.strata][:, :, None], far, deviations)


def _average(stage: Stage, sums, totals, deviations, lonely, present) -> np.ndarray:
    """Leave lonely strata out and let the others under the same parent stand for them."""
    parents = int(stage.parent.max()) + 1
    strata = np.zeros((parents, present.shape[1]))
    usable = np.zeros_like(strata)
    np.add.at(strata, stage.parent, present)
    np.add.at(usable, stage.parent, present & ~lonely)
    with np.errstate(divide="ignore", invalid="ignore"):
        stretch = np.where(strata > 0, np.sqrt(strata / usable), 1.0)
    kept = np.where(lonely[stage.strata][:, :, None], 0.0, deviations)
    return kept * stretch[stage.parent][stage.strata][:, :, None]


_LONELY = {"fail": _fail, "remove": _remove, "certainty": _remove, "adjust": _adjust, "average": _average}
