"""Intervals for shares: a share lies between 0 and 1, and so should its interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.estimation.design import Design
from analysis.estimation.domains import Domains
from analysis.estimation.estimate import t_quantile
from analysis.estimation.estimation import divide


@dataclass(frozen=True, eq=False)
class Share:
    """Shares p, their standard errors, degrees of freedom, rows of data and answers: arrays of one shape.

    `t`: quantile for the interval.
    """

    p: np.ndarray
    se: np.ndarray
    df: np.ndarray
    rows: np.ndarray
    n: np.ndarray
    confidence: float

    @property
    def t(self) -> np.ndarray:
        return t_quantile(self.confidence, self.df)


Interval = Callable[[Share], tuple[np.ndarray, np.ndarray]]


def rows_of(design: Design, domains: Domains, used: np.ndarray | None = None) -> np.ndarray:
    """(D,) rows of each domain, those `used` (rows,) alone where given.

    Once its weights are calibrated, every domain keeps all rows of the data, most with weight 0.
    """
    if design.calibrations and design.replicates is None:
        return np.full(domains.size, len(design.frame))
    counted = domains.active if used is None else domains.active & used
    return np.bincount(domains.codes[counted], minlength=domains.size)


def _plain(share: Share) -> tuple[np.ndarray, np.ndarray]:
    return share.p - share.t * share.se, share.p + share.t * share.se


def _through(
    scale: Callable[[np.ndarray], np.ndarray],
    back: Callable[[np.ndarray], np.ndarray],
    slope: Callable[[np.ndarray], np.ndarray],
) -> Interval:
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
    t = share.t
    with np.errstate(divide="ignore", invalid="ignore"):
        z2 = t**2 / _effective_size(share)
        middle = (share.p + z2 / 2) / (1 + z2)
        reach = np.sqrt(z2 * share.p * (1 - share.p) + z2**2 / 4) / (1 + z2)
    return middle - reach, middle + reach


def _beta(share: Share) -> tuple[np.ndarray, np.ndarray]:
    n = _effective_size(share) * (t_quantile(share.confidence, share.rows - 1) / share.t) ** 2
    tail = (1 - share.confidence) / 2
    yes, no = n * share.p, n * (1 - share.p)
    low = np.where(share.p > 0, special.betaincinv(yes, no + 1, tail), 0.0)
    high = np.where(share.p < 1, special.betaincinv(yes + 1, no, 1 - tail), 1.0)
    # No error is left in a census, or where targets fix the share; no degrees of freedom leave no interval.
    settled = [np.isinf(n), np.isnan(n) | np.isnan(share.p)]
    return np.select(settled, [share.p, np.nan], low), np.select(settled, [share.p, np.nan], high)


def logit_interval(p: np.ndarray, logit_se: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The ends that lie t standard errors of the logit from it."""
    with np.errstate(invalid="ignore"):
        middle, reach = special.logit(p), t * logit_se
        return special.expit(middle - reach), special.expit(middle + reach)


INTERVALS: dict[str, Interval] = {
    "mean": _plain,
    "wilson": _wilson,
    "beta": _beta,
    "xlogit": _through(special.logit, special.expit, lambda p: 1 / (p * (1 - p))),
    "asin": _through(
        lambda p: np.arcsin(np.sqrt(p)), lambda x: np.sin(x) ** 2, lambda p: 0.5 / np.sqrt(p * (1 - p))
    ),
}
