"""Chances of selection in proportion to size, with the units so large that they are certain."""

from __future__ import annotations

import numpy as np

from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_

# A chance this close to one is one.
_ROUNDING = 1e-12


def inclusion_probabilities(measures: np.ndarray, size: int) -> np.ndarray:
    """(N,) chances π ∝ `measures` that sum to `size`, none above one.

    π_i = n x_i / Σ x; units that would pass one are taken for certain and the rest of the sample is shared
    anew among the others, until none passes (Särndal, Swensson & Wretman, 1992, 3.6.2). `measures`: (N,)
    positive numbers. Raises DesignError where one is not, or `size` is not from 1 to N.
    """
    measures = np.asarray(measures, dtype=float)
    if not 0 < size <= len(measures) or size != int(size):
        raise DesignError(N_("%(size)s rows cannot be drawn from %(rows)s."), size=size, rows=len(measures))
    if not (np.isfinite(measures) & (measures > 0)).all():
        raise DesignError(N_("Measures of size must be positive."))
    certain = np.zeros(len(measures), dtype=bool)
    chances = np.ones(len(measures))
    while True:
        rest = measures[~certain]
        chances[~certain] = (size - certain.sum()) * rest / rest.sum()
        passing = ~certain & (chances >= 1 - _ROUNDING)
        if not passing.any():
            return chances
        chances[passing] = 1.0
        certain |= passing


def certain(chances: np.ndarray) -> np.ndarray:
    """Which units are taken whatever the draw."""
    return chances >= 1 - _ROUNDING
