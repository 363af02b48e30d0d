"""Means, totals, ratios and shares with design-based standard errors, by any domains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.estimation.design import Columns, Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimate import Estimate
from analysis.estimation.estimation import Column, Deff, Missing, check_option, estimate_columns
from analysis.estimation.items import Item, read_items, read_numbers
from analysis.estimation.questions import Question, answer
from analysis.estimation.sums import Sum, SumRatio
from questionnaires.faults import N_

if TYPE_CHECKING:
    from analysis.engines.source_design import SourceDesign

mean_of, total_of = SumRatio, Sum
"""(rows,) values → the column that estimates their mean or total."""


def mean(
    design: Design | SourceDesign,
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
    return answer(design, Question.of("mean", items, (), by, missing, level, deff))


def total(
    design: Design | SourceDesign,
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
    return answer(design, Question.of("total", items, (), by, missing, level, deff))


def ratio(
    design: Design | SourceDesign,
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
    return answer(design, Question.of("ratio", numerator, denominator, by, missing, level, deff))


def domain_means(
    design: Design | SourceDesign,
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


@answer.register
def _of_rows(design: Design, question: Question) -> Estimate:
    """The answer of a design whose rows are in memory."""
    items, columns = (_ratios if question.bottoms else _sums)(design, question)
    width = len(question.tops) if question.bottoms else sum(item.width for item in items)
    complete = complete_rows(items, question.missing)
    return estimate_columns(design, columns, width, question.by, complete, question.level, question.deff)


def _sums(design: Design, question: Question) -> tuple[list[Item], Iterator[Column]]:
    items = read_items(design.frame, question.tops)
    statistic = {"mean": mean_of, "total": total_of}[question.kind]
    return items, (
        Column(item.name, level, answered, statistic(values))
        for item in items
        for answered in [item.answered]
        for level, values in item.columns()
    )


def _ratios(design: Design, question: Question) -> tuple[list[Item], Iterator[Column]]:
    tops, bottoms = (read_numbers(design.frame, names) for names in (question.tops, question.bottoms))
    return [*tops, *bottoms], (
        Column(f"{top.name}/{bottom.name}", None, top.answered & bottom.answered, _ratio_of(top, bottom))
        for top, bottom in zip(tops, bottoms, strict=True)
    )


def complete_rows(items: Sequence[Item], missing: Missing) -> np.ndarray | None:
    """(rows,) rows with every item answered, where only those count."""
    check_option("missing", missing, Missing)
    return None if missing == "available" else np.logical_and.reduce([item.answered for item in items])


def _ratio_of(top: Item, bottom: Item) -> SumRatio:
    (_, y), (_, x) = next(top.columns()), next(bottom.columns())
    return SumRatio(y, x)
