"""One way of writing data as bytes, so that the same data have the same hash on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import pandas as pd
from pandas.api import types


def canonical_json(value: Any) -> bytes:
    """Sorted keys, no spaces, UTF-8; numbers as the shortest text that reads back the same."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
    ).encode()


def json_hash(value: Any) -> str:
    return hashlib.sha256(canonical_json(value)).hexdigest()


def table_hash(table: pd.DataFrame, keys: Sequence[str] = ()) -> str:
    """Hash of a table as CSV, columns by name and rows by `keys` (else by all columns).

    Whole numbers and fractions are written alike, so that it does not matter whether a file or a database
    gave them.
    """
    ordered = pd.DataFrame({name: _plain_column(table[name]) for name in sorted(table.columns)})
    by = [column for column in keys if column in ordered] or list(ordered.columns)
    if by:
        ordered = ordered.sort_values(by, kind="stable")
    text = ordered.to_csv(index=False, lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()


def _plain_column(column: pd.Series) -> pd.Series:
    if types.is_numeric_dtype(column) and not types.is_bool_dtype(column):
        return column.astype("float64")
    return column.map(_plain) if column.dtype == object else column


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value)
    if value is None or value != value:
        return ""
    return repr(float(value)) if isinstance(value, int | float) else str(value)
