"""Auxiliaries of weighting in parts that rows share: many rows, few groups of rows that have the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import linalg, sparse

# Sums by group and domain are held as one dense table while it is at most this many times the data.
_DENSE = 4

# Columns that are others' sum but for this squared share of their size add nothing.
_COLLINEAR = 1e-13


@dataclass(frozen=True, eq=False)
class Part:
    """Some of the auxiliaries: row i has left[codes[i]] · factor[i], and likewise of `right`.

    `codes`: (rows,) group 0..G-1 of each row. `left`, `right`: (G, C) sparse, most often the same; scores are
    summed by the one and carried by the other. `factor`: (rows,), 1 if None.
    """

    codes: np.ndarray
    left: sparse.csr_matrix
    right: sparse.csr_matrix
    factor: np.ndarray | None = None

    @property
    def groups(self) -> int:
        return self.left.shape[0]

    @property
    def width(self) -> int:
        return self.left.shape[1]

    def grouped(self, values: np.ndarray) -> np.ndarray:
        """(G,) sums of factor · values (rows,)."""
        if self.groups == 1:
            return np.array([values.sum() if self.factor is None else values @ self.factor])
        return np.bincount(self.codes, self.times_factor(values), self.groups)

    def times_factor(self, values: np.ndarray) -> np.ndarray:
        return values if self.factor is None else values * self.factor

    def sums(self, values: np.ndarray) -> np.ndarray:
        """(C,) sums of left · values."""
        return self.left.T @ self.grouped(values)

    def sums_by(self, values: np.ndarray, domains: np.ndarray, size: int) -> np.ndarray:
        """(C, D) sums of left · values by domain; `domains`: (rows,) 0..D-1, D being `size`."""
        if size == 1:
            return self.sums(values)[:, None]
        values, groups = self.times_factor(values), self.groups
        if groups == 1:
            return self.left.T @ np.bincount(domains, values, size)[None, :]
        if groups * size <= _DENSE * len(values):
            by_group = np.bincount(self.codes * size + domains, values, groups * size)
            return self.left.T @ by_group.reshape(groups, size)
        by_pair = sparse.coo_matrix((values, (self.codes, domains)), shape=(groups, size)).tocsr()
        return (self.left.T @ by_pair).toarray()

    def carried(self, values: np.ndarray, groups: np.ndarray, size: int) -> sparse.csr_matrix:
        """(size, C) sums of right · values by other groups (rows,) 0..size-1."""
        entries = (self.times_factor(values), (groups, self.codes))
        return sparse.coo_matrix(entries, shape=(size, self.groups)).tocsr() @ self.right

    def combined(self, coefficients: np.ndarray) -> np.ndarray:
        """(rows,) right · coefficients (C,)."""
        return self.times_factor((self.right @ coefficients)[self.codes])

    def padded(self, before: int, after: int) -> Part:
        """The part with so many more rows in front and behind."""
        around = (before, after)
        factor = None if self.factor is None else np.pad(self.factor, around)
        return replace(self, codes=np.pad(self.codes, around), factor=factor)


def whole(codes: np.ndarray, columns: sparse.csr_matrix) -> tuple[Part, ...]:
    """The auxiliaries (G, C) of rows that share them by code."""
    return (Part(codes, columns, columns),)


def number(values: np.ndarray) -> Part:
    """An auxiliary in which each row has a number of its own."""
    one = sparse.identity(1, format="csr")
    return Part(np.zeros(len(values), dtype=np.int8), one, one, values)


def crossed(first: Part, second: Part, values: np.ndarray) -> sparse.csr_matrix:
    """(C, C') sums over rows of values · left of the one × right of the other."""
    values = second.times_factor(first.times_factor(values))
    if first.codes is second.codes:
        between = sparse.diags(np.bincount(first.codes, values, first.groups))
    elif second.groups == 1:
        between = sparse.csr_matrix(np.bincount(first.codes, values, first.groups)[:, None])
    elif first.groups == 1:
        between = sparse.csr_matrix(np.bincount(second.codes, values, second.groups)[None, :])
    else:
        pairs = (first.codes, second.codes)
        between = sparse.coo_matrix((values, pairs), shape=(first.groups, second.groups)).tocsr()
    return sparse.csr_matrix(first.left.T @ between @ second.right)


def products(first: Sequence[Part], second: Sequence[Part], values: np.ndarray) -> sparse.csr_matrix:
    """(C, C') cross-products of all parts, weighted by values (rows,)."""
    return sparse.bmat([[crossed(one, other, values) for other in second] for one in first]).tocsr()


def inverted(matrix: np.ndarray) -> np.ndarray:
    """Inverse of a symmetric matrix (C, C), 0 along columns that repeat others."""
    share = reciprocal(np.sqrt(np.abs(np.diag(matrix))))
    values, vectors = linalg.eigh(matrix * share * share[:, None])
    kept = np.abs(values) > _COLLINEAR * max(np.abs(values).max(initial=0.0), 1.0)
    spanned = vectors[:, kept]
    return (spanned / values[kept]) @ spanned.T * share * share[:, None]


def independent(matrix: np.ndarray) -> np.ndarray:
    """Which columns to keep, given their cross-products (C, C), so that none is a sum of others."""
    size = np.sqrt(np.diag(matrix))
    present = np.flatnonzero(size > 0)
    if not len(present):
        return present
    scaled = matrix[np.ix_(present, present)] / size[present] / size[present, None]
    _, pivots, rank, _ = linalg.lapack.dpstrf(scaled, tol=_COLLINEAR)
    return np.sort(present[pivots[:rank] - 1])


def reciprocal(values: np.ndarray) -> np.ndarray:
    """1 / values, 0 where they are 0."""
    return divided(1.0, np.asarray(values, dtype=float))


def divided(above: np.ndarray | float, below: np.ndarray) -> np.ndarray:
    """Quotients, 0 where `below` is 0."""
    if below.all():
        return above / below
    return np.divide(above, below, out=np.zeros(len(below)), where=below != 0)
