"""The columns of a frame that a selection reads and writes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.estimation.design_error import DesignError, listed
from questionnaires.faults import N_


def check_columns(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    absent = [column for column in columns if column not in frame.columns]
    if absent:
        raise DesignError(N_("There is no column “%(column)s”."), column=listed(absent))


def check_new(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    taken = [column for column in columns if column in frame.columns]
    if taken:
        raise DesignError(
            N_("The selection writes %(columns)s, which the frame already has: rename them first."),
            columns=listed(taken),
        )


def check_complete(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    """Refuse columns that are absent or lack a value."""
    check_columns(frame, columns)
    for column in columns:
        missing = int(frame[column].isna().sum())
        if missing:
            raise DesignError(
                N_("Column “%(column)s” lacks %(count)s value(s)."), column=column, count=missing
            )
