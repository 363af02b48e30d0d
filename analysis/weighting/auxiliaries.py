"""The columns a calibration works on: what each row, or group of rows alike, adds to the totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.estimation.auxiliary_parts import Part, number, products, whole
from analysis.estimation.calibration import one_hot
from analysis.weighting.cells import joint_cells
from analysis.weighting.knowledge import Knowledge

# Rows are taken together where numbers take fewer different values than this share of the rows.
_FEW = 0.25


@dataclass(frozen=True, eq=False)
class Auxiliaries:
    """Auxiliaries x by group of rows, and their population totals.

    `codes`: (rows,) group 0..G-1 of each row; `rows`: (G,) one row of each. `parts` hold the auxiliaries of
    the groups, `row_parts` those of the rows, with numbers as distances from their mean in standard
    deviations, so that cross-products lose no digits; `totals`: (C,) of them. `back`: (C, C) takes sums of
    the columns back to the data's own units, in which `wanted` (C,) are the totals. `names`: (C,). `free`:
    (C,) false for the first category of each variable, which follows from the others. `count`: the size of
    the population, where it is known.
    """

    codes: np.ndarray
    rows: np.ndarray
    parts: tuple[Part, ...]
    row_parts: tuple[Part, ...]
    totals: np.ndarray
    back: sparse.csr_matrix
    wanted: np.ndarray
    names: tuple[str, ...]
    free: np.ndarray
    count: float | None

    @property
    def groups(self) -> int:
        return len(self.rows)

    def grouped(self, weights: np.ndarray) -> np.ndarray:
        """(G,) sums of the rows' weights."""
        return weights if self.groups == len(weights) else np.bincount(self.codes, weights, self.groups)

    def sums(self, grouped: np.ndarray) -> np.ndarray:
        """(C,) sums under the groups' weights."""
        return np.concatenate([part.sums(grouped) for part in self.parts])

    def combined(self, coefficients: np.ndarray) -> np.ndarray:
        """(G,) x'λ."""
        ends = np.cumsum([part.width for part in self.parts])[:-1]
        pieces = np.split(coefficients, ends)
        return sum(
            (part.combined(piece) for part, piece in zip(self.parts, pieces, strict=True)),
            np.zeros(self.groups),
        )

    def products(self, grouped: np.ndarray) -> np.ndarray:
        """(C, C) cross-products under the groups' weights."""
        return products(self.parts, self.parts, grouped).toarray()

    def matrix(self) -> sparse.csr_matrix:
        """(G, C) the columns, written out."""
        every = np.arange(self.groups)
        return sparse.hstack(
            [part.carried(np.ones(self.groups), every, self.groups) for part in self.parts]
        ).tocsr()

    def found(self, grouped: np.ndarray) -> np.ndarray:
        """(C,) sums under the groups' weights, in the data's own units."""
        return self.back @ self.sums(grouped)

    def gaps(self, grouped: np.ndarray) -> np.ndarray:
        """(C,) by how much each sum misses its total, relative to one more than it (as R's `calibrate`)."""
        return np.abs(self.found(grouped) - self.wanted) / (1 + np.abs(self.wanted))


def collapsed(
    knowledge: Knowledge,
    weights: np.ndarray,
    alike: Sequence[np.ndarray] = (),
    units: np.ndarray | None = None,
) -> Auxiliaries:
    """The auxiliaries of groups of rows that have the same, and the same values of the columns `alike`.

    Where numbers tell most rows apart, each row is a group. With `units` (rows,) the groups are these units,
    and their auxiliaries the means over their rows.
    """
    used = None if weights.all() else weights != 0
    joint, cells = _joint_categories(knowledge, used)
    codes, rows = _groups(knowledge, joint, alike, used) if units is None else _by_unit(units)
    table, numbers = _table(knowledge, cells), _numbers(knowledge)
    wanted = _wanted(knowledge)
    if units is not None:
        means = _means(units, len(rows))
        table, numbers = means @ table[joint], means @ numbers
    elif len(rows) < len(codes):
        table, numbers = table[joint[rows]], numbers[rows]
    scale = _Scale.of(numbers, np.bincount(codes, weights, len(rows)), knowledge)
    numbers = scale.standard(numbers)
    if len(rows) < len(codes) or units is not None:
        columns = sparse.hstack([table, sparse.csr_matrix(numbers)]).tocsr()
        parts, row_parts = whole(np.arange(len(rows)), columns), whole(codes, columns)
    else:
        categories = whole(joint, table) if table.shape[1] else ()
        parts = row_parts = (*categories, *map(number, numbers.T))
    return Auxiliaries(
        codes,
        rows,
        parts,
        row_parts,
        scale.totals(wanted),
        scale.back(_ones(knowledge, table.shape[1])),
        wanted,
        _names(knowledge),
        _free(knowledge, len(wanted)),
        knowledge.count,
    )


def _joint_categories(knowledge: Knowledge, used: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """Joint cells of all categories: (rows,) number of each row's, and for each cell one row in it."""
    cells = [target.cells for target in knowledge.categories]
    if not cells:
        return np.zeros(knowledge.rows, dtype=np.int64), np.zeros(1, dtype=np.int64)
    return joint_cells([each.codes for each in cells], [each.size for each in cells], used)


def _groups(
    knowledge: Knowledge, joint: np.ndarray, alike: Sequence[np.ndarray], used: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    every = np.arange(knowledge.rows)
    parts, sizes = [joint], [int(joint.max()) + 1]
    for values in (*(values for values, _ in knowledge.numbers.values()), *alike):
        codes, found = pd.factorize(values)
        if len(found) > _FEW * len(values):
            return every, every
        parts.append(codes)
        sizes.append(len(found))
    codes, rows = joint_cells(parts, sizes, used)
    return (every, every) if len(rows) > _FEW * len(every) else (codes, rows)


def _by_unit(units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    rows = np.empty(int(units.max()) + 1, dtype=np.int64)
    rows[units] = np.arange(len(units))
    return units, rows


def _table(knowledge: Knowledge, rows: np.ndarray) -> sparse.csr_matrix:
    """(J, C − K) ones in the cells of the categories and, where the population is given, in all rows."""
    columns = [one_hot(target.cells.codes[rows], target.cells.size) for target in knowledge.categories]
    if knowledge.population is not None:
        columns.append(sparse.csr_matrix(np.ones((len(rows), 1))))
    return sparse.hstack(columns).tocsr() if columns else sparse.csr_matrix((len(rows), 0))


def _numbers(knowledge: Knowledge) -> np.ndarray:
    """(rows, K) the columns of numbers."""
    columns = [values for values, _ in knowledge.numbers.values()]
    return np.column_stack(columns) if columns else np.zeros((knowledge.rows, 0))


def _means(units: np.ndarray, size: int) -> sparse.csr_matrix:
    """(G, rows) takes columns of rows to their means by unit."""
    share = 1 / np.bincount(units)[units]
    return sparse.csr_matrix((share, (units, np.arange(len(units)))), shape=(size, len(units)))


def _wanted(knowledge: Knowledge) -> np.ndarray:
    population = [] if knowledge.population is None else [knowledge.population]
    numbers = [total for _, total in knowledge.numbers.values()]
    return np.concatenate([*(target.wanted for target in knowledge.categories), population, numbers])


def _names(knowledge: Knowledge) -> tuple[str, ...]:
    cells = [target.cells for target in knowledge.categories]
    categories = [each.named(label) for each in cells for label in each.labels]
    return (*categories, *([] if knowledge.population is None else ["all rows"]), *knowledge.numbers)


def _free(knowledge: Knowledge, width: int) -> np.ndarray:
    free = np.ones(width, dtype=bool)
    first = 0
    for target in knowledge.categories:
        free[first] = False
        first += target.cells.size
    return free


def _ones(knowledge: Knowledge, width: int) -> np.ndarray:
    """(C − K,) which of the constants sum to 1 in each row."""
    ones = np.zeros(width)
    ones[: knowledge.categories[0].cells.size if knowledge.categories else 1] = 1.0
    return ones


@dataclass(frozen=True, eq=False)
class _Scale:
    """(K,) mean and size of each column of numbers; the mean is 0 where the population's size is unknown."""

    mean: np.ndarray
    size: np.ndarray
    count: float

    @classmethod
    def of(cls, numbers: np.ndarray, weights: np.ndarray, knowledge: Knowledge) -> _Scale:
        share = np.abs(weights) / np.abs(weights).sum()
        mean = share @ numbers if knowledge.count is not None else np.zeros(numbers.shape[1])
        size = np.sqrt(share @ (numbers - mean) ** 2)
        return cls(mean, np.where(size > 0, size, 1.0), knowledge.count or 0.0)

    def standard(self, numbers: np.ndarray) -> np.ndarray:
        return (numbers - self.mean) / self.size

    def totals(self, wanted: np.ndarray) -> np.ndarray:
        """(C,) totals of the columns with the numbers standardised."""
        constants = len(wanted) - len(self.mean)
        numbers = (wanted[constants:] - self.mean * self.count) / self.size
        return np.concatenate([wanted[:constants], numbers])

    def back(self, ones: np.ndarray) -> sparse.csr_matrix:
        """(C, C) from sums of standardised columns to sums of the columns as given."""
        upper = sparse.hstack([sparse.identity(len(ones)), sparse.csr_matrix((len(ones), len(self.mean)))])
        lower = sparse.hstack([sparse.csr_matrix(np.outer(self.mean, ones)), sparse.diags(self.size)])
        return sparse.vstack([upper, lower]).tocsr()
