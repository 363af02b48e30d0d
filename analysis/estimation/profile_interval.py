"""The interval of a share that holds each value which a scaled likelihood ratio does not refuse."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import special

from analysis.estimation.logistic_share import LogisticShare

# How R's `confint` walks along the profile and reads it off.
_STEPS_TO_THE_END = 5
_MOST_STEPS = 9
_READINGS_A_POINT = 3

# With a handful of answers R's walk would end far beyond what is looked for.
_FARTHEST = 2

Root = Callable[[float], float]


def profile_intervals(share: LogisticShare, t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(D,) lower and upper ends; nan at shares of 0 and 1. `t`: (D,) quantiles."""
    ends = np.full((2, len(share.p)), np.nan)
    for domain in np.flatnonzero(share.varies & np.isfinite(t) & np.isfinite(share.logit_se)):
        ends[:, domain] = _interval(share, int(domain), float(t[domain]))
    return ends[0], ends[1]


def _interval(share: LogisticShare, domain: int, t: float) -> np.ndarray:
    """The shares at which the signed root of the scaled deviance is ± t.

    The deviance is scaled by its dispersion and by the design effect of the logit (Rao & Scott, 1984,
    Annals of Statistics 12). As in R it is computed at a few steps from the estimate, joined by a cubic
    spline, and read off between points of that, which is right to about four digits.
    """
    p, se, size = share.p[domain], share.logit_se[domain], share.size[domain]
    if se == 0:
        return np.array([p, p])
    n, rows = share.answers[domain], share.rows[domain]
    dispersion = size / rows * n / (n - 1)
    cutoff = t * se * np.sqrt(share.information[domain])
    tail = max(special.ndtr(-cutoff) / 2, np.finfo(float).tiny)
    end = min(_t_beyond(tail, rows - 1), _FARTHEST * cutoff)
    centre = special.logit(p)

    def root(logit: float) -> float:
        excess = _deviance(share, domain, logit) - _deviance(share, domain, centre)
        return float(np.sign(logit - centre) * np.sqrt(max(excess / dispersion, 0.0)))

    step = end * se / _STEPS_TO_THE_END
    below, above = (_walk(root, centre, way, end, cutoff) for way in (-step, step))
    return special.expit(_read_off(np.array([*below[::-1], centre, *above]), root, cutoff))


def _t_beyond(tail: float, df: float) -> float:
    """The size that Student's t exceeds with probability `tail`, however small."""
    rest = special.betaincinv(df / 2, 0.5, tail)
    return float(np.sqrt(df * (1 - rest) / rest)) if rest > 0 else np.inf


def _deviance(share: LogisticShare, domain: int, logit: float) -> float:
    yes, size = share.yes[domain], share.size[domain]
    return -2 * (yes * special.log_expit(logit) + (size - yes) * special.log_expit(-logit))


def _walk(root: Root, centre: float, step: float, end: float, cutoff: float) -> list[float]:
    """Logits at equal steps from the centre until the root is at `end`; or, if that is far, at `cutoff`."""
    points: list[float] = []
    reached = 0.0
    while reached < (end if len(points) < _MOST_STEPS else cutoff):
        points.append(centre + (len(points) + 1) * step)
        reached = abs(root(points[-1]))
    return points


def _read_off(logits: np.ndarray, root: Root, cutoff: float) -> np.ndarray:
    """Where a spline through the roots at `logits` passes −cutoff and cutoff.

    At both ends the spline's third derivative is that of the cubic through the last four points (Forsythe,
    Malcolm & Moler, 1977), which is 0 where there are only three.
    """
    from scipy import interpolate  # slow to import, and needed here alone

    roots = np.array([root(logit) for logit in logits])
    bends = [_third_derivative(logits[ends], roots[ends]) for ends in (slice(4), slice(-4, None))]
    spline = interpolate.make_interp_spline(logits, roots, k=3, bc_type=tuple([(3, bend)] for bend in bends))
    points = np.linspace(logits[0], logits[-1], _READINGS_A_POINT * len(logits))
    readings = spline(points)
    order = np.argsort(readings, kind="stable")
    return np.interp([-cutoff, cutoff], readings[order], points[order])


def _third_derivative(x: np.ndarray, y: np.ndarray) -> float:
    if len(x) < 4:
        return 0.0
    for width in range(1, 4):  # divided differences
        y = np.diff(y) / (x[width:] - x[:-width])
    return float(6 * y[0])
