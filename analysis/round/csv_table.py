"""Tables in CSV files: read with every fault named at its row and column, and written."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from questionnaires.faults import N_, Fault
from questionnaires.text import nfc

NO_FILE = N_("The file is missing.")
NOT_UTF8 = N_("The file is not UTF-8 text. Save it as “CSV UTF-8”.")
NO_HEADER = N_("The file is empty; its first row must name the columns.")
NO_COLUMN = N_("The column “%(column)s” is missing.")
COLUMN_TWICE = N_("The column “%(column)s” is there more than once.")
WRONG_WIDTH = N_("The row has %(found)s cells; the first row names %(expected)s columns.")
NOT_A_NUMBER = N_("“%(value)s” is not a number; write it like 3.5, without separating thousands.")
NOT_A_FLAG = N_("“%(value)s” must be 1 or 0 (true or false).")
NO_VALUE = N_("A value is needed here.")

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-?[0-9.]+")
FLAGS = {"1": True, "true": True, "0": False, "false": False}


class BadCell(ValueError):
    """A cell that cannot be read; the message is a template with a slot for `value`."""


def text(cell: str) -> str:
    if not cell:
        raise BadCell(NO_VALUE)
    return cell


def words(cell: str) -> str:
    """Text that may be blank."""
    return cell


def number(cell: str) -> float:
    """A number, NaN for a blank."""
    try:
        value = float(cell or "nan")
    except ValueError:
        raise BadCell(NOT_A_NUMBER) from None
    if math.isinf(value) or "_" in cell or (cell and math.isnan(value)):
        raise BadCell(NOT_A_NUMBER)
    return value


def flag(cell: str) -> bool:
    """True or false; true for a blank."""
    if cell.lower() not in {*FLAGS, ""}:
        raise BadCell(NOT_A_FLAG)
    return FLAGS.get(cell.lower(), True)


Reader = Callable[[str], Any]


@dataclass
class CsvFile:
    """One file below `root`. What is wrong with it goes to `faults`, at its name, row and column."""

    root: Path
    name: str
    faults: list[Fault] = field(default_factory=list)

    @property
    def path(self) -> Path:
        return self.root / self.name

    def refuse(self, template: str, place: str = "", **values: object) -> None:
        self.faults.append(Fault(", ".join(filter(None, [self.name, place])), template, values))

    def header(self, required: Sequence[str]) -> list[str]:
        """The names of the columns; an empty list, and a fault, where the file cannot be used."""
        if not self.path.is_file():
            self.refuse(NO_FILE)
            return []
        try:
            columns = next(self._lines(), [])
        except UnicodeDecodeError:
            self.refuse(NOT_UTF8)
            return []
        if not columns:
            self.refuse(NO_HEADER)
        for column in sorted({column for column in columns if columns.count(column) > 1}):
            self.refuse(COLUMN_TWICE, column=column)
        for column in (name for name in required if columns and name not in columns):
            self.refuse(NO_COLUMN, column=column)
        return columns

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Row number (the header is row 1) and cells by column, trimmed and in NFC; blank rows left out."""
        lines = self._lines()
        columns = next(lines, [])
        try:
            for row, cells in enumerate(lines, start=2):
                if not any(cells):
                    continue
                if len(cells) != len(columns):
                    self.refuse(WRONG_WIDTH, f"row {row}", found=len(cells), expected=len(columns))
                    continue
                yield row, dict(zip(columns, cells, strict=True))
        except UnicodeDecodeError:
            self.refuse(NOT_UTF8)

    def _lines(self) -> Iterator[list[str]]:
        with self.path.open(encoding="utf-8-sig", newline="") as stream:
            for cells in csv.reader(stream):
                yield [nfc(cell).strip() for cell in cells]

    def table(
        self, readers: Mapping[str, Reader], others: Reader | None = None, optional: Collection[str] = ()
    ) -> pd.DataFrame:
        """The file as a table: the columns of `readers`, which it needs but for those that are `optional`,
        and the rest by `others`.
        """
        columns = self.header([column for column in readers if column not in optional])
        if self.faults:
            return pd.DataFrame(columns=list(readers))
        chosen = {column: readers.get(column, others) for column in columns}
        wanted = {column: reader for column, reader in chosen.items() if reader is not None}
        rows = [
            {
                column: self.read(reader, cells[column], f"row {row}, {column}")
                for column, reader in wanted.items()
            }
            for row, cells in self.rows()
        ]
        return pd.DataFrame(rows, columns=list(wanted))

    def read(self, reader: Reader, cell: str, place: str) -> Any:
        try:
            return reader(cell)
        except BadCell as bad:
            self.refuse(str(bad), place, value=cell[:40])
            return None


def write_table(path: Path, columns: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
    """UTF-8 with a byte-order mark, which spreadsheet programs need to read Vietnamese."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)


def write_frame(path: Path, table: pd.DataFrame, guarded: bool = False) -> None:
    """`guarded`: for reading in a spreadsheet, where texts that look like formulas must not become some."""
    if guarded:
        table = table.astype(object).map(guard)
    write_table(path, list(table.columns), table.astype(object).itertuples(index=False, name=None))


def guard(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it."""
    looks_like_one = isinstance(value, str) and value[:1] in FORMULA_STARTS and not NUMBER.fullmatch(value)
    return f"'{value}" if looks_like_one else value


def _cell(value: Any) -> Any:
    if value is None or value is pd.NA or value != value:
        return ""
    return int(value) if isinstance(value, bool) else value
