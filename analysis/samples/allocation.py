"""How many units of a sample each stratum gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError, listed
from analysis.samples.bounds import largest_remainder, within_bounds
from questionnaires.faults import N_

Method = Literal["equal", "proportional", "neyman", "power", "cost"]
ByStratum = Mapping[str, float] | pd.Series


def allocate(
    size: int,
    populations: ByStratum,
    method: Method = "proportional",
    deviations: ByStratum | None = None,
    minimum: int | ByStratum = 0,
    *,
    maximum: int | ByStratum | None = None,
    costs: ByStratum | None = None,
    importance: ByStratum | None = None,
    means: ByStratum | None = None,
    exponent: float = 0.5,
) -> pd.Series:
    """Share `size` units among strata: whole numbers that sum to `size`, indexed as `populations`.

    N are the populations, S the standard deviations within strata (`deviations`), c what one answer costs.

    - "equal": the same for each.
    - "proportional": ∝ N.
    - "neyman": ∝ N S, the least variance of the overall mean (Neyman, 1934, JRSS 97).
    - "cost": ∝ N S / √c, the least variance for the money (Cochran, 1977, Sampling Techniques, 5.5); without
      `deviations`, N / √c.
    - "power": ∝ X^q S / Ȳ between the precision of the whole and that of each stratum (Bankier, 1988, The
      American Statistician 42), with `importance` X (N if not given), `exponent` q from 0 (each stratum
      equally precise) to 1, and `means` Ȳ; without `deviations`, ∝ X^q alone (Carroll).

    No stratum gets less than `minimum` (or all it has, where that is fewer) nor more than `maximum` or than
    it has; what one cannot take goes to the others in the same proportion. Whole numbers by largest
    remainder, ties to the stratum named first. Raises DesignError where that cannot be, naming the strata.
    """
    strata = _Strata(_populations(populations), deviations, means, importance, costs, exponent)
    if method not in _MEASURES:
        raise DesignError(
            N_("“%(method)s” is not a way to allocate; there are %(methods)s."),
            method=method,
            methods=listed(list(_MEASURES)),
        )
    most = np.floor(strata.sizes.to_numpy())
    if maximum is not None:
        most = np.minimum(most, strata.bound("maximum", maximum))
    least = np.minimum(strata.bound("minimum", minimum), np.floor(strata.sizes.to_numpy()))
    _check_bounds(size, least, most, strata.sizes.index)
    shares = within_bounds(size, _MEASURES[method](strata), least, most)
    return pd.Series(largest_remainder(shares, size), index=strata.sizes.index, name="size")


@dataclass(frozen=True, eq=False)
class _Strata:
    """What is known of each stratum, read where a method asks for it."""

    sizes: pd.Series
    deviations: ByStratum | None
    means: ByStratum | None
    importance: ByStratum | None
    costs: ByStratum | None
    exponent: float

    def spread(self) -> np.ndarray:
        spread = self._numbers(self.deviations)
        self._refuse(~(spread >= 0), N_("No standard deviation is given for %(strata)s."))
        if not spread.any():
            raise DesignError(N_("Some stratum must vary for a Neyman allocation."))
        return spread.to_numpy()

    def positive(self, numbers: ByStratum | None, template: str) -> np.ndarray:
        values = self._numbers(numbers)
        self._refuse(~(np.isfinite(values) & (values > 0)), template)
        return values.to_numpy()

    def bound(self, name: str, numbers: int | ByStratum) -> np.ndarray:
        """Whole units per stratum; strata that a mapping leaves out have no bound."""
        free = 0.0 if name == "minimum" else np.inf
        values = (
            pd.Series(float(numbers), index=self.sizes.index)
            if isinstance(numbers, int | float)
            else self._numbers(numbers).fillna(free)
        )
        self._refuse(~(values >= 0), N_("The bounds of %(strata)s must not be negative."))
        return (np.ceil if name == "minimum" else np.floor)(values.to_numpy())

    def _numbers(self, numbers: ByStratum | None) -> pd.Series:
        given = pd.Series({} if numbers is None else numbers, dtype=float)
        unknown = given.index.difference(self.sizes.index, sort=False)
        if len(unknown):
            raise DesignError(N_("There is no stratum %(strata)s."), strata=listed(list(unknown)))
        return given.reindex(self.sizes.index)

    def _refuse(self, wrong: pd.Series, template: str) -> None:
        if wrong.any():
            raise DesignError(template, strata=listed(list(self.sizes.index[wrong])))


def _equal(strata: _Strata) -> np.ndarray:
    return np.ones(len(strata.sizes))


def _proportional(strata: _Strata) -> np.ndarray:
    return strata.sizes.to_numpy()


def _neyman(strata: _Strata) -> np.ndarray:
    return strata.sizes.to_numpy() * strata.spread()


def _cost(strata: _Strata) -> np.ndarray:
    costs = strata.positive(strata.costs, N_("No positive cost is given for %(strata)s."))
    spread = 1.0 if strata.deviations is None else strata.spread()
    return strata.sizes.to_numpy() * spread / np.sqrt(costs)


def _power(strata: _Strata) -> np.ndarray:
    if not 0 <= strata.exponent <= 1:
        raise DesignError(
            N_("The exponent of a power allocation lies between 0 and 1; %(exponent)s does not."),
            exponent=strata.exponent,
        )
    given = strata.sizes if strata.importance is None else strata.importance
    importance = strata.positive(given, N_("No positive importance is given for %(strata)s."))
    measure = importance**strata.exponent
    if strata.deviations is None:
        return measure
    means = strata.positive(strata.means, N_("No positive mean is given for %(strata)s."))
    return measure * strata.spread() / means


_MEASURES: dict[str, Callable[[_Strata], np.ndarray]] = {
    "equal": _equal,
    "proportional": _proportional,
    "neyman": _neyman,
    "power": _power,
    "cost": _cost,
}


def _populations(populations: ByStratum) -> pd.Series:
    sizes = pd.Series(populations, dtype=float)
    wrong = ~(np.isfinite(sizes) & (sizes > 0))
    if sizes.empty or wrong.any():
        raise DesignError(
            N_("Each stratum needs a positive population; %(strata)s has none."),
            strata=listed(list(sizes.index[wrong])) or "–",
        )
    repeated = sizes.index[sizes.index.duplicated()]
    if len(repeated):
        raise DesignError(N_("Stratum %(strata)s is given twice."), strata=listed(list(repeated)))
    return sizes


def _check_bounds(size: int, least: np.ndarray, most: np.ndarray, strata: pd.Index) -> None:
    crossed = least > most
    if crossed.any():
        raise DesignError(
            N_("The minimum is above the maximum in %(strata)s."), strata=listed(list(strata[crossed]))
        )
    if not least.sum() <= size <= most.sum():
        raise DesignError(
            N_("%(size)s units cannot be shared: the strata take %(least)s to %(most)s."),
            size=size,
            least=f"{least.sum():g}",
            most=f"{most.sum():g}",
        )
