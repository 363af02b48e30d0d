"""Functions of the weighted means and covariances of some columns, with the scores of their errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

MatrixFunction = Callable[[np.ndarray], np.ndarray]
"""(K, K) covariance → (F,) values that do not change when a column is measured in other units."""

_STEP = 1e-5


@dataclass(frozen=True, eq=False)
class SecondMoments:
    """Means (K,) and covariance (K, K) of the columns of (m, K) `matrix` under (m,) weights."""

    matrix: np.ndarray

    def means(self, weights: np.ndarray) -> np.ndarray:
        return weights @ self.matrix / weights.sum()

    def covariance(self, weights: np.ndarray) -> np.ndarray:
        far = self.matrix - self.means(weights)
        return far.T @ (far * (weights / weights.sum())[:, None])

    def scores(self, gradients: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """(m, F) what each row adds to functions of the covariance, to first order; weights included.

        With G a function's gradient by the covariance S, (F, K, K) in all, row i adds
        w_i / Σw × ((z_i − z̄)' G (z_i − z̄) − tr GS) (delta method; the means' own errors cancel).
        """
        share = weights / weights.sum()
        far = self.matrix - self.means(weights)
        covariance = far.T @ (far * share[:, None])
        scores = np.empty((len(far), len(gradients)))
        for number, gradient in enumerate(gradients):
            whole = np.sum(gradient * covariance)
            scores[:, number] = share * (np.einsum("ij,ij->i", far @ gradient, far) - whole)
        return scores


def differenced_gradients(function: MatrixFunction, covariance: np.ndarray) -> np.ndarray:
    """(F, K, K) symmetric gradients, by central differences on the scale of correlations."""
    scale = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(scale, scale)
    size = len(scale)
    gradient = np.zeros((len(function(correlation)), size, size))
    for row in range(size):
        for column in range(row, size):
            nudge = np.zeros((size, size))
            nudge[row, column] = nudge[column, row] = _STEP
            slope = (function(correlation + nudge) - function(correlation - nudge)) / (2 * _STEP)
            gradient[:, row, column] = gradient[:, column, row] = slope / (1 if row == column else 2)
    return gradient / np.outer(scale, scale)
