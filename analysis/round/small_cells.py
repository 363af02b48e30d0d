"""Breakdowns of too few answers are not shown, so that nobody is recognised in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

NOTE = "small_cell"


def suppress_few_answers(table: pd.DataFrame, figures: Sequence[str], minimum: int) -> pd.DataFrame:
    """Rows whose `n` is from 1 to below `minimum` lose their figures; `note` says so."""
    return _suppress(table, table["n"].between(1, minimum - 1), figures)


def suppress_few_people(
    table: pd.DataFrame, within: Sequence[str], figures: Sequence[str], minimum: int
) -> pd.DataFrame:
    """Rows whose `count` is from 1 to below `minimum` lose figures and count; `note` says so.

    Where a single row of a question (the columns `within`) would be hidden, the next smallest is hidden with
    it: what is missing to the question's total would tell the first.
    """
    few = table["count"].between(1, minimum - 1)
    alone = few & (few.groupby([table[column] for column in within]).transform("sum") == 1)
    asked = [table[column] for column in within]
    with_one = alone.groupby(asked).transform("any") & ~few & table["count"].gt(0)
    smallest = table["count"].where(with_one).groupby(asked).rank(method="first") == 1
    return _suppress(table, few | smallest, [*figures, "count"])


def _suppress(table: pd.DataFrame, hidden: pd.Series, figures: Sequence[str]) -> pd.DataFrame:
    shown = table.copy()
    shown[list(figures)] = shown[list(figures)].astype(float).mask(hidden, np.nan)
    return shown.assign(note=np.where(hidden, NOTE, ""))
