"""What a factor check says, as keys that a report puts into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError, listed
from questionnaires.faults import N_

if TYPE_CHECKING:
    from analysis.scales.confirmation import FactorCheck
    from analysis.scales.fit_indices import Fit

LIMITS: Mapping[str, float] = MappingProxyType(
    {
        "srmr": 0.08,  # at most; Hu & Bentler (1999), Structural Equation Modeling 6
        "rmsea": 0.08,  # at most; Browne & Cudeck (1993)
        "cfi": 0.90,  # at least; Bentler (1990), Psychological Bulletin 107
        "loading": 0.50,  # at least; Hair et al., Multivariate Data Analysis
        "average_variance": 0.50,  # at least; Fornell & Larcker (1981)
        "composite_reliability": 0.70,  # at least; Fornell & Larcker (1981)
        "htmt": 0.90,  # at most; Henseler, Ringle & Sarstedt (2015)
    }
)
"""Usual limits of what is called good enough; conventions, not laws."""

_AT_MOST = {
    "srmr",
    "rmsea",
    "htmt",
    "proper_loading",
    "proper_correlation",
    "fornell_larcker",
    "item_in_place",
}
"""Keys whose value may be no more than its limit; the others' may be no less."""

Judged = tuple[str, str, float, float]
"""Key, subject, value, limit."""


def limits_with(changes: Mapping[str, float] | None) -> dict[str, float]:
    """The usual limits with some changed. Raises DesignError for one that there is not."""
    unknown = [key for key in changes or {} if key not in LIMITS]
    if unknown:
        raise DesignError(
            N_("There is no limit “%(key)s” for a factor check; there are %(keys)s."),
            key=unknown[0],
            keys=listed(list(LIMITS)),
        )
    return {**LIMITS, **(changes or {})}


def verdicts(check: FactorCheck, limits: Mapping[str, float]) -> pd.DataFrame:
    """One row per judgement: key, subject (a factor, two joined by "~", an item, or ""), value, limit,
    holds. Judgements without a value (a fit with no degrees of freedom) are left out.
    """
    judged = [*_of_fit(check.fit, limits), *_of_items(check, limits), *_of_factors(check, limits)]
    rows = [
        (key, subject, value, limit, value <= limit if key in _AT_MOST else value >= limit)
        for key, subject, value, limit in judged
        if not np.isnan(value)
    ]
    return pd.DataFrame(rows, columns=["key", "subject", "value", "limit", "holds"])


def _of_fit(fit: Fit, limits: Mapping[str, float]) -> Iterator[Judged]:
    for key in ("srmr", "rmsea", "cfi"):
        yield key, "", getattr(fit, key), limits[key]


def _of_items(check: FactorCheck, limits: Mapping[str, float]) -> Iterator[Judged]:
    for item, loading in zip(check.loadings["item"], check.loadings["estimate"], strict=True):
        yield "loading", item, loading, limits["loading"]
        yield "proper_loading", item, abs(loading), 1.0
    for item, placed in check.placement.groupby("item", sort=False):
        yield "item_in_place", str(item), placed["with_other"].max(), placed["with_own"].iloc[0]


def _of_factors(check: FactorCheck, limits: Mapping[str, float]) -> Iterator[Judged]:
    table = check.factors
    for factor, average, reliability, shared in zip(
        table["factor"],
        table["average_variance"],
        table["composite_reliability"],
        table["most_shared"],
        strict=True,
    ):
        yield "average_variance", factor, average, limits["average_variance"]
        yield "composite_reliability", factor, reliability, limits["composite_reliability"]
        yield "fornell_larcker", factor, shared, average
    between = check.correlations
    for pair, correlation, ratio in zip(
        between["factor"] + "~" + between["other"], between["estimate"], between["htmt"], strict=True
    ):
        yield "proper_correlation", pair, abs(correlation), 1.0
        yield "htmt", pair, ratio, limits["htmt"]
