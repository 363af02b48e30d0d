"""From terms to columns of a regression: numbers as they are, categories against their first level."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError
from analysis.models.factors import Values, read_values
from analysis.models.formula import CONSTANT, Factor, Term
from questionnaires.faults import N_

INTERCEPT = "(Intercept)"
Part = tuple[str, Callable[[Values], np.ndarray]]
"""A column of one factor: its name, and how it comes from the factor's values."""


@dataclass(frozen=True, eq=False)
class ModelMatrix:
    """How the `terms` become columns, given the `levels` of each factor (None for numbers).

    `own_constant`: the model has constants of its own, so that the term has no column here.
    """

    terms: tuple[Term, ...]
    levels: Mapping[Factor, tuple[object, ...] | None]
    own_constant: bool = False

    @property
    def names(self) -> list[str]:
        """Column names, such as "stype=H" or "stype=H:meals"."""
        return [name for term in self.terms for name, _ in self._columns(term)]

    @property
    def term_numbers(self) -> np.ndarray:
        """(K,) the term each column belongs to."""
        return np.repeat(np.arange(len(self.terms)), [len(self._columns(term)) for term in self.terms])

    def without(self, terms: set[int]) -> ModelMatrix:
        """The matrix of the other terms."""
        kept = tuple(term for number, term in enumerate(self.terms) if number not in terms)
        return replace(self, terms=kept)

    def fill(self, values: Mapping[Factor, Values], rows: int) -> np.ndarray:
        """(rows, K) numbers."""
        columns = [(term, parts) for term in self.terms for _, parts in self._columns(term)]
        matrix = np.ones((rows, len(columns)))
        for number, (term, parts) in enumerate(columns):
            for factor, part in zip(term, parts, strict=True):
                matrix[:, number] *= part(values[factor])
        return matrix

    def read(self, frame: pd.DataFrame) -> np.ndarray:
        """(rows, K) numbers for other data, nan in rows without all answers. Raises DesignError."""
        values = {
            factor: read_values(frame, factor, self.levels[factor]) for term in self.terms for factor in term
        }
        matrix = self.fill(values, len(frame))
        for each in values.values():
            if not each.answered.all():
                matrix[~each.answered] = np.nan
        return matrix

    def _columns(self, term: Term) -> list[tuple[str, tuple[Callable[[Values], np.ndarray], ...]]]:
        """Name and parts of each column of a term, those of its first factor changing fastest."""
        if term == CONSTANT and self.own_constant:
            return []
        choices = [self._parts(factor, term) for factor in reversed(term)]
        picks = [tuple(reversed(pick)) for pick in product(*choices)]
        return [
            (":".join(name for name, _ in pick) or INTERCEPT, tuple(part for _, part in pick))
            for pick in picks
        ]

    def _parts(self, factor: Factor, term: Term) -> list[Part]:
        levels = self.levels[factor]
        if levels is None:
            return [(str(factor), lambda values: values.values)]
        return [
            (f"{factor}={_shown(level)}", _indicator(code))
            for code, level in enumerate(levels)
            if code or not self._has_margin(factor, term)
        ]

    def _has_margin(self, factor: Factor, term: Term) -> bool:
        """Is the term without this factor in the model? Then the first level would repeat it."""
        rest = frozenset(other for other in term if other != factor)
        return any(frozenset(other) == rest for other in self.terms)


def model_matrix(
    terms: tuple[Term, ...], values: Mapping[Factor, Values], own_constant: bool = False
) -> ModelMatrix:
    """How `terms` become columns for these values. Raises DesignError for a category with a single level."""
    for factor, each in values.items():
        if each.levels is not None and len(each.levels) < 2:
            raise DesignError(
                N_("Column “%(column)s” has a single level (%(level)s) among the rows used; leave it out."),
                column=factor.column,
                level=", ".join(map(str, each.levels)),
            )
    if not terms:
        raise DesignError(N_("The model has no terms."))
    return ModelMatrix(terms, {factor: each.levels for factor, each in values.items()}, own_constant)


def _indicator(code: int) -> Callable[[Values], np.ndarray]:
    return lambda values: values.values == code


def _shown(level: object) -> str:
    return f"{level:g}" if isinstance(level, float) else str(level)
