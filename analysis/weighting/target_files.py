"""Tables of population totals read from a CSV or Excel file; each fault names its sheet, row and column."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError, listed
from questionnaires.faults import N_, Fault

_EXCEL = (".xlsx", ".xlsm")


def read_tables(
    path: str | PathLike,
    known: Sequence[str],
    frame: pd.DataFrame | None = None,
    sheets: int | None = None,
) -> list[pd.DataFrame]:
    """The tables of a file, one a sheet: columns among those `known`, then one of totals.

    A CSV file counts as one sheet. Values take the type of the `frame`'s column of the same name; numbers in
    text, such as "01", stay text where the frame holds text. `sheets`: how many to read, all if None.
    Raises DesignError with every fault of the first table that has any.
    """
    tables = list(_sheets(Path(path)).items())[:sheets]
    return [_table(sheet, table, known, frame) for sheet, table in tables]


def _sheets(path: Path) -> dict[str, pd.DataFrame]:
    try:
        if path.suffix.lower() in _EXCEL:
            return pd.read_excel(path, sheet_name=None, dtype=object)
        return {path.name: pd.read_csv(path, dtype=str, encoding="utf-8-sig", skipinitialspace=True)}
    except Exception as error:  # whatever the reader raises, the file is at fault
        raise DesignError(
            N_("The file of totals %(path)s cannot be read: %(reason)s"), path=path, reason=error
        ) from error


def _table(sheet: str, table: pd.DataFrame, known: Sequence[str], frame: pd.DataFrame | None) -> pd.DataFrame:
    columns = [column for column in table.columns if column in known]
    others = [column for column in table.columns if column not in known]
    if not columns or len(others) != 1:
        raise DesignError(
            N_("Sheet “%(sheet)s” must have columns of the data and one column of totals; it has %(found)s."),
            sheet=sheet,
            found=listed(list(table.columns)),
        )
    table = table.dropna(how="all")
    totals = pd.to_numeric(table[others[0]], errors="coerce")
    faults = [
        *(fault for column in columns for fault in _blank(sheet, table, column)),
        *_not_numbers(sheet, table, others[0], totals),
    ]
    if faults:
        raise DesignError.of(faults)
    values = {column: _typed(table[column], frame, column) for column in columns}
    return pd.DataFrame({**values, others[0]: totals.astype(float)})


def _place(sheet: str, table: pd.DataFrame, row: int, column: str) -> dict[str, object]:
    return {"sheet": sheet, "row": int(table.index[row]) + 2, "column": column}  # below a line of names


def _blank(sheet: str, table: pd.DataFrame, column: str) -> list[Fault]:
    template = N_("Sheet “%(sheet)s”, row %(row)s: column “%(column)s” is empty.")
    rows = np.flatnonzero(table[column].isna()).tolist()
    return [Fault("", template, _place(sheet, table, row, column)) for row in rows]


def _not_numbers(sheet: str, table: pd.DataFrame, column: str, totals: pd.Series) -> list[Fault]:
    template = N_(
        "Sheet “%(sheet)s”, row %(row)s: the total in column “%(column)s” is “%(value)s”, not a number of "
        "0 or more."
    )
    rows = np.flatnonzero(~np.isfinite(totals.to_numpy(dtype=float)) | (totals < 0)).tolist()
    return [
        Fault("", template, {**_place(sheet, table, row, column), "value": _shown(table[column].iloc[row])})
        for row in rows
    ]


def _shown(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _typed(values: pd.Series, frame: pd.DataFrame | None, column: str) -> pd.Series:
    """The values as the frame holds them: as numbers, or as text."""
    if frame is None or column not in frame.columns:
        return values
    wanted = frame[column].dtype
    if isinstance(wanted, pd.CategoricalDtype):
        wanted = wanted.categories.dtype
    if pd.api.types.is_bool_dtype(wanted):
        return (
            values.astype(str)
            .str.strip()
            .str.lower()
            .map({"true": True, "1": True, "false": False, "0": False})
        )
    if pd.api.types.is_numeric_dtype(wanted):
        numbers = pd.to_numeric(values, errors="coerce")
        return numbers.where(numbers.notna(), values)
    return values.map(lambda value: _text(value))


def _text(value: object) -> str:
    """A cell of a sheet as text: 3.0 is "3"."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
