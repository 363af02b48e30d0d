"""What a chi-square test gives back, and what the tests here share: degrees of freedom and tails of F."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_


@dataclass(frozen=True, eq=False)
class ChiSquareTest:
    """A chi-square test under a survey design.

    `statistic` refers to F with `df` and `ddf` degrees of freedom, or, where `ddf` is infinite, to a
    chi-square with `df`; by `kind` it is the F or X² itself. `observed`, `expected`: tables of weighted
    counts scaled to the `n` rows of the domain. `eigenvalues`: (K,) generalised design effects, by which
    X² is a sum of chi-squares; `design_effect` is their mean. Both are nan for Wald tests.
    """

    kind: str
    statistic: float
    df: float
    ddf: float
    p: float
    n: int
    observed: pd.DataFrame
    expected: pd.DataFrame
    eigenvalues: np.ndarray

    @property
    def design_effect(self) -> float:
        return float(self.eigenvalues.mean()) if len(self.eigenvalues) else float("nan")


def degrees_of_freedom(design: Design, used: int = 0) -> int:
    """Those of the design less `used`. Raises DesignError where none is left."""
    return positive(design.degrees_of_freedom - used)


def positive(df: int) -> int:
    """`df`, or DesignError where it is not above 0."""
    if df < 1:
        raise DesignError(N_("Too few primary units for this test: no degrees of freedom are left."))
    return df


def f_tail(x: float, df: float, ddf: float) -> float:
    """P(F > x) with `df` and `ddf` degrees of freedom, of which the latter may be infinite."""
    return float(special.fdtrc(df, ddf, x) if np.isfinite(ddf) else special.chdtrc(df, x * df))


def effective_number(eigenvalues: np.ndarray) -> float:
    """(Σ λ)² / Σ λ²: degrees of freedom of the chi-square that has their ratio of mean to variance."""
    return float(eigenvalues.sum() ** 2 / (eigenvalues**2).sum())
