"""Scores summed to sampling units, only for the pairs of unit and domain that occur.

Where each row is its own unit, or units lie in one domain each, a grid of units × domains would be mostly
zeros.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from analysis.estimation.calibration import Calibration
from analysis.estimation.codes import joint_codes
from analysis.estimation.design import Design
from analysis.estimation.domains import Domains
from analysis.estimation.lonely import refuse
from analysis.estimation.stages import Stage


class UnitPairs:
    """(pairs, K) sums of scores by occurring pair of unit and domain, sorted by unit, then domain."""

    def __init__(self, design: Design, stage: Stage, domains: Domains, columns: int) -> None:
        self.stage = stage
        self.size = domains.size
        self._rows = np.flatnonzero(domains.active)
        self._codes, (self._unit, self._domain) = joint_codes(
            stage.units[self._rows], domains.codes[self._rows]
        )
        self._sums = np.zeros((len(self._unit), columns))
        seen = np.zeros(len(stage.sampled), dtype=bool)
        seen[stage.strata[self._unit]] = True
        if design.lonely == "fail" and (stage.lonely & seen).any():
            refuse(stage, stage.lonely & seen)

    def put(self, column: int, score: np.ndarray) -> None:
        self._sums[:, column] = np.bincount(self._codes, score[self._rows], len(self._sums))

    def covariance(self, fixed: list[tuple[Calibration, np.ndarray]]) -> np.ndarray:
        """(D·K, D·K) contribution of this stage; `fixed` are the coefficients that calibration takes away.

        A calibrated score S − Q M has covariance C_SS − C_SQ M − (C_SQ M)' + M' C_QQ M, with Q the
        calibration's sums by unit and M its coefficients.
        """
        spread = _Centred(self.stage, self._unit, self._domain, self._sums)
        total = spread.covariance(self.size)
        if fixed:
            carried = sparse.hstack(
                [c.carried(self.stage.units, len(self.stage.strata)) for c, _ in fixed]
            ).tocsr()
            means = np.vstack([coefficients for _, coefficients in fixed])
            mixed = self._mixed(carried) @ means
            total = total - mixed - mixed.T + means.T @ (_own(self.stage, carried) @ means)
        return total

    def _mixed(self, carried: sparse.csr_matrix) -> np.ndarray:
        """(D·K, C) covariance of the sums with the calibration's sums by unit."""
        stage = self.stage
        by_stratum = stage.membership @ carried
        blocks = []
        for domain in range(self.size):
            chosen = self._domain == domain
            units, sums = self._unit[chosen], self._sums[chosen]
            within = carried[units].T @ (sums * stage.scale[stage.strata[units], None])
            totals = stage.membership[:, units] @ sums
            between = by_stratum.T @ (totals * (stage.scale / stage.sampled)[:, None])
            blocks.append((within - between).T)
        return np.vstack(blocks)


def _own(stage: Stage, carried: sparse.csr_matrix) -> sparse.csr_matrix:
    """(C, C) covariance of the calibration's sums by unit."""
    by_stratum = stage.membership @ carried
    within = carried.T @ sparse.diags(stage.scale[stage.strata]) @ carried
    return within - by_stratum.T @ sparse.diags(stage.scale / stage.sampled) @ by_stratum


class _Centred:
    """Sums by pair, less the stratum mean where the domain fills the stratum: those alone stay as sparse
    as they were, and there alone is a mean large beside the spread."""

    def __init__(self, stage: Stage, unit: np.ndarray, domain: np.ndarray, sums: np.ndarray) -> None:
        self.stage, self.unit, self.domain = stage, unit, domain
        group, (self.stratum, self.stratum_domain) = joint_codes(stage.strata[unit], domain)
        pairs = np.arange(len(unit))
        gather = sparse.csr_matrix((np.ones(len(unit)), (group, pairs)), shape=(len(self.stratum), len(unit)))
        totals = gather @ sums
        full = np.bincount(group) == stage.sampled[self.stratum]
        shift = np.where(full, 1 / stage.sampled[self.stratum], 0.0)[:, None] * totals
        self.sums = sums - shift[group]
        self.totals = np.where(full[:, None], 0.0, totals)

    def covariance(self, domains: int) -> np.ndarray:
        stage = self.stage
        within = products(self.unit, self.domain, self.sums, stage.scale[stage.strata], domains)
        some = self.totals.any(axis=1)
        if not some.any():
            return within
        between = products(
            self.stratum[some],
            self.stratum_domain[some],
            self.totals[some],
            stage.scale / stage.sampled,
            domains,
        )
        return within - between


def products(
    key: np.ndarray, domain: np.ndarray, values: np.ndarray, scale: np.ndarray, domains: int
) -> np.ndarray:
    """(D·K, D·K) Σ over keys of scale × outer product of the key's values laid out by domain.

    `key`, `domain`: (pairs,) sorted by key, then domain; `values`: (pairs, K); `scale`: by key. Keys with
    the same set of domains are multiplied as one dense block.
    """
    columns = values.shape[1]
    total = np.zeros((domains, columns, domains, columns))
    every = np.arange(columns)
    keys, first, count = np.unique(key, return_index=True, return_counts=True)
    for members in _patterns(domain, first, count, domains):
        held = domain[first[members[0]] : first[members[0]] + count[members[0]]]
        pairs = first[members][:, None] + np.arange(len(held))
        block = values[pairs].reshape(len(members), -1) * np.sqrt(scale[keys[members]])[:, None]
        square = (block.T @ block).reshape(len(held), columns, len(held), columns)
        total[np.ix_(held, every, held, every)] += square
    return total.reshape(domains * columns, -1)


def _patterns(domain: np.ndarray, first: np.ndarray, count: np.ndarray, domains: int) -> list[np.ndarray]:
    """Numbers of the keys, split by the set of domains each holds."""
    # A sum of random 64-bit names tells sets apart; two sets in a million share one with probability 1e-7.
    names = np.random.default_rng(1729).integers(0, 2**63, domains, dtype=np.uint64)
    marks = np.add.reduceat(names[domain], first) + count.astype(np.uint64)
    order = np.argsort(marks, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(marks[order])) + 1)
