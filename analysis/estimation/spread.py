"""Variances, covariances and correlations of answers, by any domains."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, combinations_with_replacement
from typing import Literal

import numpy as np

from analysis.estimation.design import Columns, Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.domains import Domains, split
from analysis.estimation.estimate import Estimate, t_quantile
from analysis.estimation.estimates import complete_rows
from analysis.estimation.estimation import (
    Column,
    Missing,
    check_option,
    divide,
    domain_columns,
    estimate_columns,
)
from analysis.estimation.items import Item, read_numbers
from analysis.estimation.moments import Correlation, Covariance, from_first
from questionnaires.faults import N_

Interval = Literal["mean", "fisher"]
Pair = tuple[Item, Item]


def variance(
    design: Design,
    items: str | Sequence[str],
    by: Columns = None,
    missing: Missing = "available",
    level: float = 0.95,
) -> Estimate:
    """Variances of number columns and the covariances of each two, by domain.

    n/(n − 1) · Σw (x − x̄)(y − ȳ) / Σw; the score is that of a mean of the products, the means' own errors
    adding nothing to first order. Rows are called "x" and "x:y". `missing`: each pair over rows that
    answer both ("available"), or rows with every item answered ("listwise"). Numbers are those of `svyvar`
    (Lumley), whose n counts rows with a weight, answered or not, and with replicates those answered,
    weighed or not. Rows by domain, then pair. Raises DesignError.
    """
    columns = read_numbers(design.frame, items)
    domains, _ = split(design, domain_columns(by))
    complete = complete_rows(columns, missing)

    def moment(left: np.ndarray, right: np.ndarray, answered: np.ndarray) -> Covariance:
        return Covariance(left, right, _factor(design, domains, answered))

    pairs = list(combinations_with_replacement(columns, 2))
    return estimate_columns(
        design, _columns(pairs, domains, complete, moment), len(pairs), by, complete, level
    )


def correlation(
    design: Design,
    items: Sequence[str],
    by: Columns = None,
    missing: Missing = "available",
    interval: Interval = "mean",
    level: float = 0.95,
) -> Estimate:
    """Pearson correlations of each two of the number columns, by domain, called "x:y".

    r = Σw (x − x̄)(y − ȳ) / √(Σw (x − x̄)² Σw (y − ȳ)²), with the score of its three sums (delta method). The
    interval is symmetric about r ("mean") or about its inverse hyperbolic tangent ("fisher"), which keeps
    within −1 and 1. nan where a column does not vary. `missing` and rows as in `variance`. Raises
    DesignError.
    """
    check_option("interval", interval, Interval)
    columns = read_numbers(design.frame, items)
    if len(columns) < 2:
        raise DesignError(N_("A correlation needs at least two columns."))
    domains, _ = split(design, domain_columns(by))
    complete = complete_rows(columns, missing)
    pairs = list(combinations(columns, 2))
    found = _columns(pairs, domains, complete, lambda left, right, answered: Correlation(left, right))
    e = estimate_columns(design, found, len(pairs), by, complete, level)
    return _fisher(e) if interval == "fisher" else e


def _columns(
    pairs: Sequence[Pair],
    domains: Domains,
    complete: np.ndarray | None,
    moment: Callable[[np.ndarray, np.ndarray, np.ndarray], Covariance | Correlation],
) -> Iterator[Column]:
    for first, second in pairs:
        answered = first.answered & second.answered
        used = answered if complete is None else complete
        [(_, x)], [(_, y)] = first.columns(), second.columns()
        name = first.name if first is second else f"{first.name}:{second.name}"
        left, right = from_first(x, used, domains), from_first(y, used, domains)
        yield Column(name, None, answered, moment(left, right, used))


def _factor(design: Design, domains: Domains, answered: np.ndarray) -> np.ndarray:
    """(D,) n / (n − 1), nan where n is 1."""
    counted = answered if design.replicates is not None else design.weights != 0
    n = domains.sums((counted & domains.active).astype(float))
    return divide(n, np.where(n > 1, n - 1, np.nan))


def _fisher(e: Estimate) -> Estimate:
    r, se = e.table["estimate"].to_numpy(), e.table["se"].to_numpy()
    t = t_quantile(e.confidence, e.table["df"].to_numpy(dtype=float))
    with np.errstate(divide="ignore", invalid="ignore"):
        middle, reach = np.arctanh(r), t * se / (1 - r**2)
    return replace(e, table=e.table.assign(lower=np.tanh(middle - reach), upper=np.tanh(middle + reach)))
