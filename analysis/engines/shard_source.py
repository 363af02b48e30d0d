"""Rows in many shards, each summed where it lies by a worker of Dask's scheduler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from typing import Any

import pandas as pd

from analysis.engines.frame_source import FrameSource
from analysis.engines.parquet_source import ParquetSource
from analysis.engines.source import Join, Part, Source, Work, fold, lacking


@dataclass(frozen=True, eq=False)
class ShardSource:
    """Shards: tables, Parquet paths, sources, or Dask's promises (Delayed, Future) of any of these.

    They are worked on by the Dask scheduler in force: the workers of a `distributed.Client` where there is
    one, else threads. Shards named by path or promised are read by the worker; what comes back is sums,
    joined in the order of the shards. A shard may cut through clusters and strata. Raises DesignError where
    Dask is not installed.
    """

    shards: Sequence[Any]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that every shard has."""
        first, *others = self._computed(_columns)
        return tuple(name for name in first if all(name in names for names in others))

    def reduce(self, work: Work[Part], join: Join[Part], columns: Sequence[str]) -> Part:
        return fold(self._computed(_reduced, work, join, tuple(columns)), join)

    def _computed(self, task: Any, *arguments: Any) -> Sequence[Any]:
        """Results of `task(shard, …)`, in the order of the shards."""
        try:
            import dask
        except ImportError as error:
            raise lacking("dask") from error
        return dask.compute(*(dask.delayed(task, pure=False)(shard, *arguments) for shard in self.shards))


def _source(shard: Any) -> Source:
    if isinstance(shard, pd.DataFrame):
        return FrameSource(shard)
    return ParquetSource(shard) if isinstance(shard, str | PathLike) else shard


def _columns(shard: Any) -> tuple[str, ...]:
    return _source(shard).columns


def _reduced(shard: Any, work: Work[Part], join: Join[Part], columns: Sequence[str]) -> Part:
    return _source(shard).reduce(work, join, columns)
