"""Means, totals, ratios and shares with design-based standard errors, by any domains."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from analysis.estimation.design import Columns, Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimate import Estimate
from analysis.estimation.estimation import Column, Deff, Missing, check_option, estimate_columns
from analysis.estimation.items import Item, read_items, read_numbers
from analysis.estimation.sums import Sum, SumRatio
from questionnaires.faults import N_

mean_of, total_of = SumRatio, Sum
"""(rows,) values → the column that estimates their mean or total."""


def mean(
    design: Design,
    items: str | Sequence[str],
    by: Columns = None,
    missing: Missing = "available",
    level: float = 0.95,
    deff: Deff = "finite",
) -> Estimate:
    """Weighted means of number columns and shares of each category, by domain.

    Estimate Σwy / Σw; score w (y − mean) / Σw (Särndal, Swensson & Wretman, 1992, 5.7). `missing`: each
    item over its own answers ("available") or rows with every item answered ("listwise"). `deff` compares
    with a simple random sample of as many answers without ("finite") or with ("replace") replacement;
    without replacement needs weights that sum to a population larger than n, otherwise the latter is used.
    Rows by domain, then item, then level. Raises DesignError.
    """
    return _estimate(design, read_items(design.frame, items), mean_of, by, missing, level, deff)


def total(
    design: Design,
    items: str | Sequence[str],
    by: Columns = None,
    missing: Missing = "available",
    level: float = 0.95,
    deff: Deff = "finite",
) -> Estimate:
    """Weighted totals of number columns and counts of each category, by domain: Σwy, score wy. Otherwise
    as `mean`.

    Rows without an answer add nothing: a total over an item with missing answers is of those who answered.
    """
    return _estimate(design, read_items(design.frame, items), total_of, by, missing, level, deff)


def ratio(
    design: Design,
    numerator: str | Sequence[str],
    denominator: str | Sequence[str],
    by: Columns = None,
    missing: Missing = "available",
    level: float = 0.95,
    deff: Deff = "finite",
) -> Estimate:
    """Ratios of totals R = Σwy / Σwx, by domain; score w (y − Rx) / Σwx (Särndal, Swensson & Wretman,
    1992, 5.6).

    Each numerator goes with the denominator at its place, or with the only one. Items are called "y/x". A
    pair counts where both are answered. Otherwise as `mean`.
    """
    tops, bottoms = read_numbers(design.frame, numerator), read_numbers(design.frame, denominator)
    if len(bottoms) not in (1, len(tops)):
        raise DesignError(
            N_("%(above)s numerators cannot be paired with %(below)s denominators."),
            above=len(tops),
            below=len(bottoms),
        )
    pairs = list(zip(tops, bottoms * len(tops) if len(bottoms) == 1 else bottoms, strict=True))
    columns = (
        Column(f"{top.name}/{bottom.name}", None, top.answered & bottom.answered, _ratio_of(top, bottom))
        for top, bottom in pairs
    )
    complete = complete_rows([*tops, *bottoms], missing)
    check_option("deff", deff, Deff)
    return estimate_columns(design, columns, len(pairs), by, complete, level, deff)


def domain_means(
    design: Design,
    items: str | Sequence[str],
    by: str | Sequence[str],
    missing: Missing = "available",
    level: float = 0.95,
    deff: Deff = "finite",
) -> Estimate:
    """`mean` by the domains of `by`, which must be given."""
    if not by:
        raise DesignError(N_("Name the columns that make the domains."))
    return mean(design, items, by, missing, level, deff)


def _estimate(
    design: Design,
    items: Sequence[Item],
    linearise: Callable,
    by: Columns,
    missing: Missing,
    level: float,
    deff: Deff,
) -> Estimate:
    columns = (
        Column(item.name, value, item.answered, linearise(values))
        for item in items
        for value, values in item.columns()
    )
    width = sum(item.width for item in items)
    complete = complete_rows(items, missing)
    check_option("deff", deff, Deff)
    return estimate_columns(design, columns, width, by, complete, level, deff)


def complete_rows(items: Sequence[Item], missing: Missing) -> np.ndarray | None:
    """(rows,) rows with every item answered, where only those count."""
    check_option("missing", missing, Missing)
    return None if missing == "available" else np.logical_and.reduce([item.answered for item in items])


def _ratio_of(top: Item, bottom: Item) -> SumRatio:
    (_, y), (_, x) = next(top.columns()), next(bottom.columns())
    return SumRatio(y, x)
