"""The record an estimation gives: a table and the covariance of its rows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from analysis.design_error import DesignError, listed
from questionnaires.faults import N_

TABLE_COLUMNS = ["item", "level", "estimate", "se", "lower", "upper", "n", "n_effective", "deff", "df"]


@dataclass(frozen=True, eq=False)
class Estimate:
    """Estimates with their uncertainty.

    `table`: one row per estimate, indexed by its label: the columns of `by`, then item, level (the
    category of a share, else None), estimate, se, lower, upper, n (answers), n_effective (n / deff), deff,
    df. `covariance`: over all rows, across items, levels and domains, with the same labels. `confidence`:
    of the intervals.
    """

    table: pd.DataFrame
    covariance: pd.DataFrame
    confidence: float
    by: tuple[str, ...] = ()

    def position(self, key: Hashable) -> int:
        """Number of the row called `key`: its label, or the tuple (by values…, item[, level]).

        Raises DesignError where no row or several rows answer to it.
        """
        found = np.flatnonzero(self.table.index == key) if isinstance(key, str) else self._matching(key)
        if len(found) != 1:
            raise DesignError(
                N_("%(count)s estimates are called “%(key)s”, not one. There are: %(names)s"),
                count=len(found),
                key=key,
                names=listed(list(self.table.index)),
            )
        return int(found[0])

    def _matching(self, key: Hashable) -> np.ndarray:
        parts = key if isinstance(key, tuple) else (key,)
        columns = [*self.by, "item", "level"][: len(parts)]
        if len(parts) > len(self.by) + 2 or len(parts) <= len(self.by):
            return np.empty(0, dtype=int)
        same = np.ones(len(self.table), dtype=bool)
        for column, part in zip(columns, parts, strict=True):
            same &= (self.table[column] == part).to_numpy(dtype=bool)
        return np.flatnonzero(same)


def contrast(e: Estimate, contrasts: Mapping[str, Mapping[Hashable, float]]) -> Estimate:
    """Linear combinations Σ weight × estimate of the rows of `e`, with their covariance.

    `contrasts`: name → {row: weight}, a row given as in `Estimate.position`. Variance is a'Va. Degrees of
    freedom are the fewest of the rows used. Raises DesignError for an unknown row.
    """
    if not contrasts:
        raise DesignError(N_("No contrast was given."))
    weights = np.zeros((len(contrasts), len(e.table)))
    for number, (name, parts) in enumerate(contrasts.items()):
        if not parts:
            raise DesignError(N_("The contrast “%(name)s” uses no estimate."), name=name)
        for key, weight in parts.items():
            weights[number, e.position(key)] += weight
    return combine(e, list(contrasts), weights)


def combine(e: Estimate, names: Sequence[str], weights: np.ndarray) -> Estimate:
    """The combinations `weights` (names, rows of e) of the estimates, as an Estimate with one row per
    name.
    """
    used = weights != 0
    values = np.where(used, weights * e.table["estimate"].to_numpy(), 0.0).sum(axis=1)
    old = e.covariance.to_numpy()
    touched = used.any(axis=0)
    covariance = weights[:, touched] @ old[np.ix_(touched, touched)] @ weights[:, touched].T
    table = pd.DataFrame({"item": list(names), "level": None, "estimate": values}, index=list(names))
    table["n"] = [_least(e.table["n"], row) for row in used]
    table["deff"] = np.nan
    table["df"] = [_least(e.table["df"], row) for row in used]
    return finish(table, covariance, e.confidence)


def _least(column: pd.Series, rows: np.ndarray) -> float:
    return column.to_numpy()[rows].min() if rows.any() else column.min()


def finish(
    table: pd.DataFrame, covariance: np.ndarray, confidence: float, by: Sequence[str] = ()
) -> Estimate:
    """Add standard errors, t intervals and effective n to a table that has estimate, n, deff and df."""
    se = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    se = np.where(np.isnan(np.diag(covariance)), np.nan, se)
    reach = t_quantile(confidence, table["df"].to_numpy(dtype=float)) * se
    with np.errstate(divide="ignore", invalid="ignore"):
        table = table.assign(
            se=se,
            lower=table["estimate"] - reach,
            upper=table["estimate"] + reach,
            n_effective=table["n"].to_numpy() / table["deff"].to_numpy(),
        )
    labels = pd.Index(table.index, name=None)
    return Estimate(
        table[[*by, *TABLE_COLUMNS]], pd.DataFrame(covariance, labels, labels), confidence, tuple(by)
    )


def t_quantile(confidence: float, df: np.ndarray | float) -> np.ndarray:
    """Upper quantile of Student's t for a two-sided interval; nan where `df` is not positive."""
    if not 0 < confidence < 1:
        raise DesignError(
            N_("A confidence level lies between 0 and 1; %(level)s does not."), level=confidence
        )
    return special.stdtrit(np.where(np.asarray(df, dtype=float) > 0, df, np.nan), (1 + confidence) / 2)
