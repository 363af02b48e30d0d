"""Shares with the intervals used for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from analysis.estimation.design import Columns, Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.domains import split
from analysis.estimation.estimate import Estimate, t_quantile
from analysis.estimation.estimation import Column, check_option, domain_columns, estimate_columns
from analysis.estimation.items import read_items
from analysis.estimation.logistic_share import LogisticShare, fit_share
from analysis.estimation.profile_interval import profile_intervals
from analysis.estimation.questions import ShareQuestion, answer_share
from analysis.estimation.share_intervals import INTERVALS, Share, logit_interval, rows_of
from analysis.estimation.sums import SumRatio
from questionnaires.faults import N_

if TYPE_CHECKING:
    from analysis.engines.source_design import SourceDesign

Method = Literal["logit", "likelihood", "asin", "beta", "mean", "xlogit", "wilson"]


def proportion(
    design: Design | SourceDesign,
    item: str,
    level: object = None,
    method: Method = "logit",
    by: Columns = None,
    confidence: float = 0.95,
) -> Estimate:
    """The share of `item` that answers `level`, by domain, with an interval that fits a share.

    `level` may be left out for a column of zeros and ones. Methods, all with t quantiles on the design's
    degrees of freedom: "xlogit" symmetric on the logit scale, "logit" the same from a logistic fit that
    stops where R's `svyglm` does (some 1e-9 from it), "likelihood" from the profile of that fit's deviance,
    scaled after Rao & Scott (1984), "asin" on the arcsine scale (where an end beyond 0 or 1 turns back, as
    in R), "wilson" (Wilson, 1927) and "beta" (Korn & Graubard, 1998, Survey Methodology 24) with the
    effective sample size p (1 − p) / se², "mean" the plain interval. At 0 and 1 only "wilson" and "beta"
    have an interval, with n for the effective size; "mean" has the point itself, the others nan. Semantics
    of `svyciprop` (Lumley). Raises DesignError.
    """
    check_option("method", method, Method)
    return answer_share(design, ShareQuestion(item, level, method, tuple(domain_columns(by)), confidence))


@answer_share.register
def _of_rows(design: Design, question: ShareQuestion) -> Estimate:
    """The answer of a design whose rows are in memory."""
    item, level, by, confidence = question.item, question.level, question.by, question.confidence
    values, answered = _indicator(design, item, level)
    column = Column(item, level, answered, SumRatio(values))
    e = estimate_columns(design, [column], 1, by, None, confidence)
    if question.method in INTERVALS:
        domains, _ = split(design, by)
        return with_interval(e, question.method, rows_of(design, domains))
    fit = fit_share(design, column, values, by)
    t = t_quantile(confidence, e.table["df"].to_numpy(dtype=float))
    likelihood = question.method == "likelihood"
    ends = profile_intervals(fit, t) if likelihood else logit_interval(fit.p, fit.logit_se, t)
    return _fitted(e, fit, ends)


def _indicator(design: Design, name: str, level: object) -> tuple[np.ndarray, np.ndarray]:
    """(rows,) 1 where the answer is `level`; and where there is an answer."""
    [item] = read_items(design.frame, name)
    if item.levels is None:
        [(_, values)] = item.columns()
        if level is None and not np.isin(values[item.answered], (0, 1)).all():
            raise DesignError(
                N_("Column “%(column)s” is not of zeros and ones: say which level is meant."), column=name
            )
        return values if level is None else (values == level).astype(float), item.answered
    for value, values in item.columns():
        if value == level:
            return values, item.answered
    raise DesignError(
        N_("Column “%(column)s” has no level “%(level)s”; there are %(levels)s."),
        column=name,
        level=level,
        levels=listed(item.levels),
    )


def with_interval(e: Estimate, method: str, rows: np.ndarray) -> Estimate:
    """The shares with the interval of a `method` of `INTERVALS`; `rows`: (D,) rows of each domain."""
    p, se, df, n = (e.table[column].to_numpy(dtype=float) for column in ("estimate", "se", "df", "n"))
    return _with_ends(e, *INTERVALS[method](Share(p, se, df, rows, n, e.confidence)))


def _fitted(e: Estimate, fit: LogisticShare, ends: tuple[np.ndarray, np.ndarray]) -> Estimate:
    """The share where the fit stopped; at 0 and 1, where its logit runs off, the plain one without ends."""
    p = np.where(fit.varies, fit.p, e.table["estimate"])
    lower, upper = (np.where(fit.varies, end, np.nan) for end in ends)
    return _with_ends(replace(e, table=e.table.assign(estimate=p)), lower, upper)


def _with_ends(e: Estimate, lower: np.ndarray, upper: np.ndarray) -> Estimate:
    return replace(e, table=e.table.assign(lower=lower, upper=upper))
