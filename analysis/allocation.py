"""How many units of a sample each stratum gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError, listed
from questionnaires.faults import N_

Method = Literal["equal", "proportional", "neyman"]

# Shares this close to a whole number or a bound are at it.
_ROUNDING = 1e-9


def allocate(
    size: int,
    populations: Mapping[str, float] | pd.Series,
    method: Method = "proportional",
    deviations: Mapping[str, float] | pd.Series | None = None,
    minimum: int = 0,
) -> pd.Series:
    """Share `size` units among strata: the same for each ("equal"), ∝ N ("proportional"), or ∝ N S
    ("neyman", with the standard deviations S; Neyman, 1934, JRSS 97).

    No stratum gets less than `minimum` nor more than it has; what one cannot take goes to the others in
    the same proportion. Whole numbers by largest remainder, ties to the stratum named first; they sum to
    `size`. Raises DesignError where that cannot be.
    """
    sizes = pd.Series(populations, dtype=float)
    if sizes.empty or not (np.isfinite(sizes) & (sizes > 0)).all():
        raise DesignError(N_("Each stratum needs a positive population."))
    if method not in _MEASURES:
        raise DesignError(
            N_("“%(method)s” is not a way to allocate; there are %(methods)s."),
            method=method,
            methods=listed(list(_MEASURES)),
        )
    least = np.minimum(minimum, sizes.to_numpy())
    if not least.sum() <= size <= sizes.sum():
        raise DesignError(
            N_("%(size)s units cannot be shared: the strata take %(least)s to %(most)s."),
            size=size,
            least=f"{least.sum():g}",
            most=f"{sizes.sum():g}",
        )
    measure = _MEASURES[method](sizes, deviations)
    shares = _within_bounds(size, measure, least, sizes.to_numpy())
    return pd.Series(_largest_remainder(shares, size), index=sizes.index, name="size")


def _equal(sizes: pd.Series, deviations: object) -> np.ndarray:
    return np.ones(len(sizes))


def _proportional(sizes: pd.Series, deviations: object) -> np.ndarray:
    return sizes.to_numpy()


def _neyman(sizes: pd.Series, deviations: Mapping[str, float] | pd.Series | None) -> np.ndarray:
    spread = pd.Series({} if deviations is None else deviations, dtype=float).reindex(sizes.index)
    unknown = sizes.index[~(spread >= 0)]
    if len(unknown):
        raise DesignError(N_("No standard deviation is given for %(strata)s."), strata=listed(list(unknown)))
    if not spread.any():
        raise DesignError(N_("Some stratum must vary for a Neyman allocation."))
    return (sizes * spread).to_numpy()


_MEASURES: dict[str, Callable[[pd.Series, Mapping[str, float] | pd.Series | None], np.ndarray]] = {
    "equal": _equal,
    "proportional": _proportional,
    "neyman": _neyman,
}


def _within_bounds(size: float, measure: np.ndarray, least: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Shares c × measure held between `least` and `most`, with c such that they sum to `size`."""
    fixed = np.zeros(len(measure), dtype=bool)
    shares = np.zeros(len(measure))
    while True:
        left = size - shares[fixed].sum()
        weight = measure[~fixed].sum()
        shares[~fixed] = (
            left * measure[~fixed] / weight if weight else left / max(np.count_nonzero(~fixed), 1)
        )
        below, above = np.maximum(least - shares, 0), np.maximum(shares - most, 0)
        # Hold the side that is further out first: holding both at once could overshoot.
        out = below if below.sum() > above.sum() else above
        out = np.where(fixed, 0, out)
        if out.max(initial=0) <= _ROUNDING:
            return shares
        hold = out > _ROUNDING
        shares[hold] = np.clip(shares, least, most)[hold]
        fixed |= hold


def _largest_remainder(shares: np.ndarray, size: int) -> np.ndarray:
    whole = np.floor(shares + _ROUNDING).astype(int)
    order = np.argsort(-(shares - whole), kind="stable")
    whole[order[: size - whole.sum()]] += 1
    return whole
