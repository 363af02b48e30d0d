"""What a weighting step does to the variance: the part of a score that the step fixes adds nothing to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

# Sums by group and domain are held as one dense table while it is at most this many times the data.
_DENSE = 4

# Columns that repeat others but for this share of their size are taken to be the same (squared).
_COLLINEAR = 1e-13


@dataclass(frozen=True, eq=False)
class Projection:
    """A part of a step: the columns it looks at and the inverse of their cross-products."""

    columns: slice
    inverse: sparse.csr_matrix | np.ndarray


@dataclass(frozen=True, eq=False)
class Calibration:
    """One step of weighting, as it acts on scores x: x − carry · R Σ b, with b = S⁻¹ (Lᵀ(slope · x)).

    Rows share the `codes` (rows,) of a group 0..G-1 where the auxiliaries are the same: a joint cell of the
    margins, a row by itself at worst. `left` L and `right` R: (G, C) auxiliaries by group, sparse; `slope`,
    `carry`: (rows,). The `projections` are taken in turn, each of what those before have left over; S⁻¹ is
    their `inverse`. `of_response` marks an adjustment for nonresponse, which later steps start from.

    With L = R = X, slope = 1/g and carry = g·d this leaves the residuals of the regression on X that the
    weights d give, carried by the weights g·d (Deville & Särndal, 1992, JASA 87, eq. 3.4; Särndal,
    Swensson & Wretman, 1992, Model Assisted Survey Sampling, 6.6).
    """

    codes: np.ndarray
    slope: np.ndarray
    carry: np.ndarray
    left: sparse.csr_matrix
    right: sparse.csr_matrix
    projections: tuple[Projection, ...]
    of_response: bool = False

    @property
    def width(self) -> int:
        """C, the number of auxiliaries."""
        return self.left.shape[1]

    def sums(self, score: np.ndarray, domains: np.ndarray, size: int) -> np.ndarray:
        """(C, D) sums of L · slope · score by domain; `domains`: (rows,) 0..D-1, D being `size`."""
        groups, values = self.left.shape[0], score * self.slope
        if size == 1:
            return self.left.T @ np.bincount(self.codes, values, groups)[:, None]
        if groups * size <= _DENSE * len(values):
            by_group = np.bincount(self.codes * size + domains, values, groups * size)
            return self.left.T @ by_group.reshape(groups, size)
        by_pair = sparse.coo_matrix((values, (self.codes, domains)), shape=(groups, size)).tocsr()
        return (self.left.T @ by_pair).toarray()

    def carried(self, groups: np.ndarray, size: int, factor: np.ndarray | float = 1.0) -> sparse.csr_matrix:
        """(size, C) sums of `factor` × carry × R by the groups given for the rows."""
        shape = (size, self.right.shape[0])
        return (
            sparse.coo_matrix((self.carry * factor, (groups, self.codes)), shape=shape).tocsr() @ self.right
        )

    def taken(self, sums: np.ndarray) -> np.ndarray:
        """(C, K) coefficients Σ b of all projections for scores whose sums are given, (C, K)."""
        if len(self.projections) == 1:
            return self.projections[0].inverse @ sums
        within = self.met_by(self).tocsr()
        taken = np.zeros_like(sums)
        for projection in self.projections:
            here = projection.columns
            taken[here] += projection.inverse @ (sums[here] - within[here] @ taken)
        return taken

    def met_by(self, earlier: Calibration) -> sparse.csr_matrix:
        """(C, C of the earlier step) what one unit of its coefficients adds to the sums of this step."""
        return self.left.T @ earlier.carried(self.codes, self.left.shape[0], self.slope)


def within_cells(codes: np.ndarray, size: int, before: np.ndarray, after: np.ndarray) -> Calibration:
    """Weights scaled to totals by cell 0..size-1: a score keeps its distance from the mean of its cell, taken
    with the weights `before` (rows,) and carried by those `after` (Särndal, Swensson & Wretman, 1992, 7.6).
    """
    cells = sparse.identity(size, format="csr")
    inverse = sparse.diags(reciprocal(np.bincount(codes, before, size))).tocsr()
    return Calibration(
        codes, divided(before, after), after, cells, cells, (Projection(slice(0, size), inverse),)
    )


def on_columns(
    codes: np.ndarray,
    columns: sparse.csr_matrix,
    before: np.ndarray,
    after: np.ndarray,
    spread: np.ndarray | None = None,
) -> Calibration:
    """Weights calibrated to totals of `columns` (G, C), the auxiliaries of each group of rows.

    A score keeps its residual from the regression on them under the weights `before`, divided by the
    `spread` (rows,) of the residuals where it is given, carried by the weights `after`.
    """
    slope, precise = divided(before, after), before
    if spread is not None:
        slope, precise = slope / spread, before / spread
    inverse = inverted(gram(columns, np.bincount(codes, precise, columns.shape[0])))
    projection = Projection(slice(0, columns.shape[1]), inverse)
    return Calibration(codes, slope, after, columns, columns, (projection,))


def in_turn(
    codes: np.ndarray, margins: Sequence[tuple[np.ndarray, np.ndarray]], before: np.ndarray, rounds: int
) -> Calibration:
    """The margins of a raking, each projected on in turn, `rounds` times over.

    `margins`: for each, the (G,) cell of each group of rows, and the (G,) factor by which the weights
    `before` (rows,) stood multiplied once the margin was last fitted. The cell means of score over weight
    count each row with a weight once, whatever its weight.
    """
    used = before != 0
    rows = np.bincount(codes, used)
    left, right, first = [], [], []
    start = 0
    for cells, factors in margins:
        size = int(cells.max()) + 1
        one_hot = sparse.csr_matrix((np.ones(len(cells)), (np.arange(len(cells)), cells)), (len(cells), size))
        left.append(sparse.diags(reciprocal(factors)) @ one_hot)
        right.append(sparse.diags(factors) @ one_hot)
        inverse = sparse.diags(reciprocal(one_hot.T @ rows)).tocsr()
        first.append(Projection(slice(start, start + size), inverse))
        start += size
    return Calibration(
        codes,
        reciprocal(before),
        before,
        sparse.hstack(left).tocsr(),
        sparse.hstack(right).tocsr(),
        tuple(first) * rounds,
    )


def in_order(calibrations: Sequence[Calibration]) -> list[Calibration]:
    """The order in which steps act on a score: as they were made; but what came after an adjustment for
    nonresponse acts before it, since its weights are those of the respondents alone.
    """
    ordered: list[Calibration] = []
    run: list[Calibration] = []
    for calibration in calibrations:
        if calibration.of_response:
            ordered, run = [calibration, *run, *ordered], []
        else:
            run.append(calibration)
    return run + ordered


def gram(columns: sparse.csr_matrix, weights: np.ndarray) -> np.ndarray:
    """(C, C) weighted cross-products of the columns (G, C); `weights`: (G,)."""
    product = columns.T @ sparse.diags(weights) @ columns
    return product.toarray()


def inverted(matrix: np.ndarray) -> np.ndarray:
    """Inverse of a symmetric matrix (C, C), 0 along columns that repeat others."""
    size = np.sqrt(np.abs(np.diag(matrix)))
    share = reciprocal(size)
    values, vectors = linalg.eigh(matrix * share * share[:, None])
    kept = np.abs(values) > _COLLINEAR * max(np.abs(values).max(initial=0.0), 1.0)
    spanned = vectors[:, kept]
    return (spanned / values[kept]) @ spanned.T * share * share[:, None]


def reciprocal(values: np.ndarray) -> np.ndarray:
    """1 / values, 0 where they are 0."""
    return divided(np.ones(len(values)), np.asarray(values, dtype=float))


def divided(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Quotients, 0 where `below` is 0."""
    return np.divide(above, below, out=np.zeros(len(below)), where=below != 0)
