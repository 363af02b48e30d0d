"""Domains of estimation: the combinations of values that `by` columns take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimation.codes import joint_codes, occurring_codes
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.replicate_ranks import replicate_ranks
from questionnaires.faults import N_


@dataclass(frozen=True, eq=False)
class Domains:
    """Rows split into domains 0..size-1. Rows outside every domain have `active` False and code 0."""

    codes: np.ndarray
    active: np.ndarray
    size: int

    def sums(self, values: np.ndarray) -> np.ndarray:
        """(size,) sums of `values` by domain; values of inactive rows must be 0."""
        return np.array([values.sum()]) if self.size == 1 else np.bincount(self.codes, values, self.size)

    def products(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """(size,) sums of `first` × `second` by domain; one of them must be 0 in inactive rows."""
        return np.array([first @ second]) if self.size == 1 else self.sums(first * second)

    def counts(self, marked: np.ndarray) -> np.ndarray:
        """(size,) number of rows marked by domain; no inactive row may be."""
        if self.size == 1:
            return np.array([np.count_nonzero(marked)])
        return np.bincount(self.codes, marked, self.size).astype(int)

    def of_rows(self, values: np.ndarray) -> np.ndarray:
        """The value (size,) of each row's domain: (rows,), or (1,) where there is but one."""
        return values if self.size == 1 else values[self.codes]


def split(design: Design, by: Sequence[str]) -> tuple[Domains, pd.DataFrame]:
    """The domains of the design by the columns `by`, in sorted order, and a table of their values (one row
    each).

    Rows outside the design's own domain, or without a value in a `by` column, are inactive.
    """
    return split_rows(design.frame, design.inside, by)


def split_rows(frame: pd.DataFrame, inside: np.ndarray, by: Sequence[str]) -> tuple[Domains, pd.DataFrame]:
    """As `split`, for the rows of `frame` where `inside` (rows,) is true."""
    active = inside.copy()
    codes = np.zeros(len(active), dtype=np.int64)
    levels: list[pd.Index] = []
    for column in by:
        column_codes, values = _codes(frame, column)
        active &= column_codes >= 0
        codes = codes * max(len(values), 1) + np.maximum(column_codes, 0)
        levels.append(values)
    if not active.any():
        raise DesignError(N_("No row lies in the domain."))
    found, codes_found = occurring_codes(codes[active])
    domains = np.zeros(len(active), dtype=np.int64)
    domains[active] = codes_found
    return Domains(domains, active, len(found)), _values(found, by, levels)


def _codes(frame: pd.DataFrame, column: str) -> tuple[np.ndarray, pd.Index]:
    if column not in frame.columns:
        raise DesignError(N_("There is no column “%(column)s” to split by."), column=column)
    series = frame[column]
    if isinstance(series.dtype, pd.CategoricalDtype):
        return series.cat.codes.to_numpy(), series.cat.categories
    try:
        return pd.factorize(series, sort=True)
    except TypeError:  # values of several types have no common order
        return pd.factorize(series)


def _values(found: np.ndarray, by: Sequence[str], levels: Sequence[pd.Index]) -> pd.DataFrame:
    columns = {}
    for column, values in zip(reversed(by), reversed(levels), strict=True):
        columns[column] = values[found % len(values)]
        found = found // len(values)
    return pd.DataFrame({column: columns[column] for column in by}, index=range(len(found)))


def degrees_of_freedom(design: Design, domains: Domains, weights: np.ndarray) -> np.ndarray:
    """(D,) primary units less strata among the rows of each domain with a weight; in a design with
    replicates, their rank less 1.
    """
    if design.replicates is not None:
        return replicate_ranks(design.replicates, domains.codes, domains.active, domains.size) - 1
    first = design.stages[0]
    used = domains.active & (weights != 0)
    _, (unit_domain, units) = joint_codes(domains.codes[used], first.units[used])
    _, (stratum_domain, _) = joint_codes(unit_domain, first.strata[units])
    return np.bincount(unit_domain, minlength=domains.size) - np.bincount(
        stratum_domain, minlength=domains.size
    )
