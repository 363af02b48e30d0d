"""Weights cut off where they are too small or too large, and scaled."""

from __future__ import annotations

from numbers import Real
from typing import Literal

import numpy as np

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.weightsteps import WeightStep
from analysis.weighting.poststratification import refuse_domain
from questionnaires.faults import N_

_MOST_PASSES = 10_000


def trim(design: Design, lower: float = -np.inf, upper: float = np.inf, strict: bool = False) -> Design:
    """Cut weights off at `lower` and `upper` and spread what is cut evenly over the other rows, so that the
    sum stays (Potter, 1990, Proceedings of the Section on Survey Research Methods, ASA; R's `trimWeights`).

    What is spread may take other weights past a bound again: `strict` goes on until all keep to them. Rows
    without weight stay so. The variance takes no account of trimming; replicates keep each row's factor.
    Raises DesignError where no weights within the bounds have the sum, or no row is left to take what is cut.
    """
    refuse_domain(design, N_("Trim the weights of the whole sample first, then take the domain."))
    if not lower < upper:
        raise DesignError(
            N_("Weights are cut off between a lower and a higher number, not %(lower)s and %(upper)s."),
            lower=f"{lower:g}",
            upper=f"{upper:g}",
        )
    before = design.weights
    used = before != 0
    _check_room(before[used], lower, upper, strict)
    after = before.copy()
    after[used], passes = _trimmed(before[used], lower, upper, strict)
    step = WeightStep.compare(f"trim to {lower:g}…{upper:g}", before, after, iterations=passes)
    return design.reweighted(after, None, step)


def _trimmed(weights: np.ndarray, lower: float, upper: float, strict: bool) -> tuple[np.ndarray, int]:
    for number in range(_MOST_PASSES):
        outside = (weights < lower) | (weights > upper)
        if not outside.any() or (number and not strict):
            return weights, number
        if outside.all():
            break
        cut = np.clip(weights, lower, upper)
        cut[~outside] += (weights - cut).sum() / np.count_nonzero(~outside)
        weights = cut
    raise DesignError(
        N_("No weight is left between %(lower)s and %(upper)s to take what is cut. Widen the bounds."),
        lower=f"{lower:g}",
        upper=f"{upper:g}",
    )


def _check_room(weights: np.ndarray, lower: float, upper: float, strict: bool) -> None:
    mean = float(weights.mean()) if len(weights) else 0.0
    if strict and not lower <= mean <= upper:
        raise DesignError(
            N_(
                "Weights between %(lower)s and %(upper)s cannot keep their sum: their mean is %(mean)s. "
                "Widen the bounds, or scale the weights first."
            ),
            lower=f"{lower:g}",
            upper=f"{upper:g}",
            mean=f"{mean:.6g}",
        )


def scale(design: Design, to: float | Literal["rows"] = "rows") -> Design:
    """Multiply all weights by one number, so that they sum to `to`: a total, or the count of rows with a
    weight.

    The number counts as fixed: means and shares keep their variance. To use a known population's size, and
    have the variance gain from it, calibrate to it instead. Raises DesignError.
    """
    refuse_domain(design, N_("Scale the weights of the whole sample first, then take the domain."))
    before = design.weights
    wanted = np.count_nonzero(before) if to == "rows" else to
    if not isinstance(wanted, Real) or not (np.isfinite(wanted) and wanted > 0 and before.sum() > 0):
        raise DesignError(N_("Weights scale to a sum above 0, not to %(to)s."), to=to)
    after = before * (wanted / before.sum())
    return design.reweighted(after, None, WeightStep.compare(f"scale to {wanted:g}", before, after))
