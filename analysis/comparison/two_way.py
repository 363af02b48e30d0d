"""A two-way table as a survey estimates it: its cells, margins, and what the design says of their errors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.comparison.groups import groups_within
from analysis.estimation.design import Design
from analysis.estimation.estimate import Estimate
from analysis.estimation.estimation import Column, estimate_columns
from analysis.estimation.groups import Groups, read_groups
from analysis.estimation.sums import Sum, SumRatio


@dataclass(frozen=True, eq=False)
class TwoWay:
    """Two columns crossed over the rows that answer both. Cells go row by row of the table."""

    design: Design
    rows: Groups
    columns: Groups

    @property
    def shape(self) -> tuple[int, int]:
        return self.rows.size, self.columns.size

    @property
    def answered(self) -> np.ndarray:
        """(rows,) rows of the data that answer both."""
        return self.rows.answered & self.columns.answered

    @cached_property
    def shares(self) -> Estimate:
        """Each cell's share of the table."""
        return self._estimate(SumRatio)

    @cached_property
    def totals(self) -> Estimate:
        """Each cell's weighted count."""
        return self._estimate(Sum)

    @cached_property
    def observed(self) -> np.ndarray:
        """(R, C) shares."""
        return self.shares.table["estimate"].to_numpy(dtype=float).reshape(self.shape)

    @property
    def expected(self) -> np.ndarray:
        """(R, C) shares if rows and columns were independent."""
        return np.outer(self.observed.sum(axis=1), self.observed.sum(axis=0))

    def labelled(self, values: np.ndarray) -> pd.DataFrame:
        """(R, C) values under the names of the rows and columns."""
        rows = pd.Index(self.rows.levels, name=self.rows.name)
        return pd.DataFrame(values, rows, pd.Index(self.columns.levels, name=self.columns.name))

    def _estimate(self, of: type[Sum] | type[SumRatio]) -> Estimate:
        cell = self.rows.codes * self.columns.size + self.columns.codes
        cells = (
            Column("cell", number, self.answered, of((cell == number).astype(float)))
            for number in range(self.rows.size * self.columns.size)
        )
        return estimate_columns(self.design, cells, self.rows.size * self.columns.size)


def two_way(design: Design, rows: str, columns: str) -> TwoWay:
    """Cross two columns. Raises DesignError where one has fewer than two groups among those who answer."""
    both = read_groups(design.frame, rows).answered & read_groups(design.frame, columns).answered
    return TwoWay(design, groups_within(design, rows, both), groups_within(design, columns, both))
