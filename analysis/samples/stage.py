"""One stage of a selection: what it draws, the units it draws from, and the groups they are drawn in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError, listed
from analysis.samples.columns import check_complete
from analysis.samples.draws import How, Method, Sort
from analysis.samples.stratified import whole_sizes
from questionnaires.faults import N_

_ROWS = "(rows)"  # the measure of a unit that has no other: a name no column of a frame should have


@dataclass(frozen=True)
class SelectionStage:
    """What one stage draws.

    `unit` names the column of the units to draw, such as communes; without it the rows are the units. `size`
    is how many in each stratum of the column `strata`, and from the second stage on in each unit of the stage
    before (and each stratum within it): one number, or a mapping by stratum (by unit of the stage before
    where there are no strata). `or_all` takes all units where there are fewer than asked for.

    The columns `measure`, `strata` and `sort` belong to the unit: the same on all its rows. Without a
    `measure`, methods by size measure a unit by its rows.
    """

    size: int | Mapping | pd.Series
    unit: str | None = None
    method: Method = "simple"
    measure: str | None = None
    strata: str | None = None
    sort: Sort = None
    or_all: bool = False

    @property
    def how(self) -> How:
        return How(self.method, self.measure or _ROWS, self.sort)


class Units(NamedTuple):
    """What a stage can draw."""

    table: pd.DataFrame  # a row per unit: the columns that the stage reads
    names: np.ndarray  # (U,)
    of_row: np.ndarray  # (rows,) unit of each row of the frame


def units_of(frame: pd.DataFrame, stage: SelectionStage, within: Sequence[str]) -> Units:
    sort = [stage.sort] if isinstance(stage.sort, str) else list(stage.sort or ())
    own = [column for column in dict.fromkeys((stage.strata, stage.measure, *sort)) if column]
    columns = list(dict.fromkeys([*within, *([stage.unit] if stage.unit else []), *own]))
    check_complete(frame, columns)
    table = frame[columns].reset_index(drop=True)
    if stage.unit is None:
        numbers = np.arange(len(table))
        return Units(table.assign(**{_ROWS: 1}), numbers, numbers)
    groups = table.groupby([*within, stage.unit], sort=False, observed=True)
    _, first, codes = np.unique(groups.ngroup(), return_index=True, return_inverse=True)
    _check_constant(table, own, first[codes], stage.unit)
    names = table[stage.unit].to_numpy()[first]
    return Units(table.iloc[first].set_axis(names).assign(**{_ROWS: np.bincount(codes)}), names, codes)


def _check_constant(table: pd.DataFrame, columns: Sequence[str], first: np.ndarray, unit: str) -> None:
    for column in columns:
        values = table[column].to_numpy()
        differs = values != values[first]
        if differs.any():
            raise DesignError(
                N_("“%(column)s” differs between rows of the same %(unit)s, %(name)s."),
                column=column,
                unit=unit,
                name=table[unit].iloc[int(np.argmax(differs))],
            )


class Group(NamedTuple):
    """Units that one draw is made from."""

    name: str
    units: np.ndarray
    size: int


def groups_of(table: pd.DataFrame, stage: SelectionStage, within: Sequence[str]) -> list[Group]:
    by = [*within, *([stage.strata] if stage.strata else [])]
    groups: dict[tuple, np.ndarray] = {(): np.arange(len(table))}
    if by:
        found = table.reset_index(drop=True).groupby(by, observed=True).indices
        groups = {_tuple(name): np.asarray(rows) for name, rows in found.items()}
    sizes = _sizes(stage, {name: len(rows) for name, rows in groups.items()})
    if not sizes:
        raise DesignError(N_("No stratum is given a size above 0."))
    return [Group(_label(name), groups[name], size) for name, size in sizes.items()]


def _sizes(stage: SelectionStage, available: Mapping[tuple, int]) -> dict[tuple, int]:
    """How many to draw of each group. A mapping speaks of the last part of a group's name."""
    if not isinstance(stage.size, Mapping | pd.Series):
        wanted = dict.fromkeys(available, stage.size)
    else:
        given = dict(stage.size.items())
        unknown = given.keys() - {group[-1] for group in available if group}
        if unknown:
            raise DesignError(
                N_("The frame has no stratum %(strata)s."), strata=listed(sorted(map(str, unknown)))
            )
        wanted = {group: given[group[-1]] for group in available if group and group[-1] in given}
    if stage.or_all:
        wanted = {group: min(size, available[group]) for group, size in wanted.items()}
    named = {_label(group): count for group, count in available.items()}
    sizes = whole_sizes({_label(group): size for group, size in wanted.items()}, named)
    return {group: sizes[_label(group)] for group in wanted if _label(group) in sizes}


def _label(group: tuple) -> str:
    return " / ".join(map(str, group)) or "all"


def _tuple(name: object) -> tuple:
    return name if isinstance(name, tuple) else (name,)
