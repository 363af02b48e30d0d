"""What a calibration knows of the population: a total for each category, or one for a column of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from os import PathLike

import numpy as np
import pandas as pd

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.weighting.cells import split_cells
from analysis.weighting.targets import Target, check_sums, column_names, margins_of_file, target
from questionnaires.faults import N_

Known = str | tuple[str, ...]
"""A column, or several whose values are crossed."""


@dataclass(frozen=True, eq=False)
class Knowledge:
    """The totals as given: categories by cell, and (rows,) numbers with one total each."""

    categories: tuple[Target, ...]
    numbers: dict[str, tuple[np.ndarray, float]]
    population: float | None
    rows: int

    @property
    def count(self) -> float | None:
        """Size of the population, where it is known."""
        return self.categories[0].total if self.categories else self.population


def read_knowledge(
    design: Design,
    columns: Known | Sequence[Known],
    totals: Mapping | str | PathLike,
    population: float | None,
) -> Knowledge:
    """The totals of the columns: a number for a column of numbers, else by category."""
    if isinstance(totals, str | PathLike):
        totals = margins_of_file(design, totals)
    wanted = [columns] if isinstance(columns, str) else list(columns)
    given = {_key(by): value for by, value in totals.items()}
    _check_names(wanted, given)
    categories, numbers = [], {}
    for by in wanted:
        value = given[_key(by)]
        if isinstance(value, Real):
            name = _single(by)
            numbers[name] = (row_numbers(design, name), float(value))
        else:
            categories.append(target(design, by, value))
    whole = [*categories, *([_everyone(design, population)] if population is not None else [])]
    if not whole and not numbers:
        raise DesignError(N_("There are no totals to calibrate to."))
    if whole:
        check_sums(whole)
    return Knowledge(tuple(categories), numbers, population, len(design.frame))


def _key(by: Known) -> tuple[str, ...]:
    return tuple(column_names(by))


def _single(by: Known) -> str:
    names = column_names(by)
    if len(names) > 1:
        raise DesignError(
            N_("%(columns)s have one total for all their cells; give one for each."), columns=listed(names)
        )
    return names[0]


def _check_names(wanted: Sequence[Known], given: Mapping[tuple[str, ...], object]) -> None:
    keys = [_key(by) for by in wanted]
    odd = [" × ".join(key) for key in keys if key not in given]
    if odd:
        raise DesignError(N_("There is no total for %(columns)s."), columns=listed(odd))
    idle = [" × ".join(key) for key in given if key not in keys]
    if idle:
        raise DesignError(
            N_("There are totals for %(columns)s, which are not among the columns to calibrate on."),
            columns=listed(idle),
        )


def _everyone(design: Design, population: float) -> Target:
    everyone = pd.DataFrame({"population": np.zeros(len(design.frame), dtype=np.int8)})
    return Target(split_cells(everyone, ["population"]), np.array([float(population)]))


def row_numbers(design: Design, column: str) -> np.ndarray:
    """(rows,) values of a column of numbers; 0 where there is none in a row without weight."""
    if column not in design.frame.columns:
        raise DesignError(N_("There is no column “%(column)s”."), column=column)
    values = pd.to_numeric(design.frame[column], errors="coerce").to_numpy(dtype=float)
    lacking = ~np.isfinite(values) & (design.weights != 0)
    if lacking.any():
        raise DesignError(
            N_(
                "Column “%(column)s” has one total, but %(count)s row(s) hold no number, first row %(row)s. "
                "Give a total for each of its categories, fill the numbers in, or leave the rows out."
            ),
            column=column,
            count=int(lacking.sum()),
            row=design.frame.index[int(np.argmax(lacking))],
        )
    return np.where(np.isfinite(values), values, 0.0)
