"""The result of a run: tables and a manifest, which go to bytes and come back the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pandas.api import types

from analysis.round.canonical import canonical_json

FORMAT = 1
"""Version of what `to_bytes` writes."""


@dataclass(frozen=True, eq=False)
class RunResult:
    """`tables`: name → table, columns and rows in a fixed order, nothing rounded. `manifest`: what the run
    was made from and with: round, framework, surveys, recipe, hashes, code version, run.
    """

    tables: Mapping[str, pd.DataFrame]
    manifest: Mapping[str, Any]

    def to_bytes(self) -> bytes:
        """Canonical JSON: the same result is the same bytes."""
        tables = [{"name": name, "columns": _columns(table)} for name, table in self.tables.items()]
        return canonical_json({"format": FORMAT, "manifest": self.manifest, "tables": tables})

    @classmethod
    def from_bytes(cls, content: bytes) -> RunResult:
        """The result that `to_bytes` wrote. Raises ValueError for another format."""
        stored = json.loads(content)
        if stored.get("format") != FORMAT:
            raise ValueError(
                f"Results of format {stored.get('format')} cannot be read; this is format {FORMAT}"
            )
        tables = {table["name"]: _table(table["columns"]) for table in stored["tables"]}
        return cls(tables, stored["manifest"])


DTYPES: dict[str, Any] = {"text": "str", "number": "float64", "count": "Int64", "flag": "bool"}


def _kind(column: pd.Series) -> str:
    if types.is_bool_dtype(column):
        return "flag"
    if types.is_integer_dtype(column):
        return "count"
    return "number" if types.is_float_dtype(column) else "text"


def tidy(table: pd.DataFrame) -> pd.DataFrame:
    """The table in the four types that results hold: text, number, count (may be missing) and flag."""
    columns = {name: table[name].astype(DTYPES[_kind(table[name])]) for name in table.columns}
    return pd.DataFrame(columns).reset_index(drop=True)


def _columns(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {"name": name, "kind": _kind(table[name]), "values": _values(table[name])} for name in table.columns
    ]


def _values(column: pd.Series) -> list[Any]:
    return column.astype(object).where(column.notna(), None).to_list()


def _table(columns: list[dict[str, Any]]) -> pd.DataFrame:
    series = {
        column["name"]: pd.Series(column["values"], dtype=object).astype(DTYPES[column["kind"]])
        for column in columns
    }
    return pd.DataFrame(series)
