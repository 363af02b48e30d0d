"""What is estimated of drivers: each measure of their importance, R² and their means, with the scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from analysis.estimation.design import Design
from analysis.models.explained_variance import (
    exact_shares,
    r_squared,
    sampled_shares,
    shapley_weights,
    standardised_coefficients,
)
from analysis.models.formula import CONSTANT, formula_of
from analysis.models.second_moments import MatrixFunction, SecondMoments, differenced_gradients
from analysis.models.share_gradients import residuals_in_orders, residuals_of_all_sets
from analysis.models.specification import specify
from analysis.models.triangle import refuse_aliased, weighted_triangle


@dataclass(frozen=True, eq=False)
class DriverMoments:
    """The columns of the drivers and, last, the outcome, on the rows used; `places`: the columns of each
    driver; `rated`: drivers of numbers, which have a mean.
    """

    domain: Design
    second: SecondMoments
    names: tuple[str, ...]
    places: tuple[np.ndarray, ...]
    rated: np.ndarray


@dataclass(frozen=True, eq=False)
class DriverMeasures:
    """All that is estimated, in order: each measure by driver, R², then the drivers' means."""

    moments: DriverMoments
    measures: tuple[str, ...]
    orders: np.ndarray | None

    @property
    def labels(self) -> list[str]:
        names = self.moments.names
        measured = [f"{measure}:{name}" for measure in self.measures for name in names]
        return [*measured, "r_squared", *[f"mean:{name}" for name in names]]

    def importance(self, covariance: np.ndarray) -> np.ndarray:
        """Each measure by driver, then R²."""
        known = {"share": self.shares, "standardised": self.standardised}
        measured = [known[measure](covariance) for measure in self.measures]
        return np.concatenate([*measured, r_squared(covariance)])

    def gradients(self, covariance: np.ndarray) -> np.ndarray:
        """(F, K, K) of `importance`, by the covariance."""
        known: dict[str, MatrixFunction] = {
            "share": self.share_gradients,
            "standardised": partial(differenced_gradients, self.standardised),
        }
        measured = [known[measure](covariance) for measure in self.measures]
        return np.concatenate([*measured, differenced_gradients(r_squared, covariance)])

    def shares(self, covariance: np.ndarray) -> np.ndarray:
        if self.orders is None:
            return exact_shares(covariance, self.moments.places, self._weights)
        return sampled_shares(covariance, self.moments.places, self.orders)

    def share_gradients(self, covariance: np.ndarray) -> np.ndarray:
        places = self.moments.places
        residuals = (
            residuals_of_all_sets(covariance, places)
            if self.orders is None
            else residuals_in_orders(covariance, places, self.orders)
        )
        return residuals.gradients(covariance, self.shares(covariance))

    def standardised(self, covariance: np.ndarray) -> np.ndarray:
        return standardised_coefficients(covariance, self.moments.places)

    @cached_property
    def _weights(self) -> np.ndarray:
        return shapley_weights(len(self.moments.places))

    def statistic(self, weights: np.ndarray) -> np.ndarray:
        second, chosen = self.moments.second, weights[self.moments.domain.inside]
        means = self._averaging @ second.means(chosen)[:-1]
        return np.append(self.importance(second.covariance(chosen)), means)

    def scores(self, values: np.ndarray) -> np.ndarray:
        used, second = self.moments.domain.inside, self.moments.second
        weights = self.moments.domain.weights[used]
        far = (second.matrix[:, :-1] - second.means(weights)[:-1]) @ self._averaging.T
        rows = np.zeros((len(used), len(values)))
        gradients = self.gradients(second.covariance(weights))
        rows[used] = np.hstack([second.scores(gradients, weights), far * (weights / weights.sum())[:, None]])
        return rows

    @property
    def _averaging(self) -> np.ndarray:
        """(G, K) from the means of columns to those of drivers."""
        columns = self.moments.second.matrix.shape[1] - 1
        rows = np.zeros((len(self.moments.places), columns))
        for row, place in zip(rows, self.moments.places, strict=True):
            row[place] = 1 / len(place)
        return rows


def read_moments(design: Design, outcome: str, groups: Mapping[str, Sequence[str]]) -> DriverMoments:
    """The columns of the drivers `groups` and of `outcome`. Raises DesignError."""
    columns = [column for group in groups.values() for column in group]
    formula = formula_of(outcome, columns, None, list(design.frame.columns))
    specification, domain = specify(design, formula, "linear", None, "tight")
    used = domain.inside
    frame = formula.rows_of(domain.frame, used)
    explaining, explained = specification.columns.read(frame), specification.answers(frame)
    refuse_aliased(weighted_triangle(explaining, domain.weights[used], explained), specification.names)
    terms = specification.columns.terms
    numbers = specification.columns.term_numbers[1:]
    places, rated = [], []
    for group in groups.values():
        own = [number for number, term in enumerate(terms) if term != CONSTANT and term[0].column in group]
        places.append(np.flatnonzero(np.isin(numbers, own)))
        rated.append(all(specification.columns.levels[terms[number][0]] is None for number in own))
    matrix = np.column_stack([explaining[:, 1:], explained])
    return DriverMoments(domain, SecondMoments(matrix), tuple(groups), tuple(places), np.array(rated))
