"""How far calibrated weights may lie from those before: the factor as a function of the auxiliaries' score.

Each distance of Deville & Särndal (1992, JASA 87, table 1) stands here by its factor F(u), u = x'λ: with
F(0) = 1 and, where bounds are given, lower ≤ F ≤ upper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy.special import expit

Distance = Literal["linear", "raking", "logit"]
Curve = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
"""(u, lower, upper) → values, elementwise."""


@dataclass(frozen=True)
class Shape:
    """`factor`: F(u); `slope`: F'(u); `area`: ∫F, whose sum over the sample calibration makes least."""

    factor: Curve
    slope: Curve
    area: Curve


def _linear(u: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    return np.clip(1 + u, lower, upper)


def _linear_slope(u: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    return ((u > lower - 1) & (u < upper - 1)).astype(float)


def _linear_area(u: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    inside = np.clip(u, lower - 1, upper - 1)
    return inside + inside**2 / 2 + (1 + inside) * (u - inside)


def _raking(u: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    return np.clip(np.exp(u), lower, upper)


def _raking_slope(u: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    factor = np.exp(u)
    return np.where((factor > lower) & (factor < upper), factor, 0.0)


def _raking_area(u: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    inside = np.clip(u, _log(lower), _log(upper))
    return np.exp(inside) * (1 + u - inside)


def _log(bound: np.ndarray) -> np.ndarray:
    return np.log(bound, out=np.full(np.shape(bound), -np.inf), where=bound > 0)


def _logit(u: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    return lower + (upper - lower) * expit(_scaled(u, lower, upper))


def _logit_slope(u: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    share = expit(_scaled(u, lower, upper))
    return (upper - lower) * _steepness(lower, upper) * share * (1 - share)


def _logit_area(u: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    rise = np.logaddexp(0.0, _scaled(u, lower, upper))
    return lower * u + (upper - lower) / _steepness(lower, upper) * rise


def _scaled(u: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    return _steepness(lower, upper) * u + np.log((1 - lower) / (upper - 1))


def _steepness(lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    return (upper - lower) / ((1 - lower) * (upper - 1))


SHAPES: dict[Distance, Shape] = {
    "linear": Shape(_linear, _linear_slope, _linear_area),
    "raking": Shape(_raking, _raking_slope, _raking_area),
    "logit": Shape(_logit, _logit_slope, _logit_area),
}
assert set(SHAPES) == set(get_args(Distance))
