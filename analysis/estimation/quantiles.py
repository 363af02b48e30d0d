"""Quantiles of survey answers, by any domains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimation.design import Columns, Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.domains import split
from analysis.estimation.estimate import Estimate, t_quantile
from analysis.estimation.estimates import complete_rows
from analysis.estimation.estimation import Missing, check_option, domain_columns, estimate_columns
from analysis.estimation.items import read_numbers
from analysis.estimation.quantile_answers import Answers, Asked, all_quantiles, shares_below
from analysis.estimation.quantile_intervals import Ends, by_score, replicate_covariance, woodruff
from analysis.estimation.quantile_rules import Rule
from analysis.estimation.share_intervals import INTERVALS
from questionnaires.faults import N_

Interval = Literal["mean", "beta", "xlogit", "asin", "score", "quantile"]


def quantile(
    design: Design,
    items: str | Sequence[str],
    probabilities: float | Sequence[float] = 0.5,
    by: Columns = None,
    rule: Rule = "math",
    interval: Interval = "mean",
    missing: Missing = "available",
    level: float = 0.95,
) -> Estimate:
    """Quantiles of number columns by domain; the rows' level is the probability.

    `rule`: where a quantile lies between two answers: "math" (the lower on a tie), "school" (their middle),
    "shahvaish", or "hf1" to "hf9" (Hyndman & Fan, 1996, American Statistician 50). Numbers are those of
    `svyquantile` (Lumley), whose rules give the second answer where the first alone weighs more than p.

    `interval` (Woodruff, 1952, JASA 47): an interval for the share of answers at or below the quantile,
    "mean", "beta", "xlogit" or "asin" as in `proportion`, whose ends are turned back into quantiles by the
    same rule. "score": the values that a score test does not refuse, which R turns into quantiles by
    counting answers without weights; not for replicate weights. "quantile": estimate ± t · se from
    quantiles computed anew in each replicate; for replicate weights only, and a jackknife is no good for it.
    An end beyond all answers is nan. Degrees of freedom are of those who answered.

    se is the interval's width over 2t. R gives no covariance of different quantiles; here they have the
    correlation of the shares at or below them (to first order the quantiles' own; Francisco & Fuller, 1991,
    Annals of Statistics 19), for "quantile" that of the replicates. deff is that of these shares.
    `missing` and rows as in `mean`. Raises DesignError.
    """
    check_option("rule", rule, Rule)
    check_option("interval", interval, Interval)
    _check_interval(design, interval)
    columns = read_numbers(design.frame, items)
    complete = complete_rows(columns, missing)
    domains, _ = split(design, domain_columns(by))
    asked = Asked(design, domains, complete, _probabilities(probabilities), rule, level)
    answers = [Answers.read(asked, item) for item in columns]
    values = all_quantiles(asked, answers, design.weights)
    df = np.stack([item.degrees_of_freedom(asked) for item in answers], axis=1)
    width = len(answers) * len(asked.probabilities)
    below = estimate_columns(design, shares_below(asked, answers, values), width, by, complete, level)
    if interval == "quantile":
        return _from_replicates(below, values, df, replicate_covariance(asked, answers, values))
    se = below.table["se"].to_numpy().reshape(values.shape)
    ends = (
        by_score(asked, answers, df)
        if interval == "score"
        else woodruff(asked, answers, values, se, df, INTERVALS[interval])
    )
    return _from_ends(below, values, df, ends)


def _check_interval(design: Design, interval: str) -> None:
    if interval == "score" and design.replicates is not None:
        raise DesignError(
            N_("Score intervals are not for replicate weights; there are mean, beta, xlogit, asin, quantile.")
        )
    if interval == "quantile" and design.replicates is None:
        raise DesignError(N_("Intervals from the quantiles of replicates need a design with replicates."))


def _probabilities(probabilities: float | Sequence[float]) -> np.ndarray:
    values = np.atleast_1d(np.asarray(probabilities, dtype=float))
    if not len(values) or not ((values >= 0) & (values <= 1)).all():
        raise DesignError(
            N_("Quantiles are of probabilities between 0 and 1, not %(given)s."), given=probabilities
        )
    return values


def _from_ends(below: Estimate, values: np.ndarray, df: np.ndarray, ends: Ends) -> Estimate:
    """The estimate with se from the width of the interval and the correlations of the shares `below`."""
    lower, upper = ends
    se = (upper - lower) / (2 * t_quantile(below.confidence, df)[:, :, None])
    shares = below.table["se"].to_numpy()
    scale = np.divide(se.ravel(), shares, out=np.zeros(len(shares)), where=shares > 0)
    covariance = below.covariance.to_numpy() * scale * scale[:, None]
    np.fill_diagonal(covariance, se.ravel() ** 2)
    return _estimate(below, values, df, (lower, upper), se, covariance)


def _from_replicates(below: Estimate, values: np.ndarray, df: np.ndarray, covariance: np.ndarray) -> Estimate:
    se = np.sqrt(np.diag(covariance)).reshape(values.shape)
    reach = t_quantile(below.confidence, df)[:, :, None] * se
    return _estimate(below, values, df, (values - reach, values + reach), se, covariance)


def _estimate(
    below: Estimate, values: np.ndarray, df: np.ndarray, ends: Ends, se: np.ndarray, covariance: np.ndarray
) -> Estimate:
    table = below.table.assign(
        estimate=values.ravel(),
        se=se.ravel(),
        lower=ends[0].ravel(),
        upper=ends[1].ravel(),
        df=np.repeat(df, values.shape[2]),
    )
    labels = table.index
    return replace(below, table=table, covariance=pd.DataFrame(covariance, labels, labels))
