"""The groups a column makes, of whatever type it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimation.items import Item, read_items


@dataclass(frozen=True, eq=False)
class Groups:
    """A column as groups: `codes` (rows,) place of each row's value in `levels`, −1 where it has none."""

    name: str
    levels: tuple[object, ...]
    codes: np.ndarray

    @property
    def size(self) -> int:
        return len(self.levels)

    @property
    def answered(self) -> np.ndarray:
        """(rows,) False where there is no value."""
        return self.codes >= 0

    def among(self, rows: np.ndarray) -> Groups:
        """Only the groups found in `rows` (a truth value a row); other rows belong to none."""
        codes = np.where(rows, self.codes, -1)
        found, places = np.unique(codes, return_inverse=True)
        absent = int(len(found) > 0 and found[0] == -1)
        return Groups(self.name, tuple(self.levels[code] for code in found[absent:]), places - absent)


def read_groups(frame: pd.DataFrame, column: str) -> Groups:
    """The groups of a column: categories in their own order, other values sorted. Raises DesignError."""
    [item] = read_items(frame, column)
    return groups_of(item)


def groups_of(item: Item) -> Groups:
    """As `read_groups`, of a column that has been read."""
    if item.levels is None:
        codes, values = pd.factorize(item.series, sort=True)
        return Groups(item.name, tuple(values.tolist()), codes)
    return Groups(item.name, item.levels, np.asarray(pd.Categorical(item.series, item.levels).codes))
