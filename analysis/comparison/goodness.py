"""A test that an answer's shares are the given ones, under the survey's design."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from analysis.comparison.groups import groups_within
from analysis.comparison.result import ChiSquareTest, degrees_of_freedom, effective_number, f_tail
from analysis.estimation.chisquare_sums import TailMethod, chisquare_sum_tail
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.estimate import Estimate
from analysis.estimation.estimation import Column, check_option, estimate_columns
from analysis.estimation.groups import Groups, read_groups
from analysis.estimation.sums import Sum
from questionnaires.faults import N_

Statistic = Literal["Chisq", "F"]


def goodness_of_fit(
    design: Design,
    item: str,
    shares: Mapping[object, float],
    statistic: Statistic = "Chisq",
    method: TailMethod = "satterthwaite",
) -> ChiSquareTest:
    """Test that the levels of `item` have the `shares` (level → share or count, scaled to add up to 1).

    X² = Σ (T_i − T p_i)² / T p_i on weighted counts T_i of those who answer, which is Σ λ χ²₁ with λ the
    eigenvalues of the covariance of (T_i − T p_i) / √(T p_i), T estimated too (Rao & Scott, 1981).
    "Chisq" refers X² to that sum by `method`; "F" is X² / Σλ against F with d = (Σλ)² / Σλ² and dν degrees
    of freedom. `df` is d. Observed and expected are weighted counts. Raises DesignError for a level
    without a share, a share without a level, one that is not positive, and as `mean` does.
    """
    check_option("statistic", statistic, Statistic)
    check_option("method", method, TailMethod)
    levels = groups_within(design, item, read_groups(design.frame, item).answered)
    given = _given(levels, shares)
    counts = _counts(design, levels)
    observed = counts.table["estimate"].to_numpy(dtype=float)
    expected = observed.sum() * given
    eigenvalues = _eigenvalues(observed, expected, given, counts.covariance.to_numpy())
    pearson, number = float(((observed - expected) ** 2 / expected).sum()), effective_number(eigenvalues)
    ddf = number * degrees_of_freedom(design) if statistic == "F" else np.inf
    value = pearson / eigenvalues.sum() if statistic == "F" else pearson
    p = (
        f_tail(value, number, ddf)
        if statistic == "F"
        else chisquare_sum_tail(pearson, eigenvalues, method=method)
    )
    n = int(counts.table["n"].max())
    seen, foreseen = (pd.DataFrame({item: values}, list(levels.levels)) for values in (observed, expected))
    return ChiSquareTest(statistic, float(value), number, ddf, p, n, seen, foreseen, eigenvalues)


def _given(levels: Groups, shares: Mapping[object, float]) -> np.ndarray:
    """(K,) shares in the order of the levels, adding up to 1."""
    lacking = [level for level in levels.levels if level not in shares]
    unknown = [level for level in shares if level not in levels.levels]
    if lacking or unknown:
        raise DesignError(
            N_("Shares of “%(column)s” are for its levels, %(levels)s; they were given for %(given)s."),
            column=levels.name,
            levels=listed(levels.levels),
            given=listed(list(shares)) or N_("none"),
        )
    given = np.array([float(shares[level]) for level in levels.levels])
    if not (np.isfinite(given) & (given > 0)).all():
        raise DesignError(N_("A share to test against must be a positive number."))
    return given / given.sum()


def _counts(design: Design, levels: Groups) -> Estimate:
    columns = (
        Column(levels.name, level, levels.answered, Sum((levels.codes == code).astype(float)))
        for code, level in enumerate(levels.levels)
    )
    return estimate_columns(design, columns, levels.size)


def _eigenvalues(
    observed: np.ndarray, expected: np.ndarray, given: np.ndarray, covariance: np.ndarray
) -> np.ndarray:
    """Positive eigenvalues of the covariance of (T_i − T p_i) / √(T p_i), largest first."""
    root = np.sqrt(expected)
    by_total = -(observed + expected) / (2 * expected * root) * given
    derivative = np.diag(1 / root) + by_total[:, None]
    values = np.linalg.eigvalsh(derivative @ covariance @ derivative.T)[::-1]
    kept = values[values > 1e-10 * values[0]]
    if not len(kept):
        raise DesignError(N_("The design fixes these shares: there is nothing to test."))
    return kept
