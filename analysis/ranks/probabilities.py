"""How likely a unit is among the best, and at each place."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError, listed
from analysis.ranks.simulation import DRAWS, Simulation, place_counts
from analysis.ranks.standing import Covariance, Standing, per_group
from questionnaires.faults import N_


def rank_probabilities(
    index: pd.Series,
    covariance: Covariance,
    *,
    top: int | Sequence[int] = (1, 3, 10),
    draws: int = DRAWS,
    seed: int = 1,
    degrees_of_freedom: float = inf,
    groups: pd.Series | None = None,
) -> pd.DataFrame:
    """How often each unit is among the best: unit, expected_rank, and top_k for each k of `top`.

    The shares and the mean place over simulated rankings, in which every index gets a new error, as the
    "marginal" intervals of `rank_intervals` (Goldstein & Spiegelhalter, 1996, JRSS A 159; Laird & Louis,
    1989, Journal of Educational Statistics 14, for expected ranks). Arguments as there. Equals share the best
    of their places. A share p is off by about √(p (1 − p) / draws). Raises DesignError as there, and
    for a `top` below 1.
    """
    places = [top] if isinstance(top, int) else list(top)
    if wrong := [place for place in places if place < 1]:
        raise DesignError(N_("Places count from 1; not so %(places)s."), places=listed(wrong))
    simulation = Simulation(draws, seed, degrees_of_freedom)

    def compute(standing: Standing) -> pd.DataFrame:
        shares = place_counts(standing, simulation) / draws
        units = len(shares)
        table = pd.DataFrame({"unit": standing.units, "expected_rank": shares @ np.arange(1.0, units + 1)})
        among = {f"top_{k}": shares[:, :k].sum(axis=1) for k in places}
        return table.assign(**among)

    return per_group(compute, index, covariance, groups)


def place_probabilities(
    index: pd.Series,
    covariance: Covariance,
    *,
    draws: int = DRAWS,
    seed: int = 1,
    degrees_of_freedom: float = inf,
    groups: pd.Series | None = None,
) -> pd.DataFrame:
    """How often each unit takes each place: unit, then a column for each place 1 to U; rows sum to 1.

    Arguments as `rank_probabilities`. Takes U² numbers. In ranking groups with fewer units the later places
    are missing.
    """
    simulation = Simulation(draws, seed, degrees_of_freedom)

    def compute(standing: Standing) -> pd.DataFrame:
        shares = place_counts(standing, simulation) / draws
        table = pd.DataFrame(shares, columns=range(1, len(shares) + 1))
        table.insert(0, "unit", standing.units)
        return table

    return per_group(compute, index, covariance, groups)
