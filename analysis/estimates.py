"""Means, totals, ratios and shares with design-based standard errors, by any domains."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.design import Columns, Design
from analysis.domains import degrees_of_freedom, split
from analysis.estimate import Estimate, finish
from analysis.items import Item, read_items, read_numbers
from analysis.linearise import CovarianceSums, Domains
from analysis.stages import DesignError

Missing = Literal["available", "listwise"]
Deff = Literal["finite", "replace"]

# A design effect this small is the rounding left where the design fixes the estimate: its variance is 0.
_NOISE = 1e-20


@dataclass(frozen=True, eq=False)
class Column:
    """One column to estimate. `residual(weights, domains)` gives the estimate (D,) and what each row adds
    to it (rows,), such that weight × residual is the row's linearised score."""

    item: str
    level: object
    answered: np.ndarray
    linearise: Callable[[np.ndarray, Domains], tuple[np.ndarray, np.ndarray]]


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
    found = read_items(design.frame, items)
    columns = (
        Column(item.name, value, item.answered, _mean_of(values))
        for item in found
        for value, values in item.columns()
    )
    return _estimate(design, found, columns, by, missing, level, deff)


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
    found = read_items(design.frame, items)
    columns = (
        Column(item.name, value, item.answered, _total_of(values))
        for item in found
        for value, values in item.columns()
    )
    return _estimate(design, found, columns, by, missing, level, deff)


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
        raise DesignError(f"{len(tops)} numerators cannot be paired with {len(bottoms)} denominators")
    pairs = list(zip(tops, bottoms * len(tops) if len(bottoms) == 1 else bottoms, strict=True))
    columns = (
        Column(f"{top.name}/{bottom.name}", None, top.answered & bottom.answered, _ratio_of(top, bottom))
        for top, bottom in pairs
    )
    return _estimate(design, [*tops, *bottoms], columns, by, missing, level, deff, width=len(pairs))


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
        raise DesignError("Name the columns that make the domains")
    return mean(design, items, by, missing, level, deff)


def _mean_of(values: np.ndarray) -> Callable:
    def linearise(weights: np.ndarray, domains: Domains) -> tuple[np.ndarray, np.ndarray]:
        size = domains.sums(weights)
        estimate = _divide(domains.sums(weights * values), size)
        return estimate, _divide(values - estimate[domains.codes], size[domains.codes])

    return linearise


def _total_of(values: np.ndarray) -> Callable:
    return lambda weights, domains: (domains.sums(weights * values), values)


def _ratio_of(top: Item, bottom: Item) -> Callable:
    def linearise(weights: np.ndarray, domains: Domains) -> tuple[np.ndarray, np.ndarray]:
        (_, y), (_, x) = next(top.columns()), next(bottom.columns())
        whole = domains.sums(weights * x)
        estimate = _divide(domains.sums(weights * y), whole)
        return estimate, _divide(y - estimate[domains.codes] * x, whole[domains.codes])

    return linearise


def _divide(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return above / below


def _estimate(
    design: Design,
    items: Sequence[Item],
    columns: Iterator[Column],
    by: Columns,
    missing: Missing,
    level: float,
    deff: Deff,
    width: int | None = None,
) -> Estimate:
    if missing not in ("available", "listwise"):
        raise DesignError(f'missing={missing!r} is neither "available" nor "listwise"')
    if deff not in ("finite", "replace"):
        raise DesignError(f'deff={deff!r} is neither "finite" nor "replace"')
    by = [by] if isinstance(by, str) else list(by or ())
    domains, values = split(design, by)
    used = domains.active
    if missing == "listwise":
        used = used & np.logical_and.reduce([item.answered for item in items])
    weights = np.where(used, design.weights, 0.0)
    sums = CovarianceSums(design, domains, width or sum(item.width for item in items))
    rows = [_column(column, weights, domains, sums, deff) for column in columns]
    df = degrees_of_freedom(design, domains, design.weights)
    table = _table(rows, values, df)
    covariance = sums.covariance()
    unknown = table["estimate"].isna().to_numpy()
    covariance[unknown, :] = covariance[:, unknown] = np.nan
    table["deff"] = _divide(np.diag(covariance), table.pop("simple").to_numpy())
    fixed = (table["deff"] < _NOISE).to_numpy()
    covariance[fixed, :] = covariance[:, fixed] = 0.0
    table.loc[fixed, "deff"] = 0.0
    return finish(table, covariance, level, by)


def _column(
    column: Column, weights: np.ndarray, domains: Domains, sums: CovarianceSums, deff: Deff
) -> pd.DataFrame:
    """Estimate one column in all domains, hand its scores on, and give (D,) estimate, n and srs
    variance.
    """
    weights = np.where(column.answered, weights, 0.0)
    estimate, residual = column.linearise(weights, domains)
    residual = np.where(weights != 0, residual, 0.0)
    sums.add(weights * residual)
    n = domains.sums((weights != 0).astype(float))
    return pd.DataFrame(
        {
            "item": column.item,
            "level": pd.Series([column.level] * domains.size, dtype=object),
            "estimate": np.where(n > 0, estimate, np.nan),
            "n": n.astype(int),
            "simple": _simple_variance(residual, weights, domains, n, deff),
        }
    )


def _simple_variance(
    residual: np.ndarray, weights: np.ndarray, domains: Domains, n: np.ndarray, deff: Deff
) -> np.ndarray:
    """(D,) variance of the total of the residuals, had the n answers been a simple random sample."""
    size = domains.sums(weights)
    centre = _divide(domains.sums(weights * residual), size)
    spread = _divide(domains.sums(weights * (residual - centre[domains.codes]) ** 2), size) * _divide(
        n, n - 1
    )
    finite = (size > n) if deff == "finite" else np.zeros(len(n), dtype=bool)
    share = np.where(finite, _divide(size - n, size), 1.0)
    return spread * size**2 * share / np.maximum(n, 1)


def _table(rows: Sequence[pd.DataFrame], values: pd.DataFrame, df: np.ndarray) -> pd.DataFrame:
    """One row per domain and column, domain by domain, labelled."""
    stacked = pd.concat(rows, keys=range(len(rows)), names=["column", "domain"])
    table = stacked.swaplevel().sort_index(kind="stable").reset_index()
    domain = table.pop("domain").to_numpy()
    table = table.drop(columns="column")
    for place, column in enumerate(values.columns):
        table.insert(place, column, values[column].to_numpy()[domain])
    table["df"] = df[domain]
    table.index = pd.Index(_labels(table, list(values.columns)))
    return table


def _labels(table: pd.DataFrame, by: Sequence[str]) -> list[str]:
    names = [
        str(item) if level is None else f"{item}={level}"
        for item, level in zip(table["item"], table["level"], strict=True)
    ]
    if not by:
        return names
    places = [".".join(map(str, values)) for values in zip(*(table[column] for column in by), strict=True)]
    return [f"{place}:{name}" for place, name in zip(places, names, strict=True)]
