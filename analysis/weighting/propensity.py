"""Probability of response by logistic regression, on groups of rows that have the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import linalg
from scipy.special import expit

from analysis.estimation.auxiliary_parts import divided, independent, inverted
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.weighting.auxiliaries import Auxiliaries, collapsed
from analysis.weighting.cells import split_cells
from analysis.weighting.knowledge import Knowledge, row_numbers
from analysis.weighting.targets import Target
from questionnaires.faults import N_

_MOST_ROUNDS = 50
_TOLERANCE = 1e-12
# Log odds beyond this come from a likelihood that rises without end.
_CERTAIN = 25.0


@dataclass(frozen=True, eq=False)
class Fit:
    """`coefficients`: (C,); `rows`: (rows,) probabilities; `inverse_information`: (C, C)."""

    coefficients: np.ndarray
    rows: np.ndarray
    inverse_information: np.ndarray
    rounds: int


@dataclass(frozen=True, eq=False)
class Propensity:
    """A model of who answers. `model` holds its columns, the same of rows alike.

    `selected`: (rows,) weights of those selected, which a likelihood without weights counts once each.
    """

    names: Sequence[str]
    answered: np.ndarray
    model: Auxiliaries
    selected: np.ndarray
    weighted: bool

    @classmethod
    def over(cls, design: Design, answered: np.ndarray, names: Sequence[str], weighted: bool) -> Propensity:
        """The model on the columns named; raises DesignError for rows that lack a value."""
        if not names:
            raise DesignError(N_("The model of response has no columns."))
        model = collapsed(_knowledge(design, names), design.weights)
        return cls(names, answered, model, design.weights, weighted)

    def counts(self, weights: np.ndarray) -> np.ndarray:
        """(rows,) how much each row counts: by its weight, or as often as a replicate has it."""
        return weights if self.weighted else divided(weights, self.selected)

    def fit(self, weights: np.ndarray, start: np.ndarray | None = None) -> Fit:
        """Most likely coefficients, by Newton's method; raises DesignError where there are none."""
        model, counts = self.model, self.counts(weights)
        every = model.grouped(counts)
        answers = model.grouped(np.where(self.answered, counts, 0.0))
        kept = independent(model.products(every))
        coefficients = np.zeros(len(model.totals)) if start is None else start
        for number in range(1, _MOST_ROUNDS + 1):
            chances = expit(model.combined(coefficients))
            information = model.products(every * chances * (1 - chances))
            score = model.sums(answers - every * chances)
            step = np.zeros(len(coefficients))
            step[kept] = linalg.lstsq(information[np.ix_(kept, kept)], score[kept])[0]
            coefficients = coefficients + step
            odds = model.combined(coefficients)
            if not np.isfinite(odds).all() or np.abs(odds[every > 0]).max() > _CERTAIN:
                break
            if abs(score @ step) < _TOLERANCE * every.sum():
                chances = expit(odds)
                information = model.products(every * chances * (1 - chances))
                return Fit(coefficients, chances[model.codes], inverted(information), number)
        raise DesignError(
            N_(
                "The model of response on %(columns)s has no most likely answer: some values tell "
                "respondents from the others without fail. Join categories, leave a column out, or "
                "adjust by classes."
            ),
            columns=listed(self.names),
        )


def _knowledge(design: Design, names: Sequence[str]) -> Knowledge:
    """The columns with their sums in the sample, as though to calibrate to these."""
    categories, numbers = [], {}
    weights = design.weights
    for name in names:
        if name in design.frame.columns and _holds_numbers(design.frame[name]):
            values = row_numbers(design, name)
            numbers[name] = (values, float(weights @ values))
        else:
            cells = split_cells(design.frame, [name], weights)
            categories.append(Target(cells, cells.sums(weights)))
    population = None if categories else float(weights.sum())
    return Knowledge(tuple(categories), numbers, population, len(weights))


def _holds_numbers(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
