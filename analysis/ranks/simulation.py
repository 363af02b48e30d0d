"""Indexes drawn anew with their sampling errors, and the places they take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from analysis.estimation.design_error import DesignError
from analysis.ranks.standing import Floats, Standing
from questionnaires.faults import N_

DRAWS = 10_000
CHUNK = 1_000  # draws at a time, so that thousands of units fit in memory


@dataclass(frozen=True)
class Simulation:
    """Draws of the errors of all indexes at once: normal, or Student's t with `degrees_of_freedom` where the
    variances are estimates themselves. The same seed gives the same draws.
    """

    draws: int = DRAWS
    seed: int = 1
    degrees_of_freedom: float = inf

    def __post_init__(self) -> None:
        if self.draws < 1:
            raise DesignError(N_("At least one draw is needed."))
        if not self.degrees_of_freedom > 0:
            raise DesignError(N_("There are no degrees of freedom: more primary sampling units are needed."))

    def errors(self, standing: Standing) -> Iterator[Floats]:
        """Chunks of draws × units."""
        generator, spread = np.random.default_rng(self.seed), _spread(standing)
        for start in range(0, self.draws, CHUNK):
            size = min(CHUNK, self.draws - start)
            normal = generator.standard_normal((size, len(standing.values)))
            errors = normal * spread if spread.ndim == 1 else normal @ spread.T
            if np.isfinite(self.degrees_of_freedom):
                chi = generator.chisquare(self.degrees_of_freedom, (size, 1)) / self.degrees_of_freedom
                errors /= np.sqrt(chi)
            yield errors


def _spread(standing: Standing) -> Floats:
    """A matrix A with A·Aᵀ = the covariance, or its diagonal alone where the units are independent."""
    if standing.covariance is None:
        return standing.errors
    spread = np.zeros_like(standing.covariance)
    free = np.ix_(standing.uncertain, standing.uncertain)
    try:
        spread[free] = np.linalg.cholesky(standing.covariance[free])
    except np.linalg.LinAlgError:
        spread[free] = _singular_spread(standing.covariance[free])
    return spread


def _singular_spread(covariance: Floats) -> Floats:
    """The same where units move together, so that the matrix has no Cholesky factor."""
    values, vectors = np.linalg.eigh(covariance)
    if values[0] < -1e-8 * values[-1]:
        raise DesignError(
            N_("The covariances cannot be: some combination of indexes has a negative variance.")
        )
    return vectors * np.sqrt(np.clip(values, 0.0, None))


def place_counts(standing: Standing, simulation: Simulation) -> Floats:
    """(U, U) how often each unit took each place; equal indexes take the best of their places."""
    units = len(standing.values)
    rows = units * np.arange(units)
    counts = np.zeros(units * units)
    for errors in simulation.errors(standing):
        places = places_of(standing.values + errors, standing.tolerance)
        counts += np.bincount((places + rows).ravel(), minlength=units * units)
    return counts.reshape(units, units)


def places_of(drawn: Floats, tolerance: float) -> NDArray[np.int64]:
    """Draws × units → the place of each unit in each draw, from 0: how many units stand above it.

    Neighbours no further apart than `tolerance` share the better place.
    """
    order = np.argsort(-drawn, axis=1)
    falling = np.take_along_axis(drawn, order, axis=1)
    starts = np.arange(drawn.shape[1]) * np.ones((len(drawn), 1), dtype=np.int64)
    starts[:, 1:][falling[:, :-1] - falling[:, 1:] <= tolerance] = 0
    places = np.empty_like(starts)
    np.put_along_axis(places, order, np.maximum.accumulate(starts, axis=1), axis=1)
    return places
