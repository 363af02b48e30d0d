"""What drives overall satisfaction: the importance of its possible causes, with errors from the design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.estimate import t_quantile
from analysis.estimation.estimation import check_option
from analysis.estimation.inference import infer
from analysis.models.driver_measures import DriverMeasures, read_moments
from analysis.models.explained_variance import MOST_EXACT, sample_orders
from analysis.models.quadrants import quadrant
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
    moments = read_moments(design, outcome, groups)
    chosen = None
    if orders is not None or len(groups) > MOST_EXACT:
        chosen = sample_orders(len(groups), _ORDERS if orders is None else orders, seed)
    measured = DriverMeasures(moments, _MEASURES[method], chosen)
    values, covariance = infer(moments.domain, measured.statistic, measured.scores)
    return _record(design, measured, values, covariance, level)


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


def _record(
    design: Design, measured: DriverMeasures, values: np.ndarray, covariance: np.ndarray, level: float
) -> Drivers:
    moments, labels = measured.moments, measured.labels
    whole = moments.domain if design.replicates is None else design
    se = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    reach = t_quantile(level, whole.degrees_of_freedom) * se
    explained = labels.index("r_squared")
    used = int(moments.domain.inside.sum())
    return Drivers(
        _table(measured, values, se, reach),
        pd.DataFrame(covariance, labels, labels),
        float(values[explained]),
        float(se[explained]),
        None if measured.orders is None else len(measured.orders),
        used,
        int(design.inside.sum()) - used,
        level,
    )


def _table(measured: DriverMeasures, values: np.ndarray, se: np.ndarray, reach: np.ndarray) -> pd.DataFrame:
    moments, size = measured.moments, len(measured.moments.names)
    table = pd.DataFrame(index=pd.Index(moments.names, name="driver"))
    for number, measure in enumerate(measured.measures):
        rows = slice(number * size, (number + 1) * size)
        table[measure], table[f"{measure}_se"] = values[rows], se[rows]
        table[f"{measure}_lower"] = values[rows] - reach[rows]
        table[f"{measure}_upper"] = values[rows] + reach[rows]
    if "share" in table:
        table["relative"] = table["share"] / float(values[len(measured.measures) * size])
    table["mean"] = np.where(moments.rated, values[-size:], np.nan)
    table["mean_se"] = np.where(moments.rated, se[-size:], np.nan)
    importance = np.abs(table[measured.measures[0]])
    table["rank"] = importance.rank(ascending=False, method="min").astype(int)
    table["quadrant"] = quadrant(importance.to_numpy(), table["mean"].to_numpy())
    return table
