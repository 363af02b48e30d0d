"""What all ways of replicating share: primary units carry all that was selected in them."""

from __future__ import annotations

import numpy as np

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.lonely import refuse
from analysis.estimation.replicate_factors import Factors
from analysis.estimation.replicates import Replicates
from questionnaires.faults import N_


def replicates_of(
    design: Design, kind: str, factors: Factors, scale: float, rscales: np.ndarray, mse: bool
) -> Replicates:
    """Replicates of the primary units, which go through what was done to the weights since the start."""
    base, units = design.starting_weights, design.stages[0].units
    return Replicates(kind, base, factors, units, scale, rscales, mse, design.adjustments)


def lonely_without_variance(design: Design) -> np.ndarray:
    """(H,) strata with a single unit, which the design's rule lets add nothing.

    Raises DesignError where the rule says otherwise; only the jackknife knows "adjust" and "average".
    """
    lonely = design.stages[0].lonely
    if lonely.any() and design.lonely == "fail":
        refuse(design.stages[0], lonely)
    if lonely.any() and design.lonely in ("adjust", "average"):
        raise DesignError(
            N_(
                "The rule “%(rule)s” for strata with a single unit goes with linearisation and the jackknife "
                "only: here choose remove or certainty, or join stratum “%(stratum)s” with another."
            ),
            rule=design.lonely,
            stratum=design.stages[0].stratum_names[int(np.argmax(lonely))],
        )
    return lonely
