"""Degrees of freedom of replicate weights: how many of the replicates say something of their own."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator

import numpy as np
from scipy import linalg, sparse

from analysis.estimation.codes import joint_codes
from analysis.estimation.replicate_factors import Deletions, Matrix
from analysis.estimation.replicates import Replicates

# A replicate that others make up but for this share of its length says nothing of its own (as in R's `qr`).
_TOLERANCE = 1e-5
_CLEARLY = 1e-3
# In single precision a share below this may be an error of rounding.
_CLEARLY_SINGLE = 0.1
# Units looked at for each replicate before all are.
_ENOUGH = 1.5
# Weights held at one time (100 MB), and rows above which random mixtures of rows stand for them.
_BLOCK = 12_500_000
_ROWS = 1000
# Mixtures each row goes into: with several, few rows that matter cannot fall into the same ones.
_SPREAD = 4


def replicate_ranks(
    replicates: Replicates, codes: np.ndarray, active: np.ndarray, domains: int
) -> np.ndarray:
    """(D,) rank of the rows-by-replicates matrix of weights in each domain; less 1, degrees of freedom.

    `codes`: (rows,) domain of each row; `active`: (rows,) false where the row lies in none.
    """
    key = hashlib.blake2b(codes.tobytes() + active.tobytes()).digest()
    if key not in replicates.ranks:
        replicates.ranks[key] = _ranks(replicates, codes, active, domains)
    return replicates.ranks[key]


def _ranks(replicates: Replicates, codes: np.ndarray, active: np.ndarray, domains: int) -> np.ndarray:
    factors = replicates.factors
    if replicates.adjustments:
        rows = np.flatnonzero(active)
        mixtures = _Mixtures(codes[rows], domains, factors.size)
        return mixtures.ranks(lambda number: replicates.weights(number)[rows])
    used = active & (replicates.base != 0)
    _, (domain, units) = joint_codes(codes[used], replicates.units[used])
    if isinstance(factors, Deletions):
        return _ranks_of_deletions(factors, domain, units, domains)
    if isinstance(factors, Matrix) and _few_units_tell(factors, domain, units, domains):
        return np.full(domains, factors.size)
    return _Mixtures(domain, domains, factors.size).ranks(lambda number: factors.column(number)[units])


def _ranks_of_deletions(factors: Deletions, domain: np.ndarray, units: np.ndarray, size: int) -> np.ndarray:
    """Each unit left out adds one, but a stratum with all its units there is known from the others' sum."""
    sampled = np.bincount(factors.strata)
    left_out = np.isin(units, factors.deleted)
    _, (of_domain, stratum) = joint_codes(domain[left_out], factors.strata[units[left_out]])
    there = np.bincount(joint_codes(domain[left_out], factors.strata[units[left_out]])[0])
    whole = np.bincount(of_domain[(there == sampled[stratum]) & (there > 1)], minlength=size)
    own = np.bincount(domain[left_out], minlength=size)
    same = np.bincount(domain[~left_out], minlength=size)
    return own - whole + (whole + same > 0)


class _Mixtures:
    """Ranks of (rows, R) matrices, one a domain, of which the columns come one after the other.

    A domain with many more rows than replicates is represented by fewer random mixtures of its rows, which
    have the same rank (Woodruff, 2014, Sketching as a Tool for Numerical Linear Algebra, 2).
    """

    def __init__(self, domain: np.ndarray, domains: int, replicates: int) -> None:
        self.domain, self.replicates = domain, replicates
        self.rows = np.bincount(domain, minlength=domains)
        most = max(_ROWS, 2 * replicates)
        self.mixed = self.rows > most
        self.widths = np.where(self.mixed, most, self.rows)

    def ranks(self, column: Callable[[int], np.ndarray]) -> np.ndarray:
        """(D,) ranks; `column(r)`: (rows,) weights in replicate r."""
        found = [_rank(part) for group in self._groups() for part in self._matrices(group, column)]
        return np.array(found)

    def _groups(self) -> Iterator[slice]:
        """Domains next to each other whose matrices fit into memory together."""
        place = np.cumsum(self.widths) * self.replicates // _BLOCK
        edges = [0, *(np.flatnonzero(np.diff(place)) + 1), len(place)]
        return (slice(start, end) for start, end in itertools.pairwise(edges))

    def _matrices(self, group: slice, column: Callable[[int], np.ndarray]) -> list[np.ndarray]:
        rows = np.flatnonzero((self.domain >= group.start) & (self.domain < group.stop))
        ends = np.cumsum(self.widths[group])
        mixing = self._mixing(rows, ends - self.widths[group], group)
        matrix = np.empty((self.replicates, ends[-1]))
        for number in range(self.replicates):
            weights = column(number)[rows]
            known = np.isfinite(weights)
            matrix[number] = mixing @ (weights if known.all() else np.where(known, weights, 0.0))
        return [matrix[:, part].T for part in map(slice, ends - self.widths[group], ends)]

    def _mixing(self, rows: np.ndarray, starts: np.ndarray, group: slice) -> sparse.csr_matrix:
        """(mixtures, rows) the share with which each row goes into each mixture."""
        random = np.random.default_rng(0)
        domain = self.domain[rows]
        mixed = self.mixed[domain]
        order = np.argsort(domain, kind="stable")
        first = np.cumsum(self.rows[group]) - self.rows[group]
        place = np.empty(len(rows), dtype=np.int64)
        place[order] = np.arange(len(rows)) - first[domain[order] - group.start]
        spread = _SPREAD if mixed.any() else 1
        drawn = random.integers(0, self.widths[domain], (spread, len(rows)))
        shares = np.where(mixed, random.normal(size=(spread, len(rows))), 0.0)
        shares[0, ~mixed] = 1.0
        into = starts[domain - group.start] + np.where(mixed, drawn, place)
        shape = (int(self.widths[group].sum()), len(rows))
        taken = np.broadcast_to(np.arange(len(rows)), into.shape)
        return sparse.coo_matrix((shares.ravel(), (into.ravel(), taken.ravel())), shape=shape).tocsr()


def _few_units_tell(factors: Matrix, domain: np.ndarray, units: np.ndarray, domains: int) -> bool:
    """True where some of the units of each domain have factors of full rank, so that all of them have."""
    enough = int(_ENOUGH * factors.size)
    if len(units) < enough * domains or (np.bincount(domain, minlength=domains) < enough).any():
        return False
    random = np.random.default_rng(0)
    samples = (random.choice(units[domain == number], enough, replace=False) for number in range(domains))
    return all(_is_full(factors.rows(np.sort(sample), np.float32), _CLEARLY_SINGLE) for sample in samples)


def _rank(matrix: np.ndarray) -> int:
    if not matrix.size:
        return 0
    if _is_full(matrix):
        return matrix.shape[1]
    triangle, order = linalg.qr(matrix, mode="r", pivoting=True)
    own = np.abs(np.diag(triangle))
    lengths = np.linalg.norm(matrix, axis=0)[order]
    return int((own > _TOLERANCE * lengths[: len(own)]).sum())


def _is_full(matrix: np.ndarray, clearly: float = _CLEARLY) -> bool:
    """True where each column is clearly none that those before it make up: quickly told, and most often so.

    The diagonal of Cholesky's factor holds the columns' distances from those before, as shares of length.
    """
    lengths = np.linalg.norm(matrix, axis=0)
    if matrix.shape[0] < matrix.shape[1] or not lengths.all():
        return False
    columns = matrix / lengths
    try:
        factor = linalg.cholesky(columns.T @ columns, check_finite=False)
    except linalg.LinAlgError:
        return False
    return bool((np.diag(factor) > clearly).all())
