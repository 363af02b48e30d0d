"""How many to ask, and whom to draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, inf

import numpy as np
import pandas as pd
from scipy import special

from analysis.estimation.design_error import DesignError, listed
from questionnaires.faults import N_

# A sample size is rounded up, but not for the rounding error of its own arithmetic.
_ROUNDING = 1e-9


def sample_size(
    margin: float,
    share: float = 0.5,
    confidence: float = 0.95,
    deff: float = 1.0,
    population: float = inf,
    response: float = 1.0,
) -> int:
    """People to invite so that a share is known to ± `margin` (half the width of its interval).

    n₀ = deff z² p (1 − p) / margin², n = n₀ / (1 + n₀ / N), invited = n / response (Cochran, 1977,
    Sampling Techniques, 4.4; Kish, 1965, for deff). The result never passes the population. Raises
    DesignError for a margin, share, confidence or response outside (0, 1) (response may be 1), deff or
    population not positive.
    """
    _between("margin", margin)
    _between("share", share)
    _between("confidence", confidence)
    _positive("deff", deff)
    _positive("population", population)
    if response != 1:
        _between("response", response)
    z = special.ndtri((1 + confidence) / 2)
    first = deff * z**2 * share * (1 - share) / margin**2
    needed = first / (1 + first / population)
    return int(min(_round_up(needed / response), population))


def sample_size_by_margin(population: float, margin: float = 0.05) -> int:
    """The older rule n = N / (1 + N e²) (Yamane, 1967, Statistics), as provincial plans use it; rounded
    up.
    """
    _between("margin", margin)
    _positive("population", population)
    return _round_up(population / (1 + population * margin**2))


def select_simple(frame: pd.DataFrame, size: int, seed: int) -> pd.DataFrame:
    """`size` rows drawn at random without replacement, in the order of the frame. The same seed draws the
    same rows.
    """
    _enough(frame, size)
    rows = np.random.default_rng(seed).choice(len(frame), size, replace=False)
    return frame.iloc[np.sort(rows)]


def select_systematic(frame: pd.DataFrame, size: int, seed: int) -> pd.DataFrame:
    """Every (N / size)-th row from a random start, a fractional step where N is no multiple (Cochran,
    1977, 8.1).

    Each row has the chance size / N. Sort the frame first for the spread this gives.
    """
    _enough(frame, size)
    step = len(frame) / size
    start = np.random.default_rng(seed).uniform(0, step)
    rows = np.floor(start + step * np.arange(size)).astype(int)
    return frame.iloc[np.minimum(rows, len(frame) - 1)]


def select_by_stratum(
    frame: pd.DataFrame,
    strata: str,
    sizes: Mapping[str, int] | pd.Series,
    seed: int,
    select: Callable[[pd.DataFrame, int, int], pd.DataFrame] = select_simple,
) -> pd.DataFrame:
    """Draw `sizes[stratum]` rows from each stratum on its own, with `population` (N) and `sampled` (n)
    beside each row.

    A stratum's draw depends on the seed and its own rows alone, not on the other strata.
    """
    wanted = pd.Series(sizes, dtype=int)
    groups: dict[object, pd.DataFrame] = dict(list(frame.groupby(strata, sort=True)))
    unknown = [name for name in wanted.index if name not in groups]
    if unknown:
        raise DesignError(N_("The frame has no stratum %(strata)s."), strata=listed(unknown))
    drawn = []
    for name, size in wanted[wanted > 0].items():
        rows = groups[name]
        chosen = select(rows, int(size), _own_seed(seed, name))
        drawn.append(chosen.assign(population=len(rows), sampled=int(size)))
    return pd.concat(drawn) if drawn else frame.iloc[:0].assign(population=0, sampled=0)


def _own_seed(seed: int, name: object) -> int:
    """A seed for one stratum, from its name, the same on every machine."""
    return int(np.random.SeedSequence([seed, *str(name).encode()]).generate_state(1, np.uint64)[0])


def _round_up(value: float) -> int:
    return ceil(value - _ROUNDING)


def _enough(frame: pd.DataFrame, size: int) -> None:
    if not 0 < size <= len(frame):
        raise DesignError(N_("%(size)s rows cannot be drawn from %(rows)s."), size=size, rows=len(frame))


def _between(name: str, value: float) -> None:
    if not 0 < value < 1:
        raise DesignError(
            N_("%(name)s must lie between 0 and 1; %(value)s does not."), name=name, value=value
        )


def _positive(name: str, value: float) -> None:
    if not value > 0:
        raise DesignError(N_("%(name)s must be positive; %(value)s is not."), name=name, value=value)
