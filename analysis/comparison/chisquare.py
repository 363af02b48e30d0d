"""Tests that two answers are independent, under the survey's design."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import linalg

from analysis.comparison.result import ChiSquareTest, degrees_of_freedom, effective_number, f_tail, positive
from analysis.comparison.two_way import TwoWay, two_way
from analysis.estimation.chisquare_sums import TailMethod, f_sum_tail
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimation import check_option
from questionnaires.faults import N_

Statistic = Literal["F", "Chisq", "Wald", "adjWald", "lincom", "saddlepoint", "wls-score"]

# A direction whose variance is this small against the largest is one the design fixes.
_NOISE = 1e-10


@dataclass(frozen=True)
class _Result:
    """What the choice of statistic decides."""

    statistic: float
    df: float
    ddf: float
    p: float


def chisq(
    design: Design,
    rows: str,
    columns: str,
    statistic: Statistic = "F",
    method: TailMethod = "saddlepoint",
) -> ChiSquareTest:
    """Test that `rows` and `columns` are independent; rows of data that lack either are left out.

    X² = n Σ (p_ij − p_i p_j)² / p_i p_j is, under independence, Σ λ χ²₁ with λ the eigenvalues of the
    generalised design effects (Rao & Scott, 1981, Journal of the American Statistical Association 76), here
    at the observed shares. n counts all rows of the domain.

    - "F": X² / Σλ against F with d = (Σλ)² / Σλ² and dν degrees of freedom, ν those of the design (the
      second-order correction; Rao & Scott, 1984, Annals of Statistics 12; Thomas & Rao, 1987).
    - "Chisq": X² / λ̄ against a chi-square with (R − 1)(C − 1) (first order); the statistic is X².
    - "lincom": X² against the distribution of Σ λ χ²₁, by `method` ("satterthwaite", "saddlepoint" or the
      exact "integration"); over χ²_dν / dν, but not in a replicate design. "saddlepoint" is the same by
      that method.
    - "Wald": W / k on the residuals n_ij − n_i n_j / n, against F with k = (R − 1)(C − 1) and ν (Koch,
      Freeman & Freeman, 1975, International Statistical Review 43).
    - "adjWald": W (ν − k + 1) / kν against F with k and ν − k + 1.
    - "wls-score": the score test of regressing each row's indicator on the columns (Lipsitz and
      others, 2015, Biometrics 71). Its W is that of "Wald"; as R's `survey` 4.5 does, it is divided
      by R² and taken as F with k and ν − (R − 1) − (C − 1), which is conservative where R² exceeds k.

    Raises DesignError for a column with a single group, a table too empty for the test, too few primary
    units, and as `mean` does.
    """
    check_option("statistic", statistic, Statistic)
    check_option("method", method, TailMethod)
    table = two_way(design, rows, columns)
    degrees_of_freedom(design)  # a sample without any is refused before its variance is looked at
    if statistic in _WALD:
        eigenvalues, result = np.empty(0), _WALD[statistic](table, _wald(table))
    else:
        eigenvalues = _design_effects(table)
        # A chi-square that is referred to its own distribution is approximated as the name says.
        way = "saddlepoint" if statistic == "saddlepoint" else method
        result = _rao_scott(table, eigenvalues, statistic, way)
    n = int(design.inside.sum())
    return ChiSquareTest(
        statistic,
        result.statistic,
        result.df,
        result.ddf,
        result.p,
        n,
        table.labelled(n * table.observed),
        table.labelled(n * table.expected),
        eigenvalues,
    )


def _pearson(table: TwoWay) -> float:
    distance = (table.observed - table.expected) ** 2 / table.expected
    return float(table.design.inside.sum() * distance.sum())


def _design_effects(table: TwoWay) -> np.ndarray:
    """(K,) eigenvalues of the interactions' covariance against that of a simple random sample."""
    share = table.observed.ravel()
    weight = np.divide(1, share, out=np.zeros_like(share), where=share > 0)
    interactions = _interactions(table.shape)
    scaled = interactions * weight
    simple = scaled @ interactions.T / table.design.inside.sum()
    values = linalg.eigvalsh(simple)
    if values[0] <= _NOISE * values[-1]:
        raise _too_empty(table)
    found = linalg.eigh(scaled @ table.shares.covariance.to_numpy() @ scaled.T, simple, eigvals_only=True)
    if not found[-1] > 0:
        raise DesignError(N_("The table has no sampling error, so there is nothing to test."))
    return found[::-1]


def _interactions(shape: tuple[int, int]) -> np.ndarray:
    """(K, R·C) contrasts of cells that no row and no column effect touches."""
    return np.kron(linalg.helmert(shape[0]), linalg.helmert(shape[1]))


def _rao_scott(table: TwoWay, eigenvalues: np.ndarray, statistic: str, method: TailMethod) -> _Result:
    pearson, mean, number = _pearson(table), eigenvalues.mean(), effective_number(eigenvalues)
    ddf = number * degrees_of_freedom(table.design)
    if statistic == "F":
        value = float(pearson / eigenvalues.sum())
        return _Result(value, number, ddf, f_tail(value, number, ddf))
    size = len(eigenvalues)
    if statistic == "Chisq":
        return _Result(pearson, size, np.inf, f_tail(pearson / mean / size, size, np.inf))
    below = ddf if table.design.replicates is None else np.inf
    return _Result(pearson, size, below, f_sum_tail(pearson, eigenvalues, below, method=method))


def _wald(table: TwoWay) -> float:
    """Y'V⁻¹Y of the residuals Y = n_ij − n_i n_j / n, which are derived to first order."""
    share_of_row, share_of_column = table.observed.sum(axis=1), table.observed.sum(axis=0)
    # Row i of the first factor, times row j of the second, are the derivatives (1_i − p_i)(1_j − p_j).
    derivative = np.kron(_centred(share_of_row)[1:], _centred(share_of_column)[1:])
    totals = table.totals.table["estimate"].to_numpy(dtype=float)
    residuals = (totals.sum() * (table.observed - table.expected))[1:, 1:].ravel()
    covariance = derivative @ table.totals.covariance.to_numpy() @ derivative.T
    scale = np.sqrt(np.diag(covariance))
    if not (scale > 0).all() or np.linalg.cond(covariance / np.outer(scale, scale)) > 1 / _NOISE:
        raise _too_empty(table)
    return float(residuals @ np.linalg.solve(covariance, residuals))


def _centred(shares: np.ndarray) -> np.ndarray:
    return np.eye(len(shares)) - shares[:, None]


def _plain_wald(table: TwoWay, wald: float) -> _Result:
    df, nu = _interaction_count(table), degrees_of_freedom(table.design)
    return _Result(wald / df, df, nu, f_tail(wald / df, df, nu))


def _adjusted_wald(table: TwoWay, wald: float) -> _Result:
    df, nu = _interaction_count(table), degrees_of_freedom(table.design)
    ddf = positive(nu - df + 1)
    value = wald * ddf / (df * nu)
    return _Result(value, df, ddf, f_tail(value, df, ddf))


def _score(table: TwoWay, wald: float) -> _Result:
    rows, columns = table.shape
    answering = table.design.where(table.answered)
    df = _interaction_count(table)
    ddf = positive(answering.degrees_of_freedom - (rows - 1) - (columns - 1))
    value = wald / rows**2
    return _Result(value, df, ddf, f_tail(value, df, ddf))


_WALD: dict[str, Callable[[TwoWay, float], _Result]] = {
    "Wald": _plain_wald,
    "adjWald": _adjusted_wald,
    "wls-score": _score,
}


def _interaction_count(table: TwoWay) -> int:
    return (table.rows.size - 1) * (table.columns.size - 1)


def _too_empty(table: TwoWay) -> DesignError:
    return DesignError(
        N_(
            "The table of “%(rows)s” by “%(columns)s” has too many empty cells, or too few primary units, "
            "for this test. Join levels, or choose another statistic."
        ),
        rows=table.rows.name,
        columns=table.columns.name,
    )
