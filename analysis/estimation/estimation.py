"""From linearised columns to a table of estimates: domains, covariance, design effects, labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from analysis.estimation.design import Columns, Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.domains import Domains, degrees_of_freedom, split
from analysis.estimation.estimate import TABLE_COLUMNS, Estimate, finish
from analysis.estimation.linearise import CovarianceSums
from analysis.estimation.replicate_values import ReplicateValues
from questionnaires.faults import N_

Missing = Literal["available", "listwise"]
Deff = Literal["finite", "replace"]

# Above this share of the squares, those of the mean are not taken away from them: digits would be lost.
_SHARE_LOST = 1e-3

# A design effect this small is the rounding left where the design fixes the estimate: its variance is 0.
_NOISE = 1e-16


@dataclass(frozen=True, eq=False)
class Column:
    """One column to estimate.

    `linearise(weights, domains)` gives the estimate (D,) and the residual of each row (rows,): weight ×
    residual is the row's score. `answered`: (rows,) where it can be computed.
    """

    item: str
    level: object
    answered: np.ndarray
    linearise: Callable[[np.ndarray, Domains], tuple[np.ndarray, np.ndarray]]


def estimate_columns(
    design: Design,
    columns: Iterable[Column],
    width: int,
    by: Columns = None,
    complete: np.ndarray | None = None,
    level: float = 0.95,
    deff: Deff = "finite",
) -> Estimate:
    """Estimate `width` columns in every domain of `by`, with the covariance of all.

    `complete`: (rows,) rows to use, all if None. Rows of the table by domain, then in the order of the
    columns.
    """
    by = domain_columns(by)
    domains, values = split(design, by)
    rows = domains.active if complete is None else domains.active & complete
    weighed = _Weighed.of(design.weights, rows, domains)
    sums = (CovarianceSums if design.replicates is None else ReplicateValues)(design, domains, width)
    tables = [_column(column, weighed, domains, sums, deff) for column in columns]
    df = degrees_of_freedom(design, domains, design.weights)
    return tabulate(tables, values, df, sums.covariance(), level)


def tabulate(
    rows: Sequence[ColumnTable],
    values: pd.DataFrame,
    df: np.ndarray,
    covariance: np.ndarray,
    level: float,
) -> Estimate:
    """The estimate made of one table a column, as `column_table` gives, with a row for each domain.

    `values`: the domains' values, one row each; `df`: (D,); `covariance`: (D·K, D·K) by domain, then column.
    """
    table = _table(rows, values, df)
    return finish(table, _settle(table, covariance), level, list(values.columns))


def domain_columns(by: Columns) -> list[str]:
    """The columns that make domains, as a list; one whose name the result needs is refused."""
    columns = [by] if isinstance(by, str) else list(by or ())
    for column in columns:
        if column in TABLE_COLUMNS or columns.count(column) > 1:
            raise DesignError(
                N_("Domains cannot be by “%(column)s”: a column of the result has that name."),
                column=column,
            )
    return columns


def check_option(name: str, value: str, options: object) -> None:
    """Refuse a value that is not one of the literals `options`."""
    if value not in get_args(options):
        raise DesignError(
            N_("%(option)s is one of %(options)s, not “%(value)s”."),
            option=name,
            options=listed(get_args(options)),
            value=value,
        )


def _settle(table: pd.DataFrame, covariance: np.ndarray) -> np.ndarray:
    """Add deff to the table; blank the covariance of unknown estimates, clear it of rounding where it is
    0.
    """
    unknown = table["estimate"].isna().to_numpy()
    covariance[unknown, :] = covariance[:, unknown] = np.nan
    table["deff"] = divide(np.diag(covariance), table.pop("simple").to_numpy())
    fixed = (table["deff"] < _NOISE).to_numpy()
    covariance[fixed, :] = covariance[:, fixed] = 0.0
    table.loc[fixed, "deff"] = 0.0
    return covariance


def divide(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Quotients, nan or inf where `below` is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return above / below


@dataclass(frozen=True, eq=False)
class _Weighed:
    """The rows an estimate is over, with their weights (rows,), 0 elsewhere; (D,) sums and numbers of those
    with a weight. `everywhere`: no weight is 0.
    """

    rows: np.ndarray
    weights: np.ndarray
    size: np.ndarray
    n: np.ndarray
    everywhere: bool

    @classmethod
    def of(cls, weights: np.ndarray, rows: np.ndarray, domains: Domains) -> _Weighed:
        weights = weights if rows.all() else np.where(rows, weights, 0.0)
        counted = weights != 0
        return cls(rows, weights, domains.sums(weights), domains.counts(counted), bool(counted.all()))

    def where(self, answered: np.ndarray, domains: Domains) -> _Weighed:
        return self if answered.all() else self.of(self.weights, self.rows & answered, domains)


def _column(
    column: Column,
    weighed: _Weighed,
    domains: Domains,
    sums: CovarianceSums | ReplicateValues,
    deff: Deff,
) -> ColumnTable:
    """Estimate one column in all domains, hand on what its covariance needs, and give (D,) estimate, n and
    srs variance.
    """
    here = weighed.where(column.answered, domains)
    estimate, residual = column.linearise(here.weights, domains)
    residual = residual if here.everywhere else np.where(here.weights != 0, residual, 0.0)
    score = here.weights * residual
    if isinstance(sums, ReplicateValues):
        sums.add(column.linearise, here.rows, here.weights, estimate)
    else:
        sums.add(score)
    squares = _squares(here.weights, residual, score, domains, here.size)
    simple = simple_variance(squares, here.size, here.n, deff)
    return column_table(column.item, column.level, estimate, here.n, simple)


def _squares(
    weights: np.ndarray, residual: np.ndarray, score: np.ndarray, domains: Domains, size: np.ndarray
) -> np.ndarray:
    """(D,) Σ w × squared distance of the residuals from their weighted mean."""
    centre = divide(domains.sums(score), size)
    raw, taken = domains.products(score, residual), centre**2 * size
    if not (taken > _SHARE_LOST * raw).any():
        return raw - taken
    far = residual - domains.of_rows(centre)
    return domains.products(weights * far, far)


@dataclass(frozen=True, eq=False)
class ColumnTable:
    """One column's estimates, numbers of answers and variances under simple random sampling; (D,) each."""

    item: str
    level: object
    estimate: np.ndarray
    n: np.ndarray
    simple: np.ndarray


def column_table(
    item: str, level: object, estimate: np.ndarray, n: np.ndarray, simple: np.ndarray
) -> ColumnTable:
    """The column's table; an estimate from no answer is unknown."""
    return ColumnTable(item, level, np.where(n > 0, estimate, np.nan), n.astype(int), simple)


def simple_variance(squares: np.ndarray, size: np.ndarray, n: np.ndarray, deff: Deff) -> np.ndarray:
    """(D,) variance of the total of the residuals, had the n answers been a simple random sample.

    `squares`: Σ w × squared distance of the residuals from their weighted mean; `size`: Σ w; (D,) each.
    """
    spread = divide(squares * n, size * (n - 1))
    finite = (size > n) if deff == "finite" else np.zeros(len(n), dtype=bool)
    share = np.where(finite, divide(size - n, size), 1.0)
    return spread * size**2 * share / np.maximum(n, 1)


def _table(rows: Sequence[ColumnTable], values: pd.DataFrame, df: np.ndarray) -> pd.DataFrame:
    """One row per domain and column, domain by domain, labelled."""
    domain = np.repeat(np.arange(len(df)), len(rows))
    columns: dict[str, object] = {column: values[column].to_numpy()[domain] for column in values.columns}
    columns["item"] = [row.item for row in rows] * len(df)
    columns["level"] = pd.Series([row.level for row in rows] * len(df), dtype=object)
    for name in ("estimate", "n", "simple"):
        columns[name] = np.column_stack([getattr(row, name) for row in rows]).ravel()
    table = pd.DataFrame(columns | {"df": df[domain]})
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
