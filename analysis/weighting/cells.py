"""Rows split into cells by the values of columns, as whole numbers that sums run over quickly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_

# Numbers of cells up to this many times the rows are told apart by a table of them, more by sorting.
_TABLE = 8

# Whole numbers within so wide a range are their own codes.
_NARROW = 2**12

# So many rows are looked at first: they may hold every cell already.
_HEAD = 2**16

# A number of cells beyond this is brought down before it is multiplied further.
_LARGEST = 2**62


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of `columns` that rows with a weight lie in.

    `codes`: (rows,) cell of each row, 0..C-1; any number there in a row without weight. `labels`: (C,)
    value of each cell, or the tuple of its values.
    """

    columns: tuple[str, ...]
    codes: np.ndarray
    labels: pd.Index

    @property
    def size(self) -> int:
        return len(self.labels)

    @property
    def name(self) -> str:
        return " × ".join(self.columns)

    def sums(self, weights: np.ndarray) -> np.ndarray:
        """(C,) sums of the weights."""
        return np.bincount(self.codes, weights, self.size)

    def named(self, cell: object) -> str:
        return cell_name(self.columns, cell)


def split_cells(frame: pd.DataFrame, columns: Sequence[str], weights: np.ndarray | None = None) -> Cells:
    """The cells of the columns, sorted where their values can be; rows whose weight is 0 count for nothing.

    Raises DesignError for a column that is absent, or lacks a value in a row with a weight.
    """
    used = None if weights is None else used_rows(weights)
    parts = [_column_codes(frame, column, used) for column in columns]
    if len(parts) == 1:
        [(codes, values)] = parts
        codes, kept = _renumbered(codes, len(values), used)
        return Cells(tuple(columns), codes, values if len(kept) == len(values) else values[kept])
    codes, rows = joint_cells([codes for codes, _ in parts], [len(values) for _, values in parts], used)
    levels = [values[part[rows]] for part, values in parts]
    return Cells(tuple(columns), codes, _labels(levels))


def used_rows(weights: np.ndarray) -> np.ndarray | None:
    """(rows,) which rows have a weight; None where all have."""
    if weights.min(initial=1.0) > 0:
        return None
    used = weights != 0
    return None if used.all() else used


def _labels(levels: Sequence[pd.Index]) -> pd.Index:
    if len(levels) == 1:
        return levels[0]
    return pd.Index(list(zip(*levels, strict=True)), tupleize_cols=False)


def _column_codes(frame: pd.DataFrame, column: str, used: np.ndarray | None) -> tuple[np.ndarray, pd.Index]:
    if column not in frame.columns:
        raise DesignError(N_("There is no column “%(column)s”."), column=column)
    codes, values = _factorized(frame[column])
    if codes.min(initial=0) < 0:
        missing = codes < 0
        lacking = missing if used is None else missing & used
        if lacking.any():
            raise DesignError(
                N_(
                    "Column “%(column)s” lacks %(count)s value(s), first in row %(row)s. Fill them in, give "
                    "them a category of their own with its total, or leave the rows out."
                ),
                column=column,
                count=int(lacking.sum()),
                row=frame.index[int(np.argmax(lacking))],
            )
        codes = np.where(missing, 0, codes)
    return codes, values


def _factorized(series: pd.Series) -> tuple[np.ndarray, pd.Index]:
    if isinstance(series.dtype, pd.CategoricalDtype):
        return series.cat.codes.to_numpy(), series.cat.categories
    if isinstance(series.dtype, np.dtype) and series.dtype.kind in "iu" and len(series):
        numbers = series.to_numpy()
        lowest, highest = int(numbers.min()), int(numbers.max())
        if highest - lowest < _NARROW:
            return numbers - lowest if lowest else numbers, pd.Index(np.arange(lowest, highest + 1))
    codes, values = pd.factorize(series)
    try:
        order = np.argsort(values)
    except TypeError:  # values of several types have no common order
        return codes, pd.Index(values)
    rank = np.empty(len(order) + 1, dtype=codes.dtype)
    rank[order] = np.arange(len(order))
    rank[-1] = -1
    return rank[codes], pd.Index(values)[order]


def joint_cells(
    parts: Sequence[np.ndarray], sizes: Sequence[int], used: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Number the combinations of codes that occur in used rows, in order.

    Returns the (rows,) number of each row, any in rows not used, and for each number one of its rows.
    """
    codes, grid = parts[0].astype(np.min_scalar_type(-min(math.prod(sizes), _LARGEST))), sizes[0]
    for part, size in zip(parts[1:], sizes[1:], strict=True):
        if grid * size > _LARGEST:
            codes, kept = _renumbered(codes, grid, used)
            grid = len(kept)
        codes *= size
        codes += part.astype(codes.dtype, copy=False)
        grid *= size
    codes, kept = _renumbered(codes, grid, used)
    codes, grid = codes.astype(np.intp, copy=False), len(kept)  # what sums and look-ups take as it is
    rows = np.empty(grid, dtype=np.int64)
    if used is None:
        head = codes[: _HEAD if _fill(codes[:_HEAD], grid) else None]
        rows[head] = np.arange(len(head))
    else:
        chosen = np.flatnonzero(used)
        rows[codes[chosen]] = chosen
    return codes, rows


def _renumbered(codes: np.ndarray, grid: int, used: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """The codes without gaps, in the same order, and which they were."""
    occurring = codes if used is None else codes[used]
    if grid > max(_TABLE * len(codes), 2**16):
        kept, found = np.unique(occurring, return_inverse=True)
        if used is None:
            return found, kept
        numbers = np.zeros(len(codes), dtype=np.int64)
        numbers[used] = found
        return numbers, kept
    if used is None and _fill(codes[:_HEAD], grid):
        return codes, np.arange(grid)
    present = np.bincount(occurring, minlength=grid) > 0
    kept = np.flatnonzero(present)
    return codes if len(kept) == grid else np.maximum(np.cumsum(present) - 1, 0)[codes], kept


def _fill(codes: np.ndarray, grid: int) -> bool:
    """Whether each number below `grid` occurs."""
    return len(codes) >= grid and bool(np.bincount(codes, minlength=grid).all())


def listed_cells(columns: Sequence[str], cells: pd.Index, most: int = 10) -> str:
    """The cells named one by one, and how many more there are."""
    names = [cell_name(columns, cell) for cell in cells[:most]]
    rest = f" and {len(cells) - most} more" if len(cells) > most else ""
    return "; ".join(names) + rest


def cell_name(columns: Sequence[str], cell: object) -> str:
    """Such as "sex = f, age = young"."""
    values = cell if len(columns) > 1 and isinstance(cell, tuple) else (cell,)
    return ", ".join(f"{column} = {value}" for column, value in zip(columns, values, strict=True))
