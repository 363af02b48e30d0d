"""Rows of Parquet files larger than memory, read by DuckDB block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from os import PathLike

import pandas as pd

from analysis.engines.source import BLOCK, Join, Part, Work, fold, lacking
from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_

Paths = str | PathLike[str] | Sequence[str | PathLike[str]]

_VECTOR = 2048  # rows DuckDB hands over in one piece


@dataclass(frozen=True, eq=False)
class ParquetSource:
    """Parquet files, one or many or a pattern such as "answers/*.parquet", put one below the other.

    Only the columns a question needs are read, `block` rows at a time. `memory_limit` is DuckDB's own; a
    block of rows and the sums come on top of it. A column that a file lacks is missing there. Raises
    DesignError where DuckDB is not installed or a file cannot be read.
    """

    paths: Paths
    memory_limit: str = "1GB"
    block: int = BLOCK

    @cached_property
    def columns(self) -> tuple[str, ...]:
        [described] = self._frames("SELECT * FROM (DESCRIBE SELECT * FROM {files})", numbered=False)
        return tuple(described["column_name"])

    def reduce(self, work: Work[Part], join: Join[Part], columns: Sequence[str]) -> Part:
        wanted = ", ".join('"{}"'.format(name.replace('"', '""')) for name in columns) or "1"
        return fold(map(work, self._frames(f"SELECT {wanted} FROM {{files}}")), join)

    def _frames(self, query: str, numbered: bool = True) -> Iterator[pd.DataFrame]:
        """Blocks of the result, their rows numbered throughout; "{files}" stands for all rows."""
        try:
            import duckdb
        except ImportError as error:
            raise lacking("duckdb") from error
        vectors, row = max(1, self.block // _VECTOR), 0
        with duckdb.connect(config={"memory_limit": self.memory_limit}) as connection:
            try:
                connection.execute("SET enable_progress_bar = false")  # it would print to standard output
                files = query.replace("{files}", "read_parquet(?, union_by_name = true)")
                rows = connection.execute(files, [self._names])
                while len(frame := rows.fetch_df_chunk(vectors)):
                    frame.index = pd.RangeIndex(row, row := row + len(frame))
                    yield frame
            except duckdb.Error as error:
                raise DesignError(N_("The Parquet files cannot be read: %(reason)s"), reason=error) from error

    @property
    def _names(self) -> list[str]:
        if isinstance(self.paths, str | PathLike):
            return [str(self.paths)]
        return [str(path) for path in self.paths]
