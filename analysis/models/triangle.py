"""Weighted least squares by orthogonal triangles, block by block: no second matrix of all rows is made."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import linalg

from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_

_BLOCK = 65_536

# Less of a column than this left after the columns before it have explained their part is rounding.
_ALIASED = 1e-11


def weighted_triangle(matrix: np.ndarray, weights: np.ndarray, target: np.ndarray) -> np.ndarray:
    """(K + 1, K + 1) upper triangle R with R'R = [X z]' W [X z], exact to rounding in R itself."""
    width = matrix.shape[1] + 1
    triangle = np.zeros((width, width))
    for start in range(0, len(matrix), _BLOCK):
        rows = slice(start, start + _BLOCK)
        root = np.sqrt(weights[rows])[:, None]
        block = np.hstack([matrix[rows] * root, target[rows, None] * root])
        triangle = np.asarray(np.linalg.qr(np.vstack([triangle, block]), mode="r"))
    return triangle


def least_squares(triangle: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(K,) coefficients and the (K, K) inverse of X'WX."""
    upper = triangle[:-1, :-1]
    inverse = linalg.solve_triangular(upper, np.eye(len(upper)))
    return linalg.solve_triangular(upper, triangle[:-1, -1]), inverse @ inverse.T


def refuse_aliased(triangle: np.ndarray, names: Sequence[str]) -> None:
    """Raise DesignError for columns that are combinations of the columns before them."""
    upper = triangle[:-1, :-1]
    left = np.abs(np.diag(upper))
    aliased = left <= _ALIASED * np.linalg.norm(upper, axis=0)
    if aliased.any():
        raise DesignError(
            N_(
                "The model cannot tell apart what belongs to %(columns)s: other columns add up to the same. "
                "Leave out one of them, or join categories."
            ),
            columns=", ".join(f"“{name}”" for name, same in zip(names, aliased, strict=True) if same),
        )
