"""Bounds on how far calibration may take weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.estimation.design_error import DesignError
from analysis.estimation.estimation import check_option
from analysis.weighting.auxiliaries import Auxiliaries
from analysis.weighting.distances import Distance
from analysis.weighting.feasibility import narrowest
from questionnaires.faults import N_

BoundsOn = Literal["factor", "weight"]


@dataclass(frozen=True)
class Bounds:
    """A lower and an upper bound on the factors, or on the weights themselves."""

    lower: float
    upper: float
    on: BoundsOn
    distance: Distance

    @classmethod
    def read(cls, bounds: tuple[float, float] | None, on: BoundsOn, distance: Distance) -> Bounds:
        check_option("bounds_on", on, BoundsOn)
        if bounds is None:
            if distance == "logit":
                raise DesignError(N_("Logit calibration needs bounds, such as (0.5, 2)."))
            return cls(-np.inf, np.inf, "factor", distance)
        try:
            lower, upper = map(float, bounds)
        except (TypeError, ValueError):
            lower = upper = np.nan
        if not lower < upper or (distance == "logit" and not np.isfinite([lower, upper]).all()):
            raise DesignError(
                N_("Bounds are a lower and an upper number, such as (0.5, 2), not %(bounds)s."), bounds=bounds
            )
        if on == "factor" and not lower < 1 < upper:
            raise DesignError(
                N_("Bounds on the factors lie on both sides of 1, such as (0.5, 2), not %(bounds)s."),
                bounds=bounds,
            )
        return cls(lower, upper, on, distance)

    @property
    def on_factors(self) -> bool:
        """Whether there are bounds, and they are the same for all rows."""
        return self.on == "factor" and bool(np.isfinite([self.lower, self.upper]).any())

    def fixed(self, weights: np.ndarray) -> np.ndarray | None:
        """What rows must have in common to share their bounds."""
        return weights if self.on == "weight" else None

    def of_groups(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(G,) bounds on the factors of groups with these weights a row."""
        if self.on == "factor":
            return np.full(len(weights), self.lower), np.full(len(weights), self.upper)
        divisor = np.where(weights > 0, weights, (self.lower + self.upper) / 2)
        lower, upper = self.lower / divisor, self.upper / divisor
        if self.distance == "logit" and not ((lower < 1) & (upper > 1)).all():
            raise DesignError(
                N_(
                    "Some weights lie outside the bounds %(lower)s to %(upper)s already. Trim them first, or "
                    "take the linear or raking distance."
                ),
                lower=f"{self.lower:g}",
                upper=f"{self.upper:g}",
            )
        return lower, upper

    def refuse_if_too_narrow(
        self, auxiliaries: Auxiliaries, weights: np.ndarray, cell: str, gap: str
    ) -> None:
        """Raise DesignError with the narrowest bounds that would do, if that is why `cell` is missed."""
        room = narrowest(auxiliaries, weights, self.lower, self.upper) if self.on_factors else None
        if room is None or (room[0] >= self.lower and room[1] <= self.upper):
            return
        raise DesignError(
            N_(
                "The bounds %(lower)s to %(upper)s cannot meet the totals: %(cell)s misses by %(gap)s. The "
                "narrowest that can are %(low)s to %(high)s. Widen them, join small categories, or calibrate "
                "on fewer columns."
            ),
            lower=f"{self.lower:g}",
            upper=f"{self.upper:g}",
            low=f"{room[0]:.4g}",
            high=f"{room[1]:.4g}",
            cell=cell,
            gap=gap,
        )
