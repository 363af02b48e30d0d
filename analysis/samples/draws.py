"""The ways to draw a sample: from each row's chance to the positions of the rows drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError, listed
from analysis.samples.columns import check_columns
from analysis.samples.probabilities import certain, inclusion_probabilities
from analysis.samples.sampford import draw_sampford
from questionnaires.faults import N_

Method = Literal["simple", "systematic", "pps", "sampford"]
Sort = str | Sequence[str] | None


@dataclass(frozen=True)
class How:
    """A method with the column it measures size by, and the columns that put the rows in order first."""

    method: Method = "simple"
    measure: str | None = None
    sort: Sort = None

    @property
    def by_size(self) -> bool:
        """Whether chances differ by a measure of size."""
        return self._way.by_size

    def draw(self, frame: pd.DataFrame, size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
        """Positions of the rows drawn, in ascending order, and the chance of each."""
        order = _order(frame, self.sort)
        measures = _measures(frame, self.measure, self.method) if self.by_size else np.ones(len(frame))
        chances = inclusion_probabilities(measures[order], size)
        drawn = self._way.draw(chances, np.random.default_rng(seed))
        back = np.argsort(order[drawn])
        return order[drawn][back], chances[drawn][back]

    @property
    def _way(self) -> _Way:
        if self.method not in _WAYS:
            raise DesignError(
                N_("“%(method)s” is not a way to draw a sample; there are %(methods)s."),
                method=self.method,
                methods=listed(list(_WAYS)),
            )
        return _WAYS[self.method]


@dataclass(frozen=True)
class _Way:
    """`draw(chances, random)` gives positions in ascending order."""

    draw: Callable[[np.ndarray, np.random.Generator], np.ndarray]
    by_size: bool


def _simple(chances: np.ndarray, random: np.random.Generator) -> np.ndarray:
    return np.sort(random.choice(len(chances), round(chances.sum()), replace=False))


def _systematic(chances: np.ndarray, random: np.random.Generator) -> np.ndarray:
    size = round(chances.sum())
    step = len(chances) / size
    rows = np.floor(random.uniform(0, step) + step * np.arange(size)).astype(int)
    return np.minimum(rows, len(chances) - 1)


def _systematic_by_size(chances: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Units lie end to end, each as long as its chance; points one apart from a random start fall on those
    drawn (Madow, 1949, Annals of Mathematical Statistics 20).
    """
    sure = certain(chances)
    ends = np.cumsum(chances[~sure])
    size = round(ends[-1]) if len(ends) else 0
    # The last unit ends at `size`, where the sum of the chances may fall short of it by a rounding error.
    hit = np.searchsorted(ends[:-1], random.uniform() + np.arange(size), side="right")
    return np.sort(np.concatenate([np.flatnonzero(sure), np.flatnonzero(~sure)[hit]]))


_WAYS: dict[str, _Way] = {
    "simple": _Way(_simple, by_size=False),
    "systematic": _Way(_systematic, by_size=False),
    "pps": _Way(_systematic_by_size, by_size=True),
    "sampford": _Way(draw_sampford, by_size=True),
}


def _order(frame: pd.DataFrame, sort: Sort) -> np.ndarray:
    if sort is None:
        return np.arange(len(frame))
    columns = [sort] if isinstance(sort, str) else list(sort)
    check_columns(frame, columns)
    return frame[columns].reset_index(drop=True).sort_values(columns, kind="stable").index.to_numpy()


def _measures(frame: pd.DataFrame, measure: str | None, method: str) -> np.ndarray:
    if measure is None:
        raise DesignError(
            N_("The method “%(method)s” needs a measure of size: name its column."), method=method
        )
    check_columns(frame, [measure])
    values = pd.to_numeric(frame[measure], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    wrong = ~(np.isfinite(values) & (values > 0))
    if wrong.any():
        raise DesignError(
            N_(
                "The measure of size “%(column)s” is “%(value)s” in row %(row)s, and %(count)s row(s) in all "
                "have none above 0: they could never be drawn. Leave them out, or give them a size."
            ),
            column=measure,
            value=frame[measure].iloc[int(np.argmax(wrong))],
            row=frame.index[int(np.argmax(wrong))],
            count=int(wrong.sum()),
        )
    return values
