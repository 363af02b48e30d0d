"""What a ranking rests on: one index per unit, and how far each index and each difference may be off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.estimation.design_error import DesignError, listed
from questionnaires.faults import N_

Floats = NDArray[np.float64]
Covariance = pd.DataFrame | pd.Series
"""A covariance matrix of the units' indexes, or their standard errors where samples are independent."""

# Indexes closer than this part of the largest are equal: sums of floats lose their last digits. So are
# variances of differences closer than this part of the variances they come from.
_ROUNDING = 1e-11


@dataclass(frozen=True, eq=False)
class Standing:
    """Indexes of the units of one ranking, with their errors."""

    units: pd.Index
    values: Floats  # (U,)
    errors: Floats  # (U,) standard errors, 0 for a unit without sampling error
    covariance: Floats | None  # (U, U), None where the units are independent

    @property
    def tolerance(self) -> float:
        return _ROUNDING * float(np.abs(self.values).max(initial=0.0))

    @property
    def uncertain(self) -> NDArray[np.bool_]:
        return self.errors > 0

    def of(self, units: NDArray) -> Standing:
        """The same for some of the units only."""
        covariance = None if self.covariance is None else self.covariance[np.ix_(units, units)]
        return Standing(self.units[units], self.values[units], self.errors[units], covariance)

    def difference_errors(self, one: int | slice, others: int | slice = slice(None)) -> Floats:
        """Standard errors of the differences between units `one` and `others`, pair by pair."""
        sums = self.errors[one] ** 2 + self.errors[others] ** 2
        if self.covariance is None:
            return np.sqrt(sums)
        places = np.arange(len(self.errors))
        variances = sums - 2 * self.covariance[places[one], places[others]]
        return np.sqrt(np.where(variances > _ROUNDING * sums, variances, 0.0))


def read_standing(index: pd.Series, covariance: Covariance) -> Standing:
    """Raises DesignError naming the units that have no index or error, or more than one."""
    units = index.index
    _refuse(units, units.duplicated(), N_("Units %(units)s have more than one index."))
    values = index.to_numpy(dtype=float, na_value=np.nan)
    unknown = ~np.isfinite(values)
    _refuse(units, unknown, N_("There is no index for %(units)s: leave them out of the ranking."))
    named = covariance.index
    _refuse(named, named.duplicated(), N_("Units %(units)s have more than one error."))
    if isinstance(covariance, pd.Series):
        errors = covariance.reindex(units).to_numpy(dtype=float, na_value=np.nan)
        _check_errors(units, errors)
        return Standing(units, values, errors, None)
    matrix = covariance.reindex(index=units, columns=units).to_numpy(dtype=float, na_value=np.nan)
    variances = np.diag(matrix)
    rounding = _ROUNDING * np.abs(variances).max(initial=0.0)
    _check_errors(units, np.where(np.abs(variances) <= rounding, 0.0, variances))
    _check_covariance(units, matrix)
    independent = not np.any(matrix - np.diag(variances))
    errors = np.sqrt(np.where(variances > rounding, variances, 0.0))
    return Standing(units, values, errors, None if independent else matrix)


def per_group(
    compute: Callable[[Standing], pd.DataFrame],
    index: pd.Series,
    covariance: Covariance,
    groups: pd.Series | None,
) -> pd.DataFrame:
    """`compute` for all units, or for the units of each ranking group on its own, with the column `group`."""
    if groups is None:
        return compute(read_standing(index, covariance))
    group_of = groups.reindex(index.index)
    _refuse(index.index, group_of.isna().to_numpy(), N_("There is no ranking group for %(units)s."))
    tables = []
    for group in group_of.unique():
        table = compute(read_standing(index[(group_of == group).to_numpy()], covariance))
        table.insert(0, "group", group)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _refuse(units: pd.Index, wrong: NDArray[np.bool_], template: str) -> None:
    if wrong.any():
        raise DesignError(template, units=listed(list(units[wrong].unique())))


def _check_errors(units: pd.Index, errors: Floats) -> None:
    unknown = N_("The sampling error of %(units)s is unknown: give 0 where there is none, or leave them out.")
    _refuse(units, ~np.isfinite(errors), unknown)
    _refuse(units, errors < 0, N_("The error of %(units)s is negative."))


def _check_covariance(units: pd.Index, matrix: Floats) -> None:
    largest = np.diag(matrix).max(initial=0.0)
    unknown = np.asarray((~np.isfinite(matrix)).any(axis=1))
    _refuse(units, unknown, N_("Some covariance of %(units)s is unknown."))
    lopsided = (np.abs(matrix - matrix.T) > 1e-9 * largest).any(axis=1)
    _refuse(units, lopsided, N_("The covariances of %(units)s differ by which unit is named first."))
