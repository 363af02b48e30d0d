"""What solving a model's equations gives, whichever model it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_

Stopping = Literal["tight", "R"]

MOST_ROUNDS = 100
# The linear predictors move by less than this share of the largest: what is left is rounding.
TIGHT = 1e-10
# After the last round linear predictors should rest; where one still runs on, it runs to infinity.
RUNAWAY = 0.3


@dataclass(frozen=True, eq=False)
class Solution:
    """(K,) coefficients, (K, K) inverse information for weights as given, deviance, rounds used.

    `predictor`: (m,) linear predictors; `working`: (m,) weights of the last round's least squares.
    """

    coefficients: np.ndarray
    inverse: np.ndarray
    deviance: float
    rounds: int
    predictor: np.ndarray
    working: np.ndarray


class Equations(Protocol):
    """A model's estimating equations on m rows."""

    def solve(self, weights: np.ndarray, start: np.ndarray | None = None) -> Solution:
        """Fit with (m,) weights, from R's starting values or from given coefficients. Raises DesignError."""

    def influence(self, solution: Solution, weights: np.ndarray) -> np.ndarray:
        """(m, K) what each row adds to the coefficients, to first order; weights included."""

    def spread(self, solution: Solution, weights: np.ndarray) -> tuple[float, float]:
        """Weighted variance of the Pearson residuals, and R²; nan where the model has none."""


def refuse_separation(
    names: Sequence[str], step: np.ndarray, matrix: np.ndarray, predictor_step: float, outcome: str
) -> None:
    """Raise DesignError where coefficients run to infinity: a column separates the outcomes."""
    if predictor_step <= RUNAWAY:
        return
    reach = np.abs(step) * np.abs(matrix).max(axis=0)
    moving = [f"“{name}”" for name, far in zip(names, reach > RUNAWAY / 3, strict=True) if far]
    raise DesignError(
        N_(
            "The coefficients of %(columns)s grow without end: they separate the answers to “%(outcome)s” "
            "perfectly. Leave a column out, or join categories."
        ),
        columns=", ".join(moving) or "…",
        outcome=outcome,
    )


def refuse_endless() -> None:
    raise DesignError(N_("The model does not converge; try fewer terms, or columns on similar scales."))
