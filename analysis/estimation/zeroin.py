"""The zero of a function, by the steps of Brent's `zeroin` as R takes them.

scipy's `brentq` follows the same method by other steps. Where R stops long before the last digit, its digits
are those of its steps, and only the same steps give them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

_MOST_STEPS = 1000


def zeroin(function: Callable[[float], float], low: float, high: float, tolerance: float) -> float:
    """A point within `tolerance` of a zero between `low` and `high`, where the function has opposite signs
    (Brent, 1973, Algorithms for Minimization without Derivatives, 4).
    """
    before, best, across = low, high, low
    f_before, f_best, f_across = function(low), function(high), function(low)
    for _ in range(_MOST_STEPS):
        last_step = best - before
        if abs(f_across) < abs(f_best):
            before, best, across = best, across, best
            f_before, f_best, f_across = f_best, f_across, f_best
        least = 2 * np.spacing(1.0) * abs(best) + tolerance / 2
        half = (across - best) / 2
        if abs(half) <= least or f_best == 0:
            break
        step = half
        if abs(last_step) >= least and abs(f_before) > abs(f_best):
            points = (before, best, across), (f_before, f_best, f_across)
            step = _interpolated(*points, last_step, least, half)
        step = np.copysign(max(abs(step), least), step)
        before, f_before = best, f_best
        best += step
        f_best = function(best)
        if (f_best > 0) == (f_across > 0):
            across, f_across = before, f_before
    return best


def _interpolated(
    points: tuple[float, float, float],
    values: tuple[float, float, float],
    last_step: float,
    least: float,
    half: float,
) -> float:
    """The step to where a line or a parabola through the points crosses 0, or to the middle if it is not
    well within.
    """
    (before, best, across), (f_before, f_best, f_across) = points, values
    if before == across:
        ratio = f_best / f_before
        above, below = (across - best) * ratio, 1 - ratio
    else:
        q, r, s = f_before / f_across, f_best / f_across, f_best / f_before
        above = s * ((across - best) * q * (q - r) - (best - before) * (r - 1))
        below = (q - 1) * (r - 1) * (s - 1)
    above, below = (above, -below) if above > 0 else (-above, below)
    within = 0.75 * (across - best) * below - abs(least * below) / 2
    return above / below if above < within and above < abs(last_step * below / 2) else half
