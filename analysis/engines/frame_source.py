"""Rows of a table in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.engines.source import BLOCK, Join, Part, Work, fold


@dataclass(frozen=True, eq=False)
class FrameSource:
    """A table in memory, worked on `block` rows at a time."""

    frame: pd.DataFrame
    block: int = BLOCK

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.frame.columns)

    def reduce(self, work: Work[Part], join: Join[Part], columns: Sequence[str]) -> Part:
        chosen = self.frame[list(columns)]
        starts = range(0, len(chosen), self.block)
        return fold((work(chosen.iloc[start : start + self.block]) for start in starts), join)
