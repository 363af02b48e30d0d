"""The columns that say how a sample was drawn, checked and read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.stages import Stage
from questionnaires.faults import N_, Fault

Columns = str | Sequence[str] | None
_NUMBERS = ("weights", "probabilities", "fpc")


def names_of(columns: Columns) -> list[str]:
    """The columns as a list."""
    return [] if columns is None else [columns] if isinstance(columns, str) else list(columns)


def check_columns(frame: pd.DataFrame, roles: dict[str, list[str]]) -> None:
    """Refuse a design whose columns are not there, lack values, or hold no numbers where they should."""
    if not len(frame):
        raise DesignError(N_("The data have no rows."))
    if not frame.columns.is_unique:
        raise DesignError(
            N_("Several columns are called %(columns)s. Give each its own name."),
            columns=listed(frame.columns[frame.columns.duplicated()].unique().to_list()),
        )
    if roles["weights"] and roles["probabilities"]:
        raise DesignError(N_("Give weights or probabilities, not both."))
    faults = [
        fault
        for role, columns in roles.items()
        for column in columns
        for fault in _column_faults(frame, column, role)
    ]
    if faults:
        raise DesignError.of(faults)


def _column_faults(frame: pd.DataFrame, column: str, role: str) -> list[Fault]:
    if column not in frame.columns:
        return [
            Fault("", N_("There is no column “%(column)s” (%(role)s)."), {"column": column, "role": role})
        ]
    values = frame[column]
    missing = int(values.isna().sum())
    if missing:
        about = {
            "column": column,
            "role": role,
            "count": missing,
            "row": frame.index[int(values.isna().argmax())],
        }
        template = N_("Column “%(column)s” (%(role)s) lacks %(count)s value(s), first in row %(row)s.")
        return [Fault("", template, about)]
    if role in _NUMBERS and not pd.api.types.is_numeric_dtype(values):
        template = N_("Column “%(column)s” (%(role)s) does not hold numbers.")
        return [Fault("", template, {"column": column, "role": role})]
    return []


def read_weights(frame: pd.DataFrame, roles: dict[str, list[str]], stages: tuple[Stage, ...]) -> np.ndarray:
    """(rows,) weights: as given, one over the probabilities of selection, N/n, or else 1."""
    if roles["weights"]:
        weights = product(frame, roles["weights"], "weights", smallest=0.0)
        if not weights.any():
            raise DesignError(N_("All weights are 0: nobody speaks for anybody."))
        return weights
    if roles["probabilities"]:
        return 1 / product(frame, roles["probabilities"], "probabilities", smallest=np.nextafter(0, 1))
    if roles["fpc"]:
        return _weights_from_population(stages)
    return np.ones(len(frame))


LARGEST = {"weights": np.inf, "probabilities": 1.0}


def product(frame: pd.DataFrame, columns: list[str], role: str, smallest: float) -> np.ndarray:
    """(rows,) product of the columns; values below `smallest`, and probabilities above 1, are refused."""
    values = np.ones(len(frame))
    for column in columns:
        numbers = frame[column].to_numpy(dtype=float)
        wrong = ~np.isfinite(numbers) | (numbers < smallest) | (numbers > LARGEST[role])
        if wrong.any():
            row = int(np.argmax(wrong))
            raise DesignError(
                N_("Column “%(column)s” (%(role)s) has %(value)s in row %(row)s."),
                column=column,
                role=role,
                value=f"{numbers[row]:g}",
                row=frame.index[row],
            )
        values = values * numbers
    return values


def _weights_from_population(stages: tuple[Stage, ...]) -> np.ndarray:
    values = np.ones(len(stages[0].units))
    for stage in stages:
        if not np.isfinite(stage.population).all():
            raise DesignError(N_("Weights cannot come from population sizes of which one is unknown."))
        values = values * (stage.population / stage.sampled)[stage.strata[stage.units]]
    return values
