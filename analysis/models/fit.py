"""The record of a fitted regression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from analysis.estimation.design import Design
from analysis.estimation.estimate import t_quantile
from analysis.models.families import FAMILIES
from analysis.models.solution import Stopping
from analysis.models.specification import Specification


@dataclass(frozen=True, eq=False)
class Fit:
    """A regression with design-based errors.

    `table`: one row per coefficient, indexed by its name: term, estimate, se, t, df, p, lower, upper, and
    under the usual link of a logistic, ordinal or Poisson model odds_ratio or rate_ratio with its interval.
    An ordinal model ends with its cut points, called "low|high". `covariance`: (K, K) of the coefficients
    with the same names; `naive`: the inverse information for weights of mean 1, as if they were frequencies.
    `dispersion`: weighted variance of the Pearson residuals (nan if ordinal). `deviance`: for weights of
    mean 1. `r_squared`: weighted share of the variance explained (linear models, else nan). `df_residual`:
    the design's degrees of freedom + 1 − the number of coefficients, cut points counting as one. `n`: rows
    used; `left_out`: rows of the domain without all answers. `design`: the domain of the rows used. `rounds`
    of iteration, stopped as `stopping` says.
    """

    specification: Specification
    design: Design
    table: pd.DataFrame
    covariance: pd.DataFrame
    naive: pd.DataFrame
    dispersion: float
    deviance: float
    r_squared: float
    df_residual: int
    n: int
    left_out: int
    rounds: int
    stopping: Stopping
    confidence: float

    @property
    def coefficients(self) -> pd.Series:
        return self.table["estimate"]

    def predict(
        self, frame: pd.DataFrame, scale: str = "response", level: float | None = None
    ) -> pd.DataFrame:
        """Expected outcomes for the rows of `frame`: estimate, se, lower, upper; nan where an answer is
        missing.

        `scale`: "response" for means, shares or rates, "link" for linear predictors. Errors by the delta
        method, of the expected outcome, not of a single one. Of an ordinal model one row per row of the
        frame and level (only "response"). Raises DesignError for columns or levels the model does not know.
        """
        from analysis.models.prediction import predict

        return predict(self, frame, scale, self.confidence if level is None else level)


def coefficient_table(
    names: Sequence[str],
    terms: Sequence[str],
    estimates: np.ndarray,
    covariance: np.ndarray,
    df: int,
    level: float,
    ratio: str | None,
    slopes: int,
) -> pd.DataFrame:
    """The table of a fit; only the first `slopes` rows have a `ratio`."""
    se = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = estimates / se
    usable = df if df > 0 else np.nan
    reach = t_quantile(level, df) * se
    table = pd.DataFrame(
        {
            "term": list(terms),
            "estimate": estimates,
            "se": se,
            "t": t,
            "df": df,
            "p": 2 * special.stdtr(usable, -np.abs(t)),
            "lower": estimates - reach,
            "upper": estimates + reach,
        },
        index=pd.Index(list(names)),
    )
    if ratio is not None:
        shown = np.where(np.arange(len(names)) < slopes, 1.0, np.nan)
        with np.errstate(over="ignore"):
            table[ratio] = np.exp(table["estimate"]) * shown
            table[f"{ratio}_lower"] = np.exp(table["lower"]) * shown
            table[f"{ratio}_upper"] = np.exp(table["upper"]) * shown
    return table


def ratio_name(family: str, link: str) -> str | None:
    """What exp(coefficient) means, if anything."""
    if family == "ordinal":
        return "odds_ratio" if link == "logit" else None
    known = FAMILIES[family]
    return known.ratio if link == known.links[0] else None
