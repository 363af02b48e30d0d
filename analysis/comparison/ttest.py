"""Comparison of means under the survey's design: of two groups, of paired answers, with a given value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.comparison.groups import groups_within
from analysis.comparison.result import positive
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.estimate import t_quantile
from analysis.estimation.groups import Groups
from analysis.estimation.inference import infer
from analysis.estimation.items import Item, read_numbers
from questionnaires.faults import N_


@dataclass(frozen=True)
class TTest:
    """A design-based t-test. `contrast` says what the estimate is of, such as "Yes − No".

    `means`: of each group, or the one mean. `t` = (estimate − null) / se. `lower`, `upper`: an interval for
    the estimate at the `confidence` asked for. `p` is two-sided.
    """

    contrast: str
    estimate: float
    se: float
    t: float
    df: int
    p: float
    lower: float
    upper: float
    null: float
    confidence: float
    means: dict[object, float]


def ttest(
    design: Design,
    outcome: str,
    group: str | None = None,
    paired: str | None = None,
    null: float = 0.0,
    level: float = 0.95,
) -> TTest:
    """Test a mean against `null`, that of `outcome` less `paired`, or the difference between two groups.

    With `group` (a column with two groups among those who answered) the estimate is the mean of the second
    group less that of the first, in sorted or category order; its error is that of the slope of a
    design-based regression on the group. Degrees of freedom are one fewer than the design's (Lumley, 2010,
    Complex Surveys, 2.4), over those who answered where there are groups and no replicates. Raises
    DesignError.
    """
    if group is not None and paired is not None:
        raise DesignError(N_("A comparison is between two groups or of paired answers, not both."))
    values, name = _outcome(design, outcome, paired)
    answered = ~np.isnan(values)
    values = np.where(answered, values, 0.0)
    if group is None:
        _refuse_empty(design, answered, name)
        groups = Groups(name, (name,), np.where(answered & design.inside, 0, -1))
        return _test(design, values, groups, name, design.degrees_of_freedom - 1, null, level)
    groups = two_groups(design, group, answered)
    # A regression on replicates takes the degrees of freedom of all, as R's does.
    counted = design if design.replicates is not None else design.where(groups.answered)
    df = counted.degrees_of_freedom - 1
    name = f"{groups.levels[1]} − {groups.levels[0]}"
    return _test(design, values, groups, name, df, null, level)


def two_groups(design: Design, column: str, answered: np.ndarray) -> Groups:
    """The groups of a column that has two among those who answered. Raises DesignError otherwise."""
    groups = groups_within(design, column, answered)
    if groups.size > 2:
        raise DesignError(
            N_(
                "“%(column)s” has %(count)s groups, not two: %(levels)s. Choose two with a domain, or "
                "compare all pairs."
            ),
            column=column,
            count=groups.size,
            levels=listed(groups.levels),
        )
    return groups


def two_sided(t: float, df: float) -> float:
    """P(|T| > |t|) for Student's t."""
    return float(2 * special.stdtr(df, -abs(t)))


def standardised(distance: float, se: float) -> float:
    """distance / se. Raises DesignError where the design leaves no error."""
    if not se > 0:
        raise DesignError(N_("The estimate has no sampling error, so there is nothing to test."))
    return distance / se


def _outcome(design: Design, outcome: str, paired: str | None) -> tuple[np.ndarray, str]:
    """(rows,) values to average, nan where there is no answer, and their name."""
    items = read_numbers(design.frame, [outcome] if paired is None else [outcome, paired])
    first, *rest = map(_numbers, items)
    return (first - rest[0], f"{outcome} − {paired}") if rest else (first, outcome)


def _numbers(item: Item) -> np.ndarray:
    return item.series.to_numpy(dtype=float, na_value=np.nan)


def _refuse_empty(design: Design, answered: np.ndarray, name: str) -> None:
    if not (answered & (design.weights != 0)).any():
        raise DesignError(N_("Nobody in the domain answered “%(column)s”."), column=name)


def _test(
    design: Design, values: np.ndarray, groups: Groups, name: str, df: int, null: float, level: float
) -> TTest:
    df = positive(df)

    def means(weights: np.ndarray) -> np.ndarray:
        return group_means(weights, values, groups)

    def scores(found: np.ndarray) -> np.ndarray:
        return design.weights[:, None] * mean_residuals(design.weights, values, groups, found)

    found, covariance = infer(design, means, scores)
    sign = np.array([-1.0, 1.0])[-groups.size :]
    estimate, se = float(sign @ found), float(np.sqrt(sign @ covariance @ sign))
    t = standardised(estimate - null, se)
    reach = float(t_quantile(level, df)) * se
    by_group = dict(zip(groups.levels, found.tolist(), strict=True))
    return TTest(
        name, estimate, se, t, df, two_sided(t, df), estimate - reach, estimate + reach, null, level, by_group
    )


def group_means(weights: np.ndarray, values: np.ndarray, groups: Groups) -> np.ndarray:
    """(G,) weighted mean of each group."""
    used = groups.answered
    codes, weights = groups.codes[used], weights[used]
    totals = np.bincount(codes, weights * values[used], groups.size)
    return totals / np.bincount(codes, weights, groups.size)


def mean_residuals(weights: np.ndarray, values: np.ndarray, groups: Groups, means: np.ndarray) -> np.ndarray:
    """(rows, G) what one unit of a row's weight adds to each mean: (y − mean) / Σw in the row's group."""
    residuals = np.zeros((len(values), groups.size))
    for code in range(groups.size):
        rows = groups.codes == code
        residuals[rows, code] = (values[rows] - means[code]) / weights[rows].sum()
    return residuals
