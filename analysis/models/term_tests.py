"""Tests whether terms of a regression are needed, on the design's degrees of freedom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import linalg, special

from analysis.estimation.chisquare_sums import TailMethod, f_sum_tail
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimation import check_option
from analysis.models.fit import Fit
from analysis.models.regression import deviance_of
from questionnaires.faults import N_

TestMethod = Literal["Wald", "LRT", "WorkingWald"]


@dataclass(frozen=True, eq=False)
class TermTest:
    """`statistic`: F for "Wald", else the chi-square; `df`, `ddf`: numerator and denominator degrees of
    freedom; `scale_factors`: the weights of the chi-squares the statistic is a sum of (empty for "Wald").
    """

    terms: tuple[str, ...]
    method: TestMethod
    statistic: float
    df: int
    ddf: int
    p: float
    scale_factors: tuple[float, ...] = ()


def term_test(
    fit: Fit, terms: str | Sequence[str], method: TestMethod = "Wald", tail: TailMethod = "saddlepoint"
) -> TermTest:
    """Are the coefficients of `terms` all 0? Terms are called as in the model, "stype" or "ell:stype".

    "Wald": b'V⁻¹b / q as an F. "LRT": the fall of the deviance, and "WorkingWald": b'V₀⁻¹b with V₀ the
    inverse information of weights taken for frequencies; both follow Σ λᵢ χ²₁ with λ the eigenvalues of
    V₀⁻¹V, over a chi-square of the design (Rao & Scott, 1984, Annals of Statistics 12; Lumley & Scott, 2014,
    Australian & New Zealand Journal of Statistics 56); p by `tail`. Semantics of R's `regTermTest`. Raises
    DesignError for an unknown term, or no degrees of freedom left.
    """
    check_option("method", method, TestMethod)
    wanted = (terms,) if isinstance(terms, str) else tuple(terms)
    formula = fit.specification.columns.terms
    numbers = {fit.specification.find(name) for name in wanted}
    columns = np.flatnonzero(np.isin(fit.specification.columns.term_numbers, list(numbers)))
    if not len(columns) or len(numbers) == len(formula):
        raise DesignError(N_("Name at least one term to test, and leave one in the model."))
    if fit.df_residual <= 0:
        raise DesignError(
            N_("The design has no degrees of freedom left for a test: fewer terms, or more primary units.")
        )
    return _TESTS[method](_Part(fit, wanted, numbers, columns), tail)


@dataclass(frozen=True, eq=False)
class _Part:
    """The coefficients under test."""

    fit: Fit
    terms: tuple[str, ...]
    numbers: set[int]
    columns: np.ndarray

    @property
    def coefficients(self) -> np.ndarray:
        return self.fit.coefficients.to_numpy()[self.columns]

    def block(self, matrix: np.ndarray) -> np.ndarray:
        return matrix[np.ix_(self.columns, self.columns)]

    @property
    def covariance(self) -> np.ndarray:
        return self.block(self.fit.covariance.to_numpy())

    @property
    def naive(self) -> np.ndarray:
        return self.block(self.fit.naive.to_numpy())


def _wald(part: _Part, tail: TailMethod) -> TermTest:
    size, ddf = len(part.columns), part.fit.df_residual
    f = float(part.coefficients @ _solve(part.covariance, part.coefficients, part.terms)) / size
    return TermTest(part.terms, "Wald", f, size, ddf, float(special.fdtrc(size, ddf, f)))


def _likelihood(part: _Part, tail: TailMethod) -> TermTest:
    smaller = part.fit.specification.without(part.numbers)
    fall = deviance_of(smaller, part.fit.design) - part.fit.deviance
    return _mixture(part, "LRT", fall, tail)


def _working(part: _Part, tail: TailMethod) -> TermTest:
    distance = float(part.coefficients @ _solve(part.naive, part.coefficients, part.terms))
    return _mixture(part, "WorkingWald", distance, tail)


def _mixture(part: _Part, method: TestMethod, statistic: float, tail: TailMethod) -> TermTest:
    # Eigenvalues of V₀⁻¹V, found as those of a symmetric matrix of the same spectrum.
    factors = linalg.eigh(part.covariance, part.naive, eigvals_only=True)[::-1]
    ddf = part.fit.df_residual
    p = f_sum_tail(max(statistic, 0.0), factors, ddf, method=tail)
    return TermTest(part.terms, method, statistic, len(factors), ddf, p, tuple(map(float, factors)))


def _solve(matrix: np.ndarray, vector: np.ndarray, terms: tuple[str, ...]) -> np.ndarray:
    scale = 1 / np.sqrt(np.maximum(np.diag(matrix), np.finfo(float).tiny))
    alike = matrix * np.outer(scale, scale)
    if np.linalg.matrix_rank(alike) < len(alike):
        raise DesignError(
            N_(
                "The coefficients of %(terms)s cannot be tested together: their covariance is not of full "
                "rank, as with fewer primary units than coefficients."
            ),
            terms=", ".join(f"“{term}”" for term in terms),
        )
    return scale * linalg.solve(alike, scale * vector, assume_a="sym")


_TESTS: dict[TestMethod, Callable[[_Part, TailMethod], TermTest]] = {
    "Wald": _wald,
    "LRT": _likelihood,
    "WorkingWald": _working,
}
