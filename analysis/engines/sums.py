"""Sums by group, where the groups are known by the values of columns, so that sums from anywhere add up."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, eq=False)
class Sums:
    """Several sums of each group. `keys`: (G, ·) the values that name the group; `values`: (G,) each."""

    keys: pd.DataFrame
    values: Mapping[Hashable, np.ndarray]

    def of(self, name: Hashable) -> np.ndarray:
        """(G,) sums called `name`, 0 where no row had anything to add."""
        return self.values.get(name, np.zeros(len(self.keys)))

    @classmethod
    def joined(cls, parts: Sequence[Sums]) -> Sums:
        """Groups of the same key become one."""
        if len(parts) == 1:
            return parts[0]
        keys = pd.concat([part.keys for part in parts], ignore_index=True)
        codes, groups = grouped(keys)
        names = dict.fromkeys(name for part in parts for name in part.values)
        return cls(
            groups,
            {
                name: np.bincount(codes, np.concatenate([part.of(name) for part in parts]), len(groups))
                for name in names
            },
        )


def grouped(keys: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """(rows,) number of each row's group in order of appearance, and (G, ·) the groups' values.

    Missing values make a group of their own; without columns all rows are one group.
    """
    if not len(keys.columns):
        return np.zeros(len(keys), dtype=np.int64), pd.DataFrame(index=range(min(len(keys), 1)))
    by = keys.groupby(list(keys.columns), dropna=False, sort=False, observed=True)
    codes = by.ngroup().to_numpy()
    first = ~pd.Series(codes).duplicated().to_numpy()
    return codes, keys[first].reset_index(drop=True)


def places(groups: pd.DataFrame, rows: pd.DataFrame) -> np.ndarray:
    """(rows,) place in `groups`, whose rows all differ, of the row with the same values; -1 without one."""
    both = pd.concat([groups, rows[list(groups.columns)]], ignore_index=True)
    codes = grouped(both)[0][len(groups) :]
    return np.where(codes < len(groups), codes, -1)
