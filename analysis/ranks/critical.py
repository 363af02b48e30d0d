"""How far all indexes, or all their differences, may be off at once."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

import numpy as np

from analysis.estimation.design_error import DesignError
from analysis.ranks.simulation import Simulation
from analysis.ranks.standing import Floats, Standing
from questionnaires.faults import N_

# Candidates for the pair furthest apart, before all pairs are looked at.
_CANDIDATES = 24
# Numbers handled at a time: few enough for the processor's cache.
_BLOCK = 1 << 17

Largest = Callable[[Standing, Floats], Floats]
"""Errors (draws, U), all units uncertain → (draws,) the largest standardised error."""


def critical_value(standing: Standing, simulation: Simulation, level: float, largest: Largest) -> float:
    """What the largest standardised error stays under with probability `level`.

    The order statistic ⌈(draws + 1) level⌉ of the simulated ones, which keeps the level whatever the number
    of draws. Raises DesignError where there are too few draws for the level.
    """
    maxima = simulated_maxima(standing, simulation, largest)
    rank = ceil((simulation.draws + 1) * level)
    if rank > simulation.draws:
        raise DesignError(
            N_("%(draws)s draws are too few for a level of %(level)s."), draws=simulation.draws, level=level
        )
    return float(np.partition(maxima, rank - 1)[rank - 1])


def simulated_maxima(standing: Standing, simulation: Simulation, largest: Largest) -> Floats:
    """(draws,) the largest standardised error of each draw; units without sampling error have none."""
    free = standing.of(np.flatnonzero(standing.uncertain))
    if not len(free.values):
        return np.zeros(simulation.draws)
    exact = len(free.values) < len(standing.values)
    maxima = []
    for errors in simulation.errors(free):
        most = largest(free, errors)
        # The difference from an exact unit is off by what the other is.
        maxima.append(np.maximum(most, largest_error(free, errors)) if exact else most)
    return np.concatenate(maxima)


def largest_error(standing: Standing, errors: Floats) -> Floats:
    """(draws,) max |e_i| / s_i."""
    return (np.abs(errors) / standing.errors).max(axis=1)


def largest_difference(standing: Standing, errors: Floats) -> Floats:
    """(draws,) max |e_i − e_j| / s_ij over all pairs."""
    if standing.covariance is None and len(standing.values) > 8 * _CANDIDATES:
        return _by_candidates(standing, errors)
    return _by_all_pairs(standing, errors)


def _by_all_pairs(standing: Standing, errors: Floats) -> Floats:
    units = errors.shape[1]
    scales = [_inverse(standing, apart) for apart in range(1, units)]
    size = max(1, _BLOCK // units)
    blocks = [
        _widest(np.ascontiguousarray(errors[start : start + size].T), scales)
        for start in range(0, len(errors), size)
    ]
    return np.concatenate(blocks)


def _widest(errors: Floats, scales: list[Floats]) -> Floats:
    """(draws,) from errors (U, draws): pairs one place apart, then two, and so on."""
    widest = np.zeros(errors.shape[1])
    for apart, scale in enumerate(scales, start=1):
        far = np.abs(errors[apart:] - errors[:-apart]) * scale
        np.maximum(widest, far.max(axis=0), out=widest)
    return widest


def _inverse(standing: Standing, apart: int) -> Floats:
    """(U − apart, 1) one over the error of the difference of units so far apart; 0 where it has none."""
    error = standing.difference_errors(slice(apart, None), slice(None, -apart))
    return np.divide(1.0, error, out=np.zeros_like(error), where=error > 0)[:, None]


def _by_candidates(standing: Standing, errors: Floats) -> Floats:
    """The same for independent units, where |e_i − e_j| / √(s_i² + s_j²) ≤ √(z_i² + z_j²) with z = e / s.

    So a pair with a unit outside the largest z cannot be the widest once those among them are wide enough.
    Draws for which they are not go through all pairs.
    """
    squares = (errors / standing.errors) ** 2
    order = np.argpartition(-squares, _CANDIDATES, axis=1)[:, : _CANDIDATES + 1]
    top = np.take_along_axis(squares, order, axis=1)
    next_best, most = top.min(axis=1), top.max(axis=1)
    chosen, error = np.take_along_axis(errors, order, axis=1), standing.errors[order]
    widest = np.zeros(len(errors))
    for apart in range(1, _CANDIDATES + 1):
        spread = np.hypot(error[:, apart:], error[:, :-apart])
        far = np.abs(chosen[:, apart:] - chosen[:, :-apart]) / spread
        np.maximum(widest, far.max(axis=1), out=widest)
    unsure = widest**2 < most + next_best
    if unsure.any():
        widest[unsure] = _by_all_pairs(standing, errors[unsure])
    return widest
