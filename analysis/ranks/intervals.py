"""Between which places a unit stands."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.estimate import check_level
from analysis.ranks.critical import critical_value, largest_difference, largest_error
from analysis.ranks.simulation import DRAWS, Simulation, place_counts
from analysis.ranks.standing import Covariance, Floats, Standing, per_group
from questionnaires.faults import N_

Method = Literal["marginal", "simultaneous", "tukey"]


def rank_intervals(
    index: pd.Series,
    covariance: Covariance,
    *,
    method: Method = "marginal",
    draws: int = DRAWS,
    seed: int = 1,
    level: float = 0.95,
    degrees_of_freedom: float = inf,
    groups: pd.Series | None = None,
) -> pd.DataFrame:
    """Between which places each unit stands, the highest index first: unit, rank_lower (the better end),
    rank_upper.

    `index`: unit → estimate. `covariance`: their covariance matrix, or a Series of standard errors where the
    units' samples are independent; a unit with error 0 is exact. `degrees_of_freedom` takes Student's t in
    place of the normal distribution. `groups`: unit → ranking group, for rankings apart; a column `group`
    then comes first.

    - "marginal": for each unit alone, the places it takes in `level` of simulated rankings, in which every
      index gets a new error (Goldstein & Spiegelhalter, 1996, JRSS A 159); `first_share` is the share in
      which it comes first. Says little where many indexes are nearly equal, and nothing about all at once.
    - "simultaneous": with probability `level` or more, all true places lie in their intervals at once. Those
      of the index are index ± c s with the c that max |error| / s stays under; a unit stands below all whose
      intervals lie above its own (Klein, Wright & Wieczorek, 2020, JRSS C 69).
    - "tukey": the same promise by the differences of all pairs, with the c that max |error of a difference| /
      its standard error stays under; narrower, unless errors differ widely (Al Mohamad, Goeman & van Zwet,
      2022, Biometrics 78).

    The last two: place from 1 + units surely above to U − units surely below, where an equal index of an
    exact unit is no doubt: equals share the best of their places, as in the ranking itself. c comes from
    `draws` draws of all errors at once, and the same seed gives the same places. Raises DesignError for units
    without index or error, naming them.
    """
    if method not in _METHODS:
        raise DesignError(
            N_("“%(method)s” is not a way to find rank intervals; there are %(methods)s."),
            method=method,
            methods=listed(list(_METHODS)),
        )
    check_level(level)
    simulation = Simulation(draws, seed, degrees_of_freedom)
    return per_group(lambda each: _METHODS[method](each, simulation, level), index, covariance, groups)


def _marginal(standing: Standing, simulation: Simulation, level: float) -> pd.DataFrame:
    cumulated = place_counts(standing, simulation).cumsum(axis=1) / simulation.draws
    tail = (1 - level) / 2
    return pd.DataFrame(
        {
            "unit": standing.units,
            "rank_lower": 1 + (cumulated <= tail).sum(axis=1),
            "rank_upper": 1 + (cumulated < 1 - tail).sum(axis=1),
            "first_share": cumulated[:, 0],
        }
    )


def _simultaneous(standing: Standing, simulation: Simulation, level: float) -> pd.DataFrame:
    reach = critical_value(standing, simulation, level, largest_error) * standing.errors
    return _by_margins(standing, lambda unit: reach[unit] + reach)


def _tukey(standing: Standing, simulation: Simulation, level: float) -> pd.DataFrame:
    critical = critical_value(standing, simulation, level, largest_difference)
    return _by_margins(standing, lambda unit: critical * standing.difference_errors(unit))


def _by_margins(standing: Standing, margins: Callable[[int], Floats]) -> pd.DataFrame:
    """`margins(unit)`: (U,) how far another unit must be from it to be surely apart."""
    places = np.array([_places(standing, unit, margins(unit)) for unit in range(len(standing.values))])
    return pd.DataFrame({"unit": standing.units, "rank_lower": places[:, 0], "rank_upper": places[:, 1]})


def _places(standing: Standing, unit: int, margins: Floats) -> tuple[int, int]:
    further = standing.values - standing.values[unit]
    apart = np.maximum(margins, standing.tolerance)
    above, below = int((further > apart).sum()), int((further < -apart).sum())
    equals = int(((margins == 0) & (np.abs(further) <= standing.tolerance)).sum())
    return 1 + above, len(margins) - below - max(equals - 1, 0)


_METHODS: dict[str, Callable[[Standing, Simulation, float], pd.DataFrame]] = {
    "marginal": _marginal,
    "simultaneous": _simultaneous,
    "tukey": _tukey,
}
