"""The columns of a question as a block of rows holds them, and the categories all blocks agree on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError
from analysis.estimation.items import Item, read_items, read_numbers, sorted_levels
from analysis.estimation.questions import Question
from questionnaires.faults import N_


@dataclass(frozen=True, eq=False)
class Term:
    """Σw·top, or over Σw·bottom: one column for numbers, one per level for a category."""

    top: Item
    bottom: Item | None

    @property
    def answered(self) -> np.ndarray:
        """(rows,) where there is an answer."""
        return self.top.answered if self.bottom is None else self.top.answered & self.bottom.answered

    @property
    def below(self) -> np.ndarray:
        """(rows,) what stands below: 1 where nothing is named."""
        return np.ones(len(self.top.series)) if self.bottom is None else next(self.bottom.columns())[1]


def read_terms(frame: pd.DataFrame, question: Question) -> list[Term]:
    if question.kind != "ratio":
        return [Term(item, None) for item in read_items(frame, question.tops)]
    tops, bottoms = (read_numbers(frame, names) for names in (question.tops, question.bottoms))
    return [Term(top, bottom) for top, bottom in zip(tops, bottoms, strict=True)]


@dataclass(frozen=True)
class Levels:
    """What a column was found to hold: numbers, or categories.

    `declared` says that the categories are those of a pandas categorical, in its order; `empty` that no
    row has an answer, so that the column could as well be of another kind.
    """

    name: str
    values: tuple[object, ...] | None
    declared: bool
    empty: bool

    @classmethod
    def of(cls, item: Item) -> Levels:
        declared = isinstance(item.series.dtype, pd.CategoricalDtype)
        return cls(item.name, item.levels, declared, not item.answered.any())

    @classmethod
    def agreed(cls, parts: Sequence[Levels]) -> Levels:
        """What the column holds over all blocks, as if they had been one table."""
        told = [part for part in parts if not part.empty] or list(parts)
        first = told[0]
        if all(part == first for part in told):
            return first
        if len({part.values is None for part in told}) > 1:
            raise DesignError(
                N_("Column “%(column)s” holds numbers in one place and categories in another."),
                column=first.name,
            )
        if first.values is None:
            return first
        if all(part.declared and part.values == first.values for part in told):
            return first
        return cls._union(first.name, told)

    @classmethod
    def _union(cls, name: str, parts: Sequence[Levels]) -> Levels:
        """Categories that differ from place to place: all of them."""
        values = dict.fromkeys(value for part in parts for value in part.values or ())
        return cls(name, sorted_levels(list(values)), any(part.declared for part in parts), False)

    def columns(self, item: Item) -> Iterator[tuple[object, np.ndarray]]:
        """(level, values) of a block, with the categories of all blocks."""
        return replace(item, levels=self.values).columns()

    @property
    def width(self) -> int:
        return 1 if self.values is None else len(self.values)
