"""Reading a table from a CSV or Parquet file."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis.commands.table import CommandError


def read_table(path: Path) -> pd.DataFrame:
    """The table in the file, its names and text in Unicode NFC. Raises CommandError where it cannot be
    read.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise CommandError(f"{path}: only {' and '.join(_READERS)} files are read")
    try:
        table = reader(path)
    except FileNotFoundError:
        raise CommandError(f"{path}: there is no such file") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path}: the text is not UTF-8; save the file as CSV UTF-8") from None
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error
    return _composed(table)


def _read_csv(path: Path) -> pd.DataFrame:
    # utf-8-sig: spreadsheets put a mark before the first name.
    return pd.read_csv(path, encoding="utf-8-sig", low_memory=False)


def _read_parquet(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except ImportError:
        raise CommandError(f"{path}: reading Parquet needs pyarrow (pip install pyarrow)") from None


_READERS: dict[str, Callable[[Path], pd.DataFrame]] = {".csv": _read_csv, ".parquet": _read_parquet}


def _composed(table: pd.DataFrame) -> pd.DataFrame:
    table = table.rename(columns=lambda name: unicodedata.normalize("NFC", str(name)))
    for column in table.select_dtypes(include=["object", "string"]).columns:
        values = table[column]
        odd = [text for text in values.dropna().unique() if isinstance(text, str) and not _is_composed(text)]
        if odd:
            table[column] = values.replace({text: unicodedata.normalize("NFC", text) for text in odd})
    return table


def _is_composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)
