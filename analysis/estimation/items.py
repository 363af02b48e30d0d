"""The columns estimates are made of: a number is one column, a category gives one 0/1 column per level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from pandas.api import types

from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_


@dataclass(frozen=True, eq=False)
class Item:
    """A column of the data. `levels` are the categories' values; None for numbers."""

    name: str
    series: pd.Series
    levels: tuple[object, ...] | None

    @property
    def answered(self) -> np.ndarray:
        """(rows,) False where the answer is missing."""
        return np.ones(len(self.series), dtype=bool) if self.complete else self.series.notna().to_numpy()

    @cached_property
    def complete(self) -> bool:
        """True for plain numbers of which each is there and finite; their sum tells in one pass."""
        kind = getattr(self.series.dtype, "kind", "O") if isinstance(self.series.dtype, np.dtype) else "O"
        if kind != "f":
            return kind in "iub"
        with np.errstate(over="ignore", invalid="ignore"):
            return bool(np.isfinite(self.series.to_numpy().sum()))

    def columns(self) -> Iterator[tuple[object, np.ndarray]]:
        """(level, values) with (rows,) numbers; what stands in rows without an answer means nothing."""
        if self.levels is None:
            numbers = self.series.to_numpy(dtype=float, na_value=np.nan)
            yield None, numbers if self.complete else np.where(np.isnan(numbers), 0.0, numbers)
            return
        codes = pd.Categorical(self.series, categories=self.levels).codes
        for code, level in enumerate(self.levels):
            yield level, (codes == code).astype(float)

    @property
    def width(self) -> int:
        return 1 if self.levels is None else len(self.levels)


def read_items(frame: pd.DataFrame, names: str | Sequence[str]) -> list[Item]:
    """The items called `names`. Raises DesignError for an unknown column or one that is neither number nor
    category.
    """
    wanted = [names] if isinstance(names, str) else list(names)
    if not wanted:
        raise DesignError(N_("No column was named to estimate."))
    return [_item(frame, name) for name in wanted]


def read_numbers(frame: pd.DataFrame, names: str | Sequence[str]) -> list[Item]:
    """As `read_items`, for columns of numbers only."""
    items = read_items(frame, names)
    for item in items:
        if item.levels is not None:
            raise DesignError(N_("Column “%(column)s” does not hold numbers."), column=item.name)
    return items


def _item(frame: pd.DataFrame, name: str) -> Item:
    if name not in frame.columns:
        raise DesignError(N_("There is no column “%(column)s”."), column=name)
    series = frame[name]
    if types.is_numeric_dtype(series) and not types.is_bool_dtype(series):
        return _finite(Item(name, series, None))
    if isinstance(series.dtype, pd.CategoricalDtype):
        return Item(name, series, tuple(series.cat.categories))
    if types.is_bool_dtype(series) or types.is_object_dtype(series) or types.is_string_dtype(series):
        return Item(name, series, sorted_levels(series.dropna().unique().tolist()))
    raise DesignError(
        N_("Column “%(column)s” holds %(type)s: neither numbers nor categories."),
        column=name,
        type=series.dtype,
    )


def _finite(item: Item) -> Item:
    if not item.complete and np.isinf(item.series.to_numpy(dtype=float, na_value=np.nan)).any():
        raise DesignError(N_("Column “%(column)s” has infinite values."), column=item.name)
    return item


def sorted_levels(values: Sequence[object]) -> tuple[object, ...]:
    """The values in order, or in order of their text where they are of several types."""
    try:
        return tuple(sorted(values))  # type: ignore[type-var]
    except TypeError:
        return tuple(sorted(values, key=str))
