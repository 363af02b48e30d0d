"""Two questions crossed: weighted counts, and shares with their errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimation.design import Design
from analysis.estimation.estimate import Estimate
from analysis.estimation.estimation import Column, check_option, estimate_columns
from analysis.estimation.groups import Groups, groups_of
from analysis.estimation.items import read_items
from analysis.estimation.sums import Sum, SumRatio

Of = Literal["total", "row", "column"]


@dataclass(frozen=True, eq=False)
class CrossTable:
    """A table of the levels of two columns.

    `totals`: the estimated number in each cell; `shares`: each cell's share of what was asked for. Both hold
    the cells row by row: item "rows=…, columns", level that of the column. `answers` (rows, columns): how
    many answered so.
    """

    totals: Estimate
    shares: Estimate
    answers: pd.DataFrame

    @property
    def counts(self) -> pd.DataFrame:
        """Weighted counts, rows by columns."""
        return self.laid_out(self.totals, "estimate")

    def laid_out(self, e: Estimate, column: str) -> pd.DataFrame:
        """One column of `totals` or `shares`, such as "se", as rows by columns."""
        values = e.table[column].to_numpy().reshape(self.answers.shape)
        return pd.DataFrame(values, self.answers.index, self.answers.columns)


def crosstable(design: Design, rows: str, columns: str, of: Of = "total", level: float = 0.95) -> CrossTable:
    """The table of two columns, over the responses that answer both.

    `of`: what shares are of, the "total", the "row" or the "column". Counts are Σw over the cell, those of
    `svytable` (Lumley); shares are means of 0 and 1 over the total, row or column as a domain (Särndal,
    Swensson & Wretman, 1992, 5.7). Numbers are taken for categories. Raises DesignError.
    """
    check_option("of", of, Of)
    down, across = (groups_of(item) for item in read_items(design.frame, [rows, columns]))
    answered = down.answered & across.answered
    width = len(down.levels) * len(across.levels)

    def cells(counted: type[Sum] | type[SumRatio], of: Of) -> Iterator[Column]:
        for row, row_level in enumerate(down.levels):
            for place, column_level in enumerate(across.levels):
                here, there = down.codes == row, across.codes == place
                among = {"total": answered, "row": answered & here, "column": answered & there}[of]
                name = f"{rows}={row_level}, {columns}"
                yield Column(name, column_level, among, counted((here & there).astype(float)))

    totals = estimate_columns(design, cells(Sum, "total"), width, None, answered, level)
    shares = estimate_columns(design, cells(SumRatio, of), width, None, answered, level)
    return CrossTable(totals, shares, _answers(down, across, answered & (design.weights != 0)))


def _answers(down: Groups, across: Groups, used: np.ndarray) -> pd.DataFrame:
    shape = len(down.levels), len(across.levels)
    cells = down.codes[used].astype(np.int64) * shape[1] + across.codes[used]
    counts = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    index, header = (pd.Index(side.levels, name=side.name) for side in (down, across))
    return pd.DataFrame(counts, index, header)
