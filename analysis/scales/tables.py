"""From what is inferred of covariance matrices to the record of an estimation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.estimation.estimate import Estimate
from analysis.estimation.estimation import column_table, tabulate
from analysis.scales.answers import Answers
from analysis.scales.moments import Inferred


def tabulate_scales(
    names: Sequence[str],
    samples: Sequence[Answers],
    values: pd.DataFrame,
    df: np.ndarray,
    inferred: Inferred,
    level: float,
) -> Estimate:
    """One row per domain and name. `values`: the domains' values, one row each; `df`: (D,)."""
    n = np.array([answers.n for answers in samples], dtype=float)
    rows = [
        column_table(name, None, inferred.values[:, place], n, inferred.simple[:, place])
        for place, name in enumerate(names)
    ]
    return tabulate(rows, values, df, inferred.covariance, level)


def stack(tables: Sequence[pd.DataFrame], values: pd.DataFrame) -> pd.DataFrame:
    """The domains' tables below one another, each row after the values of its domain."""
    stacked = pd.concat(tables, ignore_index=True)
    domain = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
    for place, column in enumerate(values.columns):
        stacked.insert(place, column, values[column].to_numpy()[domain])
    return stacked
