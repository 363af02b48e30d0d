"""Many comparisons at once: adjusted p-values, and all pairs of estimates with simultaneous intervals."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special

from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.estimate import Estimate, t_quantile
from analysis.estimation.estimation import check_option
from questionnaires.faults import N_

Adjustment = Literal["bonferroni", "sidak", "holm", "hochberg", "bh", "by"]
PairAdjustment = Literal["bonferroni", "sidak", "holm", "hochberg", "bh", "by", "max-t"]
Intervals = Literal["max-t", "bonferroni", "sidak", "pointwise"]

_IN_STATSMODELS = {
    "bonferroni": "bonferroni",
    "sidak": "sidak",
    "hochberg": "simes-hochberg",
    "bh": "fdr_bh",
    "by": "fdr_by",
}

# Numbers drawn at one time.
_BLOCK = 4_000_000


def adjust_p(p: Sequence[float] | np.ndarray, method: Adjustment = "holm") -> np.ndarray:
    """(M,) p-values adjusted for there being M of them; an unknown one (nan) stays so and does not count.

    "bonferroni", "sidak", "holm" (1979) and "hochberg" (1988) hold the chance of any false finding; "bh"
    (Benjamini & Hochberg, 1995) and "by" (Benjamini & Yekutieli, 2001) the expected share of false ones
    among the findings. Raises DesignError for another method or a p outside 0..1.
    """
    check_option("method", method, Adjustment)
    values = np.asarray(p, dtype=float)
    known = ~np.isnan(values)
    if ((values[known] < 0) | (values[known] > 1)).any():
        raise DesignError(N_("A p-value lies between 0 and 1."))
    adjusted = np.full(values.shape, np.nan)
    if method == "holm":
        adjusted[known] = holm(values[known])
    elif known.any():
        from statsmodels.stats.multitest import multipletests

        adjusted[known] = multipletests(values[known], method=_IN_STATSMODELS[method])[1]
    return adjusted


def holm(p: np.ndarray) -> np.ndarray:
    """(M,) p-values adjusted by Holm (1979), none of them missing."""
    # statsmodels collects garbage on every call of its own, a thousand times as slow.
    order = np.argsort(p)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)), 1.0)
    return adjusted


def pairwise(
    e: Estimate,
    rows: Sequence[Hashable] | None = None,
    method: PairAdjustment = "holm",
    intervals: Intervals = "max-t",
    level: float | None = None,
    draws: int = 50_000,
    seed: int = 1,
) -> pd.DataFrame:
    """All pairs of rows of `e`: second less first, with its error from the covariance of the estimates.

    `rows`: which (as in `Estimate.position`); if None, rows of the same item and level are paired across
    domains, or all rows where there are no domains. Columns: first, second, difference, se, t, df (the
    fewer of the two), p, p_adjusted by `method` over all the pairs, lower, upper.

    `intervals` hold together at `level` (that of `e` if None): "bonferroni"; "sidak" (1967, JASA 62);
    "max-t", from the joint t distribution of all differences, which is drawn `draws` times by `seed` with
    the fewest degrees of freedom (Hothorn, Bretz & Westfall, 2008, Biometrical Journal 50); each "pointwise"
    by itself. "max-t" is also a method for p. Raises DesignError.
    """
    check_option("method", method, PairAdjustment)
    check_option("intervals", intervals, Intervals)
    if draws < 1:
        raise DesignError(N_("At least one draw is needed."))
    pairs = _pairs(e, rows)
    table = _differences(e, pairs)
    largest = _Largest(e, table, pairs, draws, seed) if "max-t" in (method, intervals) else None
    if method == "max-t":
        table["p_adjusted"] = largest.p() if largest else np.nan
    else:
        table["p_adjusted"] = adjust_p(table["p"].to_numpy(), method)
    reach = _reach(table, intervals, e.confidence if level is None else level, largest) * table["se"]
    return table.assign(lower=table["difference"] - reach, upper=table["difference"] + reach)


def _pairs(e: Estimate, rows: Sequence[Hashable] | None) -> np.ndarray:
    """(M, 2) positions of the rows to compare."""
    if rows is not None:
        families = [[e.position(row) for row in rows]]
    elif e.by:
        alike = e.table.groupby(["item", "level"], sort=False, dropna=False).indices
        families = [list(found) for found in alike.values()]
    else:
        families = [list(range(len(e.table)))]
    pairs = [pair for family in families for pair in combinations(family, 2)]
    if not pairs:
        raise DesignError(
            N_("There are no two estimates to compare among: %(rows)s."), rows=listed(list(e.table.index))
        )
    return np.array(pairs)


def _differences(e: Estimate, pairs: np.ndarray) -> pd.DataFrame:
    estimates, covariance = e.table["estimate"].to_numpy(dtype=float), e.covariance.to_numpy()
    first, second = pairs.T
    difference = estimates[second] - estimates[first]
    variance = covariance[first, first] + covariance[second, second] - 2 * covariance[first, second]
    se = np.sqrt(np.maximum(variance, 0.0))
    df = e.table["df"].to_numpy(dtype=float)[pairs].min(axis=1)
    t = np.divide(difference, se, out=np.full(len(se), np.nan), where=se > 0)
    labels = e.table.index.to_numpy()
    return pd.DataFrame(
        {
            "first": labels[first],
            "second": labels[second],
            "difference": difference,
            "se": se,
            "t": t,
            "df": df,
            "p": 2 * special.stdtr(np.where(df > 0, df, np.nan), -np.abs(t)),
        }
    )


class _Largest:
    """Draws of the largest |t| among the pairs, if no estimates differ."""

    def __init__(self, e: Estimate, table: pd.DataFrame, pairs: np.ndarray, draws: int, seed: int) -> None:
        self.t = np.abs(table["t"].to_numpy())
        known = ~np.isnan(self.t)
        self.values = np.empty(0)
        if known.any():
            df = table["df"].to_numpy()[known].min()
            self.values = _draw(e, pairs[known], table["se"].to_numpy()[known], df, draws, seed)

    def p(self) -> np.ndarray:
        """(M,) share of draws that reach each pair's |t|; at least 1 in the number of draws."""
        beyond = len(self.values) - np.searchsorted(self.values, self.t)
        share = (beyond + 1) / (len(self.values) + 1)
        return np.where(np.isnan(self.t), np.nan, share)

    def quantile(self, level: float) -> float:
        return float(np.quantile(self.values, level)) if len(self.values) else float("nan")


def _draw(e: Estimate, pairs: np.ndarray, se: np.ndarray, df: float, draws: int, seed: int) -> np.ndarray:
    """(draws,) largest |t|, sorted."""
    rows, places = np.unique(pairs, return_inverse=True)
    first, second = places.reshape(pairs.shape).T
    values, vectors = np.linalg.eigh(e.covariance.to_numpy()[np.ix_(rows, rows)])
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    rng = np.random.default_rng(seed)
    largest = []
    step = max(1, _BLOCK // len(pairs))
    for start in range(0, draws, step):
        size = min(step, draws - start)
        errors = rng.standard_normal((size, len(rows))) @ root.T
        scale = np.sqrt(rng.chisquare(df, size) / df)
        t = np.abs(errors[:, second] - errors[:, first]) / se
        largest.append(t.max(axis=1) / scale)
    return np.sort(np.concatenate(largest))


def _reach(table: pd.DataFrame, intervals: str, level: float, largest: _Largest | None) -> np.ndarray:
    """(M,) standard errors on either side of each difference."""
    df = table["df"].to_numpy(dtype=float)
    count = max(int(table["t"].notna().sum()), 1)
    each = {"pointwise": level, "bonferroni": 1 - (1 - level) / count, "sidak": level ** (1 / count)}
    if largest is None or intervals in each:
        return t_quantile(each[intervals], df)
    t_quantile(level, df)  # refuses a level outside 0..1
    return np.full(len(df), largest.quantile(level))
