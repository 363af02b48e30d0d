"""The values of a model's factors: numbers, or codes of categories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.items import read_items
from analysis.models.formula import CATEGORY, Factor
from questionnaires.faults import N_

_FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {"log": np.log, "sqrt": np.sqrt, "exp": np.exp}


@dataclass(frozen=True, eq=False)
class Values:
    """(rows,) numbers of a factor, or codes of its `levels`; `answered` is False where they mean nothing."""

    values: np.ndarray
    answered: np.ndarray
    levels: tuple[object, ...] | None

    def rows(self, chosen: np.ndarray) -> Values:
        return Values(self.values[chosen], self.answered[chosen], self.levels)

    def present(self, used: np.ndarray) -> Values:
        """Without the levels that no row of `used` has."""
        if self.levels is None:
            return self
        counts = np.bincount(self.values[used], minlength=len(self.levels))
        codes = np.cumsum(counts > 0) - 1
        levels = tuple(level for level, count in zip(self.levels, counts, strict=True) if count)
        return Values(codes[self.values], self.answered, levels)


def read_values(frame: pd.DataFrame, factor: Factor, levels: tuple[object, ...] | None = None) -> Values:
    """The factor's values in `frame`; `levels` are those a model already knows.

    Raises DesignError for an unknown column, a function of what is no number or not defined, an unknown
    level.
    """
    [item] = read_items(frame, factor.column)
    if factor.function == CATEGORY and item.levels is None:
        return _categories(item.series, levels or tuple(np.sort(item.series.dropna().unique()).tolist()))
    if item.levels is not None:
        if factor.function not in ("", CATEGORY):
            raise DesignError(N_("Column “%(column)s” does not hold numbers."), column=factor.column)
        return _categories(item.series, levels or item.levels)
    answered = item.answered
    [(_, numbers)] = item.columns()
    if factor.function:
        numbers = _applied(numbers, answered, factor, frame)
    return Values(numbers, answered, None)


def _categories(series: pd.Series, levels: tuple[object, ...]) -> Values:
    codes = pd.Index(levels, dtype=object).get_indexer(pd.Index(series, dtype=object))
    answered = series.notna().to_numpy()
    unknown = answered & (codes < 0)
    if unknown.any():
        raise DesignError(
            N_("Column “%(column)s” has “%(value)s” in row %(row)s; the model knows %(levels)s."),
            column=series.name,
            value=series.iloc[int(unknown.argmax())],
            row=series.index[int(unknown.argmax())],
            levels=listed(levels),
        )
    return Values(np.maximum(codes, 0), answered, levels)


def _applied(numbers: np.ndarray, answered: np.ndarray, factor: Factor, frame: pd.DataFrame) -> np.ndarray:
    with np.errstate(all="ignore"):
        values = _FUNCTIONS[factor.function](np.where(answered, numbers, 1.0))
    wrong = ~np.isfinite(values)
    if wrong.any():
        row = int(wrong.argmax())
        raise DesignError(
            N_("%(factor)s is not defined for %(value)s in row %(row)s."),
            factor=factor,
            value=f"{numbers[row]:g}",
            row=frame.index[row],
        )
    return values
