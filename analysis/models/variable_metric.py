"""Minimisation where R's `optim` stops, for those who need its digits rather than the minimum's.

`svyolr` stops as soon as a step gains less than 1e-8 of the likelihood, which leaves coefficients with about
three digits, and takes second derivatives as differences over 0.002, which errs in the fourth digit of an
error.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

_GAIN = 1e-8  # relative gain below which a step was the last
_ACCEPT = 1e-4  # share of the promised fall that a step must bring
_SHORTER = 0.2
_REST = 10.0  # a parameter that does not move when added to this does not move
_MOST_STEPS = 100
_DIFFERENCE = 1e-3

Loss = Callable[[np.ndarray], float]
Gradient = Callable[[np.ndarray], np.ndarray]


def minimise(loss: Loss, gradient: Gradient, start: np.ndarray) -> np.ndarray:
    """A point near the minimum, by the variable metric method (Nash, 1990, Compact Numerical Methods, 21).

    It ends only where a step along the plain gradient gains too little as well.
    """
    point, value, slope = start, loss(start), gradient(start)
    metric, age = np.eye(len(start)), 0  # and how often it has been updated
    for _ in range(_MOST_STEPS):
        moved, reached = _search(loss, point, value, -metric @ slope, slope)
        step, little = moved - point, abs(reached - value) <= _GAIN * (abs(value) + _GAIN)
        point, value = moved, reached
        if little and age == 0:
            break
        if little:
            metric, age = np.eye(len(start)), 0
            continue
        steeper = gradient(point)
        metric, age = _updated(metric, age, step, steeper - slope)
        slope = steeper
    return point


def _search(
    loss: Loss, point: np.ndarray, value: float, direction: np.ndarray, slope: np.ndarray
) -> tuple[np.ndarray, float]:
    """The first of ever shorter steps that brings enough, and its value; the point itself where none does."""
    promise, length = float(direction @ slope), 1.0
    while promise < 0:
        trial = point + length * direction
        if (_REST + trial == _REST + point).all():
            break
        reached = loss(trial)
        if np.isfinite(reached) and reached <= value + promise * length * _ACCEPT:
            return trial, reached
        length *= _SHORTER
    return point, value


def _updated(metric: np.ndarray, age: int, step: np.ndarray, change: np.ndarray) -> tuple[np.ndarray, int]:
    """Broyden, Fletcher, Goldfarb and Shanno's update; the identity again where it fails or has grown old."""
    bent = float(step @ change)
    if bent <= 0 or age + 1 > 2 * len(step):
        return np.eye(len(step)), 0
    across = metric @ change
    grown = (1 + float(across @ change) / bent) * np.outer(step, step)
    return metric + (grown - np.outer(step, across) - np.outer(across, step)) / bent, age + 1


def differenced(gradient: Gradient, point: np.ndarray) -> np.ndarray:
    """(K, K) second derivatives as differences of the gradient."""
    steps = np.eye(len(point)) * _DIFFERENCE
    rows = [(gradient(point + step) - gradient(point - step)) / (2 * _DIFFERENCE) for step in steps]
    matrix = np.array(rows)
    return (matrix + matrix.T) / 2
