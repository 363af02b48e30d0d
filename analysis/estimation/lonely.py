"""What a stratum with a single sampled unit does to the variance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy import sparse

from analysis.estimation.design_error import DesignError
from analysis.estimation.stages import Stage
from questionnaires.faults import N_

Lonely = Literal["fail", "remove", "certainty", "adjust", "average"]


@dataclass(frozen=True, eq=False)
class Spread:
    """Sums of scores at one stage and their distances from stratum means.

    `sums`, `deviations`: (U, D, K). `totals`: (H, D, K) by stratum. `lonely`: (H, D) where the stratum
    stands for the domain with one unit. `present`: (H, D) where the domain has rows in the stratum.
    """

    stage: Stage
    sums: np.ndarray
    totals: np.ndarray
    deviations: np.ndarray
    lonely: np.ndarray
    present: np.ndarray

    @property
    def families(self) -> sparse.csr_matrix:
        """(parents, H) one where the stratum lies in the unit of the stage before."""
        strata = np.arange(len(self.stage.parent))
        shape = (int(self.stage.parent.max()) + 1, len(strata))
        return sparse.csr_matrix((np.ones(len(strata)), (self.stage.parent, strata)), shape=shape)

    def by_unit(self, of_parent: np.ndarray) -> np.ndarray:
        """Repeat (parents, …) for each unit."""
        return of_parent[self.stage.parent][self.stage.strata]


def lonely_strata(stage: Stage, units: np.ndarray, rule: Lonely, in_domains: bool) -> np.ndarray:
    """(H, D) where a stratum stands for a domain with one unit; `units`: (H, D) units with rows of the
    domain.
    """
    lonely = stage.lonely[:, None] & (units > 0)
    if in_domains and rule in ("adjust", "average"):
        lonely = lonely | (units == 1)
    return lonely


def _fail(spread: Spread) -> np.ndarray:
    refuse(spread.stage, np.any(spread.lonely, axis=1))
    return spread.deviations


def refuse(stage: Stage, strata: np.ndarray) -> None:
    """Raise DesignError naming the first of the `strata` (H,) marked."""
    name = stage.stratum_names[int(np.argmax(strata))]
    raise DesignError(
        N_(
            "Stratum “%(stratum)s” has a single sampled unit, so its variance cannot be estimated. Join it "
            "with another stratum, or choose a rule for lonely units: remove, certainty, adjust or average."
        ),
        stratum=name,
    )


def _remove(spread: Spread) -> np.ndarray:
    return spread.deviations  # a single unit is no distance from its own mean


def _adjust(spread: Spread) -> np.ndarray:
    """Take lonely strata from the mean of all units sampled under the same parent."""
    units = spread.families @ (spread.stage.sampled[:, None] * spread.present)
    totals = spread.families @ spread.totals.reshape(len(spread.totals), -1)
    means = totals.reshape(len(units), *spread.totals.shape[1:]) / np.maximum(units, 1)[:, :, None]
    far = spread.sums - spread.by_unit(means)
    return np.where(spread.lonely[spread.stage.strata][:, :, None], far, spread.deviations)


def _average(spread: Spread) -> np.ndarray:
    """Leave lonely strata out and let the others under the same parent stand for them."""
    strata = spread.families @ spread.present.astype(float)
    usable = spread.families @ (spread.present & ~spread.lonely).astype(float)
    kept = np.where(spread.lonely[spread.stage.strata][:, :, None], 0.0, spread.deviations)
    with np.errstate(divide="ignore", invalid="ignore"):  # nan where every stratum is lonely
        stretch = np.where(strata > 0, np.sqrt(strata / usable), 1.0)
        return kept * spread.by_unit(stretch)[:, :, None]


LONELY: dict[Lonely, Callable[[Spread], np.ndarray]] = {
    "fail": _fail,
    "remove": _remove,
    "certainty": _remove,
    "adjust": _adjust,
    "average": _average,
}
assert set(LONELY) == set(get_args(Lonely))
