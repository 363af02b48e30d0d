"""What drives overall satisfaction: the importance of its possible causes, with errors from the design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.estimate import t_quantile
from analysis.estimation.estimation import check_option
from analysis.estimation.inference import infer
from analysis.models.explained_variance import (
    MOST_EXACT,
    exact_shares,
    r_squared,
    sample_orders,
    sampled_shares,
    shapley_weights,
    standardised_coefficients,
)
from analysis.models.formula import CONSTANT, formula_of
from analysis.models.quadrants import quadrant
from analysis.models.second_moments import MatrixFunction, SecondMoments, differenced_gradients
from analysis.models.share_gradients import residuals_in_orders, residuals_of_all_sets
from analysis.models.specification import specify
from analysis.models.triangle import refuse_aliased, weighted_triangle
from questionnaires.faults import N_

DriverMethod = Literal["lmg", "standardised", "both"]
_MEASURES: dict[DriverMethod, tuple[str, ...]] = {
    "lmg": ("share",),
    "standardised": ("standardised",),
    "both": ("share", "standardised"),
}
_ORDERS = 2_000


@dataclass(frozen=True, eq=False)
class Drivers:
    """The importance of each driver.

    `table`: one row per driver: share (of the outcome's variance; the shares add up to `r_squared`),
    relative (share / R²), standardised, each of share and standardised with _se, _lower, _upper; mean and
    mean_se of the driver (of a group the mean over its columns; nan if a category), rank by importance,
    quadrant (see `performance`). `covariance`: of all of these estimates, called "share:driver",
    "standardised:driver" and "mean:driver". `orders`: how many orders of the drivers were averaged over,
    None for all. `n` rows used, `left_out` rows without all answers.
    """

    table: pd.DataFrame
    covariance: pd.DataFrame
    r_squared: float
    r_squared_se: float
    orders: int | None
    n: int
    left_out: int
    confidence: float

    @property
    def performance(self) -> pd.DataFrame:
        """Mean beside importance, with the quadrant: "concentrate here" where importance is above the
        drivers' average and the mean below it, "keep up the good work", "low priority", "possible
        overkill" (Martilla & James, 1977, Journal of Marketing 41).
        """
        importance = "share" if "share" in self.table else "standardised"
        return self.table[["mean", "mean_se", importance, "quadrant"]].sort_values(
            importance, ascending=False
        )


def drivers(
    design: Design,
    outcome: str,
    predictors: Sequence[str] | Mapping[str, Sequence[str]],
    method: DriverMethod = "both",
    level: float = 0.95,
    orders: int | None = None,
    seed: int = 1,
) -> Drivers:
    """How much each of `predictors` contributes to the linear regression of `outcome` on all of them.

    `predictors`: columns, each a driver, or driver → its columns, such as the factors of SIPAS with their
    items. Categories enter as differences from their first level. "lmg": the share of R² a driver adds,
    averaged over all orders in which the drivers can enter (Lindeman, Merenda & Gold, 1980; Grömping, 2007,
    Journal of Statistical Software 17), which is its Shapley value; of more than 18 drivers, or if `orders`
    are given, over `orders` random orders (2,000 unless told), drawn from `seed`. "standardised":
    coefficients in standard deviations, for several columns together the sheaf coefficient. All from the
    weighted covariance matrix of the rows with every answer; errors from the design's replicates or by the
    delta method on the second moments, intervals by t on the design's degrees of freedom. Raises
    DesignError, also for columns that add up to one another.
    """
    check_option("method", method, DriverMethod)
    groups = _groups(predictors)
    moments = _moments(design, outcome, groups)
    chosen = None
    if orders is not None or len(groups) > MOST_EXACT:
        chosen = sample_orders(len(groups), _ORDERS if orders is None else orders, seed)
    measured = _Measured(moments, _MEASURES[method], chosen)
    values, covariance = infer(moments.domain, measured.statistic, measured.scores)
    return _record(design, measured, values, covariance, level)


@dataclass(frozen=True, eq=False)
class _Moments:
    """The columns of the drivers and, last, the outcome, on the rows used; `places`: the columns of each
    driver; `rated`: drivers of numbers, which have a mean.
    """

    domain: Design
    second: SecondMoments
    names: tuple[str, ...]
    places: tuple[np.ndarray, ...]
    rated: np.ndarray


@dataclass(frozen=True, eq=False)
class _Measured:
    """All that is estimated, in order: each measure by driver, R², then the drivers' means."""

    moments: _Moments
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


def _groups(predictors: Sequence[str] | Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    if isinstance(predictors, Mapping):
        groups = {name: list(columns) for name, columns in predictors.items()}
    else:
        groups = {name: [name] for name in predictors}
    columns = [column for group in groups.values() for column in group]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise DesignError(
            N_("%(columns)s stand in more than one place among the drivers."), columns=listed(twice)
        )
    empty = [name for name, group in groups.items() if not group]
    if empty or not groups:
        raise DesignError(N_("A driver needs columns; without any: %(names)s."), names=listed(empty or ["…"]))
    return groups


def _moments(design: Design, outcome: str, groups: Mapping[str, Sequence[str]]) -> _Moments:
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
    return _Moments(domain, SecondMoments(matrix), tuple(groups), tuple(places), np.array(rated))


def _record(
    design: Design, measured: _Measured, values: np.ndarray, covariance: np.ndarray, level: float
) -> Drivers:
    moments, labels = measured.moments, measured.labels
    whole = moments.domain if design.replicates is None else design
    se = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    reach = t_quantile(level, whole.degrees_of_freedom) * se
    size = len(moments.names)
    table = pd.DataFrame(index=pd.Index(moments.names, name="driver"))
    for number, measure in enumerate(measured.measures):
        rows = slice(number * size, (number + 1) * size)
        table[measure] = values[rows]
        table[f"{measure}_se"] = se[rows]
        table[f"{measure}_lower"], table[f"{measure}_upper"] = (
            values[rows] - reach[rows],
            values[rows] + reach[rows],
        )
    explained = float(values[len(measured.measures) * size])
    if "share" in table:
        table["relative"] = table["share"] / explained
    table["mean"] = np.where(moments.rated, values[-size:], np.nan)
    table["mean_se"] = np.where(moments.rated, se[-size:], np.nan)
    importance = np.abs(table[measured.measures[0]])
    table["rank"] = importance.rank(ascending=False, method="min").astype(int)
    table["quadrant"] = quadrant(importance.to_numpy(), table["mean"].to_numpy())
    used = int(moments.domain.inside.sum())
    return Drivers(
        table,
        pd.DataFrame(covariance, labels, labels),
        explained,
        float(se[len(measured.measures) * size]),
        None if measured.orders is None else len(measured.orders),
        used,
        int(design.inside.sum()) - used,
        level,
    )
