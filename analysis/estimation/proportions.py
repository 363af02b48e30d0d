"""Shares with the intervals used for them: a share lies between 0 and 1, and so should its interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy import special

from analysis.estimation.design import Columns, Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.domains import Domains, split
from analysis.estimation.estimate import Estimate, t_quantile
from analysis.estimation.estimates import mean_of
from analysis.estimation.estimation import Column, check_option, divide, estimate_columns
from analysis.estimation.items import read_items
from questionnaires.faults import N_

Method = Literal["logit", "mean", "wilson", "beta", "xlogit", "asin"]

# R's glm stops when the deviance changes by less than this share of it.
_DEVIANCE_TOLERANCE = 1e-8
_MOST_ROUNDS = 25


@dataclass(frozen=True, eq=False)
class Share:
    """Shares p, their standard errors, degrees of freedom and rows; (D,) each. `t`: quantile for the
    interval.
    """

    p: np.ndarray
    se: np.ndarray
    df: np.ndarray
    rows: np.ndarray
    n: np.ndarray
    t: np.ndarray
    confidence: float


def proportion(
    design: Design,
    item: str,
    level: object = None,
    method: Method = "logit",
    by: Columns = None,
    confidence: float = 0.95,
) -> Estimate:
    """The share of `item` that answers `level`, by domain, with an interval that fits a share.

    `level` may be left out for a column of zeros and ones. Methods, all with t quantiles on the design's
    degrees of freedom: "logit" from a logistic fit stopped where R's `svyglm` stops, "xlogit" the same in
    closed form, "asin" on the arcsine scale, "wilson" (Wilson, 1927) and "beta" (Korn & Graubard, 1998,
    Survey Methodology 24) with the effective sample size p (1 − p) / se², "mean" the plain interval. At 0
    and 1 only "wilson" and "beta" have an interval, with n for the effective size. Semantics of
    `svyciprop` (Lumley). Raises DesignError.
    """
    check_option("method", method, Method)
    values, answered = _indicator(design, item, level)
    if method == "logit":
        return _logistic(design, item, level, values, answered, by, confidence)
    e = estimate_columns(design, [Column(item, level, answered, mean_of(values))], 1, by, None, confidence)
    low, high = _INTERVALS[method](_share(design, e, by))
    return _with_interval(e, low, high)


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


def _share(design: Design, e: Estimate, by: Columns) -> Share:
    table = e.table
    df = table["df"].to_numpy(dtype=float)
    return Share(
        table["estimate"].to_numpy(),
        table["se"].to_numpy(),
        df,
        _rows(design, by),
        table["n"].to_numpy(),
        t_quantile(e.confidence, df),
        e.confidence,
    )


def _rows(design: Design, by: Columns) -> np.ndarray:
    """(D,) rows of each domain, answered or not; once calibrated a domain keeps all rows, most with weight
    0.
    """
    domains, _ = split(design, [by] if isinstance(by, str) else list(by or ()))
    if design.calibrations:
        return np.full(domains.size, len(design.frame))
    return np.bincount(domains.codes[domains.active], minlength=domains.size)


def _with_interval(e: Estimate, low: np.ndarray, high: np.ndarray) -> Estimate:
    return replace(e, table=e.table.assign(lower=low, upper=high))


def _plain(share: Share) -> tuple[np.ndarray, np.ndarray]:
    return share.p - share.t * share.se, share.p + share.t * share.se


def _through(
    scale: Callable[[np.ndarray], np.ndarray],
    back: Callable[[np.ndarray], np.ndarray],
    slope: Callable[[np.ndarray], np.ndarray],
) -> Callable[[Share], tuple[np.ndarray, np.ndarray]]:
    """An interval that is symmetric on another scale; `slope` is the derivative of `scale`."""

    def interval(share: Share) -> tuple[np.ndarray, np.ndarray]:
        with np.errstate(divide="ignore", invalid="ignore"):
            middle, reach = scale(share.p), share.t * share.se * slope(share.p)
            return back(middle - reach), back(middle + reach)

    return interval


def _effective_size(share: Share) -> np.ndarray:
    varies = (share.p > 0) & (share.p < 1)
    return np.where(varies, divide(share.p * (1 - share.p), share.se**2), share.n)


def _wilson(share: Share) -> tuple[np.ndarray, np.ndarray]:
    n, z2 = _effective_size(share), share.t**2
    middle = (share.p + z2 / (2 * n)) / (1 + z2 / n)
    reach = share.t / (1 + z2 / n) * np.sqrt(share.p * (1 - share.p) / n + z2 / (4 * n**2))
    return middle - reach, middle + reach


def _beta(share: Share) -> tuple[np.ndarray, np.ndarray]:
    n = _effective_size(share) * (t_quantile(share.confidence, share.rows - 1) / share.t) ** 2
    tail = (1 - share.confidence) / 2
    yes, no = n * share.p, n * (1 - share.p)
    low = np.where(share.p > 0, special.betaincinv(yes, no + 1, tail), 0.0)
    high = np.where(share.p < 1, special.betaincinv(yes + 1, no, 1 - tail), 1.0)
    return low, high


def _logit(p: np.ndarray) -> np.ndarray:
    return np.log(p / (1 - p))


def _expit(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


_xlogit = _through(_logit, _expit, lambda p: 1 / (p * (1 - p)))
_asin = _through(
    lambda p: np.arcsin(np.sqrt(p)), lambda x: np.sin(x) ** 2, lambda p: 0.5 / np.sqrt(p * (1 - p))
)

_INTERVALS: dict[str, Callable[[Share], tuple[np.ndarray, np.ndarray]]] = {
    "mean": _plain,
    "wilson": _wilson,
    "beta": _beta,
    "xlogit": _xlogit,
    "asin": _asin,
}


def _logistic(
    design: Design,
    item: str,
    level: object,
    values: np.ndarray,
    answered: np.ndarray,
    by: Columns,
    confidence: float,
) -> Estimate:
    """The share as a logistic regression on nothing but a constant finds it, step by step as R's glm."""
    rows = _rows(design, by)

    def fitted(weights: np.ndarray, domains: Domains) -> tuple[np.ndarray, np.ndarray]:
        scale = divide(rows, domains.sums(np.where(domains.active, design.weights, 0.0)))
        p = _fit(values, weights * scale[domains.codes], domains)
        return p, divide(values - p[domains.codes], domains.sums(weights)[domains.codes])

    e = estimate_columns(design, [Column(item, level, answered, fitted)], 1, by, None, confidence)
    plain = estimate_columns(
        design, [Column(item, level, answered, mean_of(values))], 1, by, None, confidence
    )
    low, high = _xlogit(_share(design, e, by))
    shown = replace(plain, table=plain.table.assign(estimate=e.table["estimate"]))
    return _with_interval(shown, low, high)


def _fit(values: np.ndarray, weights: np.ndarray, domains: Domains) -> np.ndarray:
    """(D,) fitted shares by Fisher scoring from R's starting values (each row's own, drawn to one half)."""
    size, yes = domains.sums(weights), domains.sums(weights * values)
    start = (weights * values + 0.5) / (weights + 1)
    slope = start * (1 - start)
    working = _logit(start) + (values - start) / slope
    eta = divide(domains.sums(weights * slope * working), domains.sums(weights * slope))
    deviance = -2 * domains.sums(weights * np.where(values == 1, np.log(start), np.log1p(-start)))
    running = np.ones(domains.size, dtype=bool)
    for _ in range(_MOST_ROUNDS):
        p = _expit(eta)
        before, deviance = deviance, _deviance(p, yes, size)
        running &= np.abs(deviance - before) >= _DEVIANCE_TOLERANCE * (np.abs(deviance) + 0.1)
        if not running.any():
            break
        eta = np.where(running, eta + divide(divide(yes, size) - p, p * (1 - p)), eta)
    return _expit(eta)


def _deviance(p: np.ndarray, yes: np.ndarray, size: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return -2 * (yes * np.log(p) + (size - yes) * np.log1p(-p))
