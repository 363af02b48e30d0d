"""The interval of a quantile that holds each value which a score test does not refuse."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.estimation.design import Design
from analysis.estimation.inference import score_covariance
from analysis.estimation.zeroin import zeroin

Curve = Callable[[float], float]

_LARGEST = float(np.finfo(float).max)


def score_shares(design: Design, answers: np.ndarray, p: float, t: float) -> tuple[float, float]:
    """The shares of answers, counted without weights, at or below the limits of the p-quantile.

    `answers`: (rows,) numbers, missing where there is none; `design`: of those who answered. A value is
    inside while the share of answers above it is within `t` standard errors of 1 − p (Francisco & Fuller,
    1991, Annals of Statistics 19). As in R's `ffullerCI`, the limits are sought between the extremes, a
    hundredth of the interquartile range within; the share above falls in jumps, and the steps of the search
    decide on which side of one it ends. nan for a limit that is not there.
    """
    own = answers[design.inside]
    if not len(own):
        return np.nan, np.nan
    margin = np.diff(np.quantile(own, [0.25, 0.75]))[0] / 100
    ends = own.min() + margin, own.max() - margin
    if not ends[0] < ends[1]:
        return np.nan, np.nan
    tolerance = 1 / (100 * np.sqrt(len(own)))

    def below(side: float) -> float:
        limit = _crossing(lambda value: _distance(design, answers > value, 1 - p) - side, *ends, tolerance)
        return np.nan if np.isnan(limit) else float((own <= limit).mean())

    return below(t), below(-t)


def _distance(design: Design, above: np.ndarray, expected: float) -> float:
    """How many standard errors the share of rows `above` lies over the one expected."""
    weights = design.weights
    total = weights.sum()
    share = weights @ above / total
    scores = weights * (above - share) / total
    error = np.sqrt(max(score_covariance(design, scores[:, None])[0, 0], 0.0))
    difference = share - expected
    if error == 0:
        return float(np.copysign(np.inf, difference)) if difference else np.nan
    return float(difference / error)


def _crossing(curve: Curve, low: float, high: float, tolerance: float) -> float:
    """Where `curve` crosses 0 between `low` and `high`; nan if it does not change its sign there."""
    if not np.sign(curve(low)) * np.sign(curve(high)) <= 0:
        return np.nan
    return float(zeroin(lambda value: _finite(curve(value)), low, high, tolerance))


def _finite(value: float) -> float:
    return -_LARGEST if value == -np.inf else value if np.isfinite(value) else _LARGEST
