"""The record an estimation gives: a table and the covariance of its rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from analysis.estimation.design_error import DesignError, listed
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


def check_level(level: float) -> None:
    """Refuse a confidence level that is not between 0 and 1."""
    if not 0 < level < 1:
        raise DesignError(N_("A confidence level lies between 0 and 1; %(level)s does not."), level=level)


def t_quantile(confidence: float, df: np.ndarray | float) -> np.ndarray:
    """Upper quantile of Student's t for a two-sided interval; nan where `df` is not positive."""
    check_level(confidence)
    return special.stdtrit(np.where(np.asarray(df, dtype=float) > 0, df, np.nan), (1 + confidence) / 2)
