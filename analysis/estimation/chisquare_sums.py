"""Sums of weighted chi-squares, which Rao–Scott tests follow: tails by saddlepoint and by integration.

Q = Σ aᵢ χ²(dfᵢ), the terms independent, has the cumulant function K(s) = −½ Σ dfᵢ log(1 − 2 aᵢ s).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from scipy import optimize, special

from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.zeroin import zeroin
from questionnaires.faults import N_

TailMethod = Literal["saddlepoint", "integration", "satterthwaite"]

# As R: so near to the mean the saddlepoint formula is 0/0, and two moments serve better.
_FLAT = 1e-4

# R looks for the saddlepoint as near to a pole as this share of its distance from 0.
_INSIDE = 0.99999


def chisquare_sum_tail(
    x: float, weights: Sequence[float] | np.ndarray, df: object = 1.0, method: TailMethod = "saddlepoint"
) -> float:
    """P(Σ aᵢ χ²(dfᵢ) > x) for the `weights` a, (K,), and `df`, one for all or (K,).

    "saddlepoint": Lugannani–Rice (Kuonen, 1999, Biometrika 86), to about three digits; two moments where
    the formula is undefined, as R's `pchisqsum` does. "satterthwaite": the two moments (Rao & Scott,
    1981, JASA 76). "integration": exact, the inversion integral (Imhof, 1961, Biometrika 48) along a
    parabola on which it does not swing. Raises DesignError for weights that are not numbers.
    """
    q = _Sum.of(weights, df)
    if method == "satterthwaite":
        return _two_moments(x, q)
    if method == "integration":
        return _integrated(x, q)
    p = _saddlepoint(x, q)
    return _two_moments(x, q) if p is None else p


def f_sum_tail(
    x: float,
    weights: Sequence[float] | np.ndarray,
    denominator_df: float,
    df: object = 1.0,
    method: TailMethod = "saddlepoint",
) -> float:
    """P(Σ aᵢ χ²(dfᵢ) > x · χ²(d) / d), the tail when the scale has been estimated with d degrees of freedom.

    It is the tail at 0 of a sum with one negative weight (Lumley & Scott, 2014, Australian & New Zealand
    Journal of Statistics 56). An infinite d gives `chisquare_sum_tail`. Methods and errors as there, but the
    saddlepoint counts only the whole degrees of freedom in χ²(d), as R's `pFsum` does.
    """
    if np.isinf(denominator_df):
        return chisquare_sum_tail(x, weights, df, method)
    q = _Sum.of(weights, df)
    difference = _Sum(np.append(q.weights, -x / denominator_df), np.append(q.df, denominator_df))
    if method == "integration":
        return _integrated(0.0, difference) if x > 0 else 1.0
    whole = _Sum(difference.weights, np.append(q.df, max(np.floor(denominator_df), 1.0)))
    p = _saddlepoint(0.0, whole) if method == "saddlepoint" and x > 0 else None
    return _two_moments(x, q, denominator_df) if p is None else p


@dataclass(frozen=True, eq=False)
class _Sum:
    """The weights and degrees of freedom of Q, (K,) each."""

    weights: np.ndarray
    df: np.ndarray

    @classmethod
    def of(cls, weights: Sequence[float] | np.ndarray, df: object) -> _Sum:
        a = np.atleast_1d(np.asarray(weights, dtype=float))
        if not len(a) or not np.isfinite(a).all() or not (a != 0).any():
            raise DesignError(
                N_(
                    "A weighted sum of chi-squares needs finite weights other than 0; there are: %(weights)s."
                ),
                weights=listed([f"{value:g}" for value in a]),
            )
        return cls(a, np.broadcast_to(np.asarray(df, dtype=float), a.shape))

    def cumulant(self, s: np.ndarray | complex) -> np.ndarray:
        return -0.5 * (self.df * np.log(1 - 2 * np.multiply.outer(s, self.weights))).sum(axis=-1)

    def derivative(self, s: float, order: int) -> float:
        """Of K, of the given order: ½ Σ dfᵢ (order − 1)! (2 aᵢ)^order / (1 − 2 aᵢ s)^order."""
        rate = 2 * self.weights / (1 - 2 * self.weights * s)
        return float(0.5 * special.factorial(order - 1) * (self.df * rate**order).sum())

    @property
    def limits(self) -> tuple[float, float]:
        """The interval around 0 within which K is finite."""
        largest, smallest = self.weights.max(), self.weights.min()
        return (
            1 / (2 * smallest) if smallest < 0 else -np.inf,
            1 / (2 * largest) if largest > 0 else np.inf,
        )


def _two_moments(x: float, q: _Sum, denominator_df: float | None = None) -> float:
    """The tail of the single scaled chi-square (or F) with the mean and variance of Q."""
    first, second = (q.df * q.weights).sum(), (q.df * q.weights**2).sum()
    df = first**2 / second
    if denominator_df is None:
        return float(special.chdtrc(df, max(x * first / second, 0.0)))
    return float(special.fdtrc(df, denominator_df, max(x / first, 0.0)))


def _saddlepoint(x: float, q: _Sum) -> float | None:
    """Lugannani–Rice; None near the mean of Q."""
    largest = q.weights.max() if q.weights.max() > 0 else np.abs(q.weights).max()
    q, x = _Sum(q.weights / largest, q.df), x / largest
    if x <= 0 and (q.weights >= 0).all():
        return 1.0
    point = _saddle(x, q)
    if abs(point) < _FLAT:
        return None
    w = np.sign(point) * np.sqrt(2 * (point * x - q.cumulant(point)))
    v = point * np.sqrt(q.derivative(point, 2))
    return float(special.ndtr(-(w + np.log(v / w) / w)))


def _saddle(x: float, q: _Sum) -> float:
    """Where K'(s) = x, to the 1e-8 that R's `saddle` seeks it, between the same ends: the formula is good to
    three digits, and the rest are R's.
    """
    rising = partial(_excess, x, q)
    low, high = q.limits
    terms = q.df.sum()
    start = low * _INSIDE if np.isfinite(low) else -0.01 if x > q.derivative(0.0, 1) else -terms / (2 * x)
    end = high * _INSIDE
    if np.isfinite(end) and rising(start) < 0 < rising(end):
        return zeroin(rising, start, end, 1e-8)
    return _root(rising, low, high, x, terms)


def _excess(x: float, q: _Sum, s: float) -> float:
    return q.derivative(s, 1) - x


def _root(rising: Callable[[float], float], low: float, high: float, x: float, df: float) -> float:
    """Where a function that rises from end to end of the interval is 0."""
    low = low if np.isfinite(low) else -df / (2 * abs(x)) - 1.0  # K'(s) < df / (2 |s|) for weights up to 1
    high = high if np.isfinite(high) else df / (2 * abs(x)) + 1.0
    inner = 1 - np.spacing(1.0) * 4
    return optimize.brentq(rising, low * inner, high * inner, xtol=1e-300, rtol=1e-15)


def _integrated(x: float, q: _Sum) -> float:
    """P(Q > x) = (1 / 2πi) ∫ exp(K(s) − s x) / s ds, upwards, to the right of 0 and left of 1 / (2 max a)."""
    from scipy import integrate  # slow to import, and needed here alone

    if x < 0:
        return 1 - _integrated(-x, _Sum(-q.weights, q.df))
    largest = q.weights.max()
    if largest <= 0:
        return 0.0
    q, x = _Sum(q.weights / largest, q.df), x / largest
    if x == 0 and (q.weights > 0).all():
        return 1.0
    # The lowest point of the integrand on the real line: its terms do not cancel on a path through it.
    edge = np.spacing(1.0) * 8
    start = optimize.brentq(lambda s: q.derivative(s, 1) - x - 1 / s, edge, 0.5 * (1 - edge), rtol=1e-12)
    width = 1 / np.sqrt(q.derivative(start, 2) + 1 / start**2)
    bend = 1.0 if x > 0 else 0.0  # at 0 nothing swings, and there may be nothing to fall to on the right
    peak = q.cumulant(start) - start * x

    def height(t: float) -> float:
        y, slope = width * np.sinh(t), width * np.cosh(t)
        s = complex(start + bend * y**2, y)
        return float((np.exp(q.cumulant(s) - s * x - peak) / s * complex(1, -2 * bend * y)).real * slope)

    area, _ = integrate.quad(height, 0, 40 if bend == 0 else 15, epsabs=0, epsrel=1e-11, limit=500)
    return float(np.exp(peak) * area / np.pi)
