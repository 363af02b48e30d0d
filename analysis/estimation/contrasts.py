"""Combinations of estimates, with the error that their covariance gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimation.delta import Dual, evaluate
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimate import Estimate, finish
from questionnaires.faults import N_

Weights = Mapping[Hashable, float]


@dataclass(frozen=True)
class Geometric:
    """A product of powers, Π estimate^weight; with weights that sum to 1 a weighted geometric mean."""

    weights: Weights


def geometric(weights: Weights) -> Geometric:
    """The weighted product of rows, {row: weight}, for `contrast`, which refuses estimates not above 0."""
    return Geometric(weights)


def contrast(e: Estimate, contrasts: Mapping[str, Weights | Geometric | str] | Geometric | str) -> Estimate:
    """Combinations of the rows of `e`, one row per name, with the covariance of all.

    `contrasts`: name → {row: weight} for a weighted sum, a row given as in `Estimate.position`; name →
    `geometric({row: weight})` for a weighted product; or name → an expression of row labels, such as
    "exp(0.5 * log(speed) + 0.5 * log(care))", labels that are no plain names in backticks. One alone, without
    a name, is called "contrast". Variance is g'Vg with g the gradient at the estimates (delta method;
    Särndal, Swensson & Wretman, 1992, 5.5), exact for weighted sums. Degrees of freedom are the fewest of
    the rows used. Raises DesignError for an unknown row, an expression that cannot be read, and a product of
    rows not all above 0.
    """
    wanted = {"contrast": contrasts} if isinstance(contrasts, str | Geometric) else contrasts
    if not wanted:
        raise DesignError(N_("No contrast was given."))
    rows = _Rows(e)
    duals = [_dual(rows, name, parts) for name, parts in wanted.items()]
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


class _Rows:
    """The rows of an estimate, found by name without a search each time."""

    def __init__(self, e: Estimate) -> None:
        self.e = e
        self.values = e.table["estimate"].to_numpy()
        keys = [(key, place) for place, keys in enumerate(_keys(e)) for key in keys]
        count = Counter(key for key, _ in keys)
        self.places = {key: place for key, place in keys if count[key] == 1}

    def place(self, key: Hashable) -> int:
        found = self.places.get(key)
        return self.e.position(key) if found is None else found

    def dual(self, key: Hashable) -> Dual:
        place = self.place(key)
        gradient = np.zeros(len(self.values))
        gradient[place] = 1.0
        return Dual(float(self.values[place]), gradient)

    def weights(self, name: str, weights: Weights) -> np.ndarray:
        """(rows of the estimate,) the weight of each."""
        if not weights:
            raise DesignError(N_("The contrast “%(name)s” uses no estimate."), name=name)
        found = np.zeros(len(self.values))
        numbers = pd.to_numeric(pd.Series(list(weights.values()), dtype=object), errors="coerce")
        if not np.isfinite(numbers.astype(float)).all():
            raise DesignError(N_("A weight of the contrast “%(name)s” is not a number."), name=name)
        np.add.at(found, [self.place(key) for key in weights], numbers.astype(float))
        return found


def _keys(e: Estimate) -> Iterator[set[Hashable]]:
    """What each row may be called."""
    columns = [e.table[column] for column in (*e.by, "item", "level")]
    for label, *parts in zip(e.table.index, *columns, strict=True):
        yield {label, tuple(parts), tuple(parts[:-1])}


def _dual(rows: _Rows, name: str, parts: Weights | Geometric | str) -> Dual:
    match parts:
        case str():
            return evaluate(parts, rows.dual)
        case Geometric():
            return _product(rows, name, parts)
    return _sum(rows, name, parts)


def _sum(rows: _Rows, name: str, parts: Weights) -> Dual:
    weights = rows.weights(name, parts)
    return Dual(float(weights @ np.where(weights != 0, rows.values, 0.0)), weights)


def _product(rows: _Rows, name: str, parts: Geometric) -> Dual:
    weights = rows.weights(name, parts.weights)
    used = weights != 0
    values = np.where(used, rows.values, 1.0)
    if not (values > 0).all():
        raise DesignError(
            N_("The estimate “%(row)s” is %(value)s: a geometric combination needs values above 0."),
            row=rows.e.table.index[int(np.argmin(values > 0))],
            value=f"{values[int(np.argmin(values > 0))]:.6g}",
        )
    value = float(np.exp(weights @ np.log(values)))
    return Dual(value, value * weights / values)


def _least(values: np.ndarray, rows: np.ndarray) -> float:
    return values[rows].min() if rows.any() else values.min()
