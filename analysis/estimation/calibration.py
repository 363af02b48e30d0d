"""What a weighting step does to the variance: the part of a score that the step fixes adds nothing to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from analysis.estimation.auxiliary_parts import Part, divided, inverted, products, reciprocal


@dataclass(frozen=True, eq=False)
class Projection:
    """A part of a step: the columns it looks at and the inverse of their cross-products."""

    columns: slice
    inverse: sparse.csr_matrix | np.ndarray


@dataclass(frozen=True, eq=False)
class Calibration:
    """One step of weighting, as it acts on scores x: x − carry · R Σ b, with b = S⁻¹ (Lᵀ(slope · x)).

    `parts` hold the auxiliaries L and R; `slope`, `carry`: (rows,). The `projections` are taken in turn, each
    of what those before have left over; S⁻¹ is their `inverse`. `of_response` marks an adjustment for
    nonresponse, which later steps start from.

    With L = R = X, slope = 1/g and carry = g·d this leaves the residuals of the regression on X that the
    weights d give, carried by the weights g·d (Deville & Särndal, 1992, JASA 87, eq. 3.4; Särndal,
    Swensson & Wretman, 1992, Model Assisted Survey Sampling, 6.6).
    """

    parts: tuple[Part, ...]
    slope: np.ndarray
    carry: np.ndarray
    projections: tuple[Projection, ...]
    of_response: bool = False

    @property
    def width(self) -> int:
        """C, the number of auxiliaries."""
        return sum(part.width for part in self.parts)

    def sums(self, score: np.ndarray, domains: np.ndarray, size: int) -> np.ndarray:
        """(C, D) sums of L · slope · score by domain; `domains`: (rows,) 0..D-1, D being `size`."""
        values = score * self.slope
        return np.concatenate([part.sums_by(values, domains, size) for part in self.parts])

    def carried(self, groups: np.ndarray, size: int) -> sparse.csr_matrix:
        """(size, C) sums of carry · R by the groups given for the rows."""
        return sparse.hstack([part.carried(self.carry, groups, size) for part in self.parts]).tocsr()

    def taken(self, sums: np.ndarray) -> np.ndarray:
        """(C, K) coefficients Σ b of all projections for scores whose sums are given, (C, K)."""
        if len(self.projections) == 1:
            return self.projections[0].inverse @ sums
        within = self.met_by(self)
        taken = np.zeros_like(sums)
        for projection in self.projections:
            here = projection.columns
            taken[here] += projection.inverse @ (sums[here] - within[here] @ taken)
        return taken

    def met_by(self, earlier: Calibration) -> sparse.csr_matrix:
        """(C, C of the earlier step) what one unit of its coefficients adds to the sums of this step."""
        return products(self.parts, earlier.parts, self.slope * earlier.carry)

    def padded(self, before: int, after: int) -> Calibration:
        """The step among so many more rows in front and behind, which it does nothing to."""
        around = (before, after)
        parts = tuple(part.padded(before, after) for part in self.parts)
        return replace(self, parts=parts, slope=np.pad(self.slope, around), carry=np.pad(self.carry, around))


def within_cells(codes: np.ndarray, size: int, before: np.ndarray, after: np.ndarray) -> Calibration:
    """Weights scaled to totals by cell 0..size-1: a score keeps its distance from the mean of its cell, taken
    with the weights `before` (rows,) and carried by those `after` (Särndal, Swensson & Wretman, 1992, 7.6).
    """
    return in_cells(codes, np.bincount(codes, before, size), divided(before, after), after)


def in_cells(
    codes: np.ndarray, sizes: np.ndarray, slope: np.ndarray, carry: np.ndarray, of_response: bool = False
) -> Calibration:
    """A step that takes the mean of each cell's scores, their sum by the cell's size (C,)."""
    cells = sparse.identity(len(sizes), format="csr")
    projection = Projection(slice(0, len(sizes)), sparse.diags(reciprocal(sizes)).tocsr())
    return Calibration((Part(codes, cells, cells),), slope, carry, (projection,), of_response)


def on_parts(
    parts: tuple[Part, ...], before: np.ndarray, after: np.ndarray, spread: np.ndarray | None = None
) -> Calibration:
    """Weights calibrated to totals of the auxiliaries.

    A score keeps its residual from the regression on them under the weights `before`, divided by the
    `spread` (rows,) of the residuals where it is given, carried by the weights `after`.
    """
    slope, precise = divided(before, after), before
    if spread is not None:
        slope, precise = slope / spread, before / spread
    inverse = inverted(products(parts, parts, precise).toarray())
    return Calibration(parts, slope, after, (Projection(slice(0, len(inverse)), inverse),))


def in_turn(
    codes: np.ndarray, margins: Sequence[tuple[np.ndarray, np.ndarray]], before: np.ndarray, rounds: int
) -> Calibration:
    """The margins of a raking, each projected on in turn, `rounds` times over.

    `codes`: (rows,) group of each row. `margins`: for each, the (G,) cell of each group, and the (G,) factor
    by which the weights `before` (rows,) stood multiplied once the margin was last fitted. The cell means of
    score over weight count each row with a weight once, whatever its weight.
    """
    rows = np.bincount(codes, None if before.all() else before != 0)
    first, start = [], 0
    for cells, _ in margins:
        sizes = np.bincount(cells, rows)
        first.append(Projection(slice(start, start + len(sizes)), diagonal(reciprocal(sizes))))
        start += len(sizes)
    offsets = [projection.columns.start for projection in first]
    cells = np.column_stack([cells + offset for (cells, _), offset in zip(margins, offsets, strict=True)])
    factors = np.column_stack([factors for _, factors in margins])
    left, right = (
        sparse.csr_matrix((values.ravel(), cells.ravel(), np.arange(len(cells) + 1) * len(margins)))
        for values in (divided(1.0, factors), factors)
    )
    return Calibration((Part(codes, left, right),), reciprocal(before), before, tuple(first) * rounds)


def diagonal(values: np.ndarray) -> sparse.csr_matrix:
    """(C, C) with the values (C,) along the diagonal."""
    return sparse.csr_matrix((values, np.arange(len(values)), np.arange(len(values) + 1)))


def one_hot(cells: np.ndarray, size: int | None = None) -> sparse.csr_matrix:
    """(G, C) one in the column of each group's cell."""
    shape = (len(cells), int(cells.max()) + 1 if size is None else size)
    return sparse.csr_matrix((np.ones(len(cells)), cells, np.arange(len(cells) + 1)), shape=shape)


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
