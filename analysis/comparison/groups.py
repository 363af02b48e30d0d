"""The groups a column makes, of whatever type it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.items import read_items
from questionnaires.faults import N_


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
    if item.levels is None:
        codes, values = pd.factorize(item.series, sort=True)
        return Groups(column, tuple(values.tolist()), codes)
    return Groups(column, item.levels, np.asarray(pd.Categorical(item.series, item.levels).codes))


def groups_within(design: Design, column: str, answered: np.ndarray) -> Groups:
    """The groups of `column` that carry weight among the rows of the design's domain that are `answered`.

    Raises DesignError where there are fewer than two.
    """
    groups = read_groups(design.frame, column).among(answered & (design.weights != 0))
    if groups.size < 2:
        raise DesignError(
            N_("A comparison needs two groups; among those who answered, “%(column)s” has %(levels)s."),
            column=column,
            levels=listed(groups.levels) or N_("none"),
        )
    return groups
