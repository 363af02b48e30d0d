"""Combinations of estimates, with the error that their covariance gives."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from analysis.estimation.delta import Dual, evaluate
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimate import Estimate, finish
from questionnaires.faults import N_

Weights = Mapping[Hashable, float]


def contrast(e: Estimate, contrasts: Mapping[str, Weights | str] | str) -> Estimate:
    """Combinations of the rows of `e`, one row per name, with the covariance of all.

    `contrasts`: name → {row: weight} for a weighted sum, a row given as in `Estimate.position`; or name →
    an expression of row labels, such as "exp(0.5 * log(speed) + 0.5 * log(care))", labels that are no
    plain names in backticks. An expression alone is called "contrast". Variance is g'Vg with g the
    gradient at the estimates (delta method; Särndal, Swensson & Wretman, 1992, 5.5), exact for weighted
    sums. Degrees of freedom are the fewest of the rows used. Raises DesignError for an unknown row or an
    expression that cannot be read.
    """
    wanted = {"contrast": contrasts} if isinstance(contrasts, str) else contrasts
    if not wanted:
        raise DesignError(N_("No contrast was given."))
    duals = [_dual(e, name, parts) for name, parts in wanted.items()]
    gradients = np.array([np.broadcast_to(dual.gradient, len(e.table)) for dual in duals])
    used = gradients != 0
    touched = used.any(axis=0)
    known = e.covariance.to_numpy()[np.ix_(touched, touched)]
    covariance = gradients[:, touched] @ known @ gradients[:, touched].T
    table = pd.DataFrame(
        {"item": list(wanted), "level": None, "estimate": [dual.value for dual in duals], "deff": np.nan},
        index=list(wanted),
    )
    for column in ("n", "df"):
        table[column] = [_least(e.table[column].to_numpy(), row) for row in used]
    return finish(table, covariance, e.confidence)


def _dual(e: Estimate, name: str, parts: Weights | str) -> Dual:
    if isinstance(parts, str):
        return evaluate(parts, lambda label: _row(e, label))
    if not parts:
        raise DesignError(N_("The contrast “%(name)s” uses no estimate."), name=name)
    rows = [_row(e, key).scaled(weight) for key, weight in parts.items()]
    return sum(rows[1:], rows[0])


def _row(e: Estimate, key: Hashable) -> Dual:
    place = e.position(key)
    gradient = np.zeros(len(e.table))
    gradient[place] = 1.0
    return Dual(float(e.table["estimate"].iloc[place]), gradient)


def _least(values: np.ndarray, rows: np.ndarray) -> float:
    return values[rows].min() if rows.any() else values.min()
