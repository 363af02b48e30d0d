"""Which neighbours in a ranking the sample can tell apart, and which stand together."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special

from analysis.comparison.multiple import holm
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.estimate import check_level
from analysis.ranks.critical import critical_value, largest_difference, simulated_maxima
from analysis.ranks.simulation import DRAWS, Simulation
from analysis.ranks.standing import Covariance, Floats, Standing, per_group
from questionnaires.faults import N_

Adjust = Literal["holm", "bh", "tukey", "none"]


def neighbour_pairs(
    index: pd.Series,
    covariance: Covariance,
    *,
    level: float = 0.95,
    adjust: Adjust = "holm",
    draws: int = DRAWS,
    seed: int = 1,
    degrees_of_freedom: float = inf,
    groups: pd.Series | None = None,
) -> pd.DataFrame:
    """Each unit beside the next in the ranking, and whether the sample can tell them apart.

    One row per pair, from the top: better, worse, difference, se (with the covariance of the two), statistic
    (difference / se), p (two-sided), p_adjusted, distinguishable (p_adjusted at most 1 − `level`).

    `adjust` answers for testing many pairs: "holm" keeps the chance of any false claim (Holm, 1979,
    Scandinavian Journal of Statistics 6), "bh" the share of false ones among all claims (Benjamini &
    Hochberg, 1995, JRSS B 57), "tukey" counts every pair of the ranking as tested, by `draws` simulated
    errors, and agrees with the "tukey" intervals of `rank_intervals`. The other arguments are as there. Two
    exact units are apart unless they are equal. Raises DesignError as there.
    """
    if adjust not in _ADJUSTMENTS:
        raise DesignError(
            N_("“%(method)s” is not a way to adjust p-values; there are %(methods)s."),
            method=adjust,
            methods=listed(list(_ADJUSTMENTS)),
        )
    check_level(level)
    simulation = Simulation(draws, seed, degrees_of_freedom)
    return per_group(lambda each: _pairs(each, simulation, level, adjust), index, covariance, groups)


def indistinguishable_groups(
    index: pd.Series,
    covariance: Covariance,
    *,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
    degrees_of_freedom: float = inf,
    groups: pd.Series | None = None,
) -> pd.DataFrame:
    """Runs of the ranking within which no two units can be told apart: run, first_rank, last_rank, units.

    Each run is as long as can be; runs overlap where a unit cannot be told from those on either side. Pairs
    are compared as by the "tukey" intervals of `rank_intervals` (Tukey's honest significant difference, drawn
    as lines below an ordered list), whose arguments these are. Ranks count positions in the order of the
    index, 1 to U; `units` is a tuple. Raises DesignError as there.
    """
    check_level(level)
    simulation = Simulation(draws, seed, degrees_of_freedom)
    return per_group(lambda each: _runs(each, simulation, level), index, covariance, groups)


def _ordered(standing: Standing) -> Standing:
    return standing.of(np.argsort(-standing.values, kind="stable"))


def _pairs(standing: Standing, simulation: Simulation, level: float, adjust: str) -> pd.DataFrame:
    ordered = _ordered(standing)
    difference = ordered.values[:-1] - ordered.values[1:]
    error = ordered.difference_errors(slice(None, -1), slice(1, None))
    known = np.where(difference > ordered.tolerance, np.inf, 0.0)
    statistic = np.divide(difference, error, out=known, where=error > 0)
    p = _two_sided(statistic, simulation.degrees_of_freedom)
    adjusted = _ADJUSTMENTS[adjust](p, statistic, standing, simulation)
    return pd.DataFrame(
        {
            "better": ordered.units[:-1],
            "worse": ordered.units[1:],
            "difference": difference,
            "se": error,
            "statistic": statistic,
            "p": p,
            "p_adjusted": adjusted,
            "distinguishable": adjusted <= 1 - level,
        }
    )


def _two_sided(statistic: Floats, degrees_of_freedom: float) -> Floats:
    if np.isinf(degrees_of_freedom):
        return 2 * special.ndtr(-statistic)
    return 2 * special.stdtr(degrees_of_freedom, -statistic)


Adjusting = Callable[[Floats, Floats, Standing, Simulation], Floats]


def _unadjusted(p: Floats, statistic: Floats, standing: Standing, simulation: Simulation) -> Floats:
    return p


def _holm(p: Floats, statistic: Floats, standing: Standing, simulation: Simulation) -> Floats:
    return holm(p)


def _benjamini_hochberg(p: Floats, statistic: Floats, standing: Standing, simulation: Simulation) -> Floats:
    from scipy.stats import false_discovery_control  # slow to import

    return false_discovery_control(p) if len(p) else p


def _tukey(p: Floats, statistic: Floats, standing: Standing, simulation: Simulation) -> Floats:
    """The share of draws in which some pair is as far apart, the data counted as one of them."""
    maxima = np.sort(simulated_maxima(standing, simulation, largest_difference))
    as_far = len(maxima) - np.searchsorted(maxima, statistic, side="left")
    return np.where(np.isinf(statistic), 0.0, (1 + as_far) / (1 + len(maxima)))


_ADJUSTMENTS: dict[str, Adjusting] = {
    "holm": _holm,
    "bh": _benjamini_hochberg,
    "tukey": _tukey,
    "none": _unadjusted,
}


def _runs(standing: Standing, simulation: Simulation, level: float) -> pd.DataFrame:
    ordered = _ordered(standing)
    last = _last_together(ordered, critical_value(standing, simulation, level, largest_difference))
    first = np.flatnonzero(np.diff(last, prepend=-1) > 0)
    return pd.DataFrame(
        {
            "run": np.arange(1, len(first) + 1),
            "first_rank": first + 1,
            "last_rank": last[first] + 1,
            "units": [tuple(ordered.units[start : last[start] + 1]) for start in first],
        }
    )


def _last_together(ordered: Standing, critical: float) -> np.ndarray:
    """(U,) for each unit, the last one after it such that nobody between them is apart from another."""
    units = len(ordered.values)
    last = np.empty(units, dtype=int)
    reach = units - 1
    for unit in reversed(range(units)):
        margins = np.maximum(critical * ordered.difference_errors(unit), ordered.tolerance)
        apart = np.flatnonzero((ordered.values[unit] - ordered.values > margins)[unit:])
        reach = min(reach, unit + apart[0] - 1) if len(apart) else reach
        last[unit] = reach
    return last
