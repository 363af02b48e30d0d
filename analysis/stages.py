"""The stages of a sample: which unit each row belongs to, in which stratum, out of how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd


class DesignError(ValueError):
    """A design, a weight or an estimate that cannot be made from the data given; the message says why."""


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage of selection. `units` has one code a row of the frame; `strata` and the rest as noted.

    Units are numbered 0..U-1 and strata 0..H-1; both are nested in the units of the stage before.
    """

    units: np.ndarray  # (rows,) unit of each row
    strata: np.ndarray  # (U,) stratum of each unit
    sampled: np.ndarray  # (H,) units in the sample
    population: np.ndarray  # (H,) units in the population, inf where unknown
    parent: np.ndarray  # (H,) unit of the stage before that the stratum lies in, 0 at the first stage
    parent_fraction: np.ndarray  # (H,) product of the sampling fractions of all stages before
    stratum_names: pd.Index  # (H,) what the stratum is called in the data

    @property
    def fraction(self) -> np.ndarray:
        """Sampling fraction of each stratum, 0 where the population is unknown."""
        return np.where(np.isfinite(self.population), self.sampled / self.population, 0.0)

    @property
    def lonely(self) -> np.ndarray:
        """Strata with a single sampled unit that was not the only one there is."""
        return (self.sampled == 1) & (self.population > 1)


def build_stages(
    frame: pd.DataFrame,
    clusters: Sequence[str],
    strata: Sequence[str],
    fpc: Sequence[str],
    nest: bool,
) -> tuple[Stage, ...]:
    """The stages of a sample as `frame` describes them, first stage first; without clusters each row is a
    unit.

    Stage i has its clusters in `clusters[i]`, its strata in `strata[i]` (the last column again where there
    are fewer), its population counts or sampling fractions in `fpc[i]`.
    """
    _check_lengths(clusters, strata, fpc)
    fractions = _are_fractions(frame, fpc)
    stages: list[Stage] = []
    for number in range(max(1, len(clusters))):
        before = stages[-1] if stages else None
        units, stratum_of_row, names = _nested_codes(frame, clusters, strata, number, before, nest)
        counts = _population(frame, fpc, number)
        stages.append(_stage(units, stratum_of_row, names, counts, fractions, before, number + 1))
    return tuple(stages)


def _check_lengths(clusters: Sequence[str], strata: Sequence[str], fpc: Sequence[str]) -> None:
    stages = max(1, len(clusters))
    if len(strata) > stages:
        raise DesignError(
            f"{len(strata)} columns of strata ({', '.join(strata)}) for {stages} stage(s): "
            "join them into one column, or name the clusters of each stage"
        )
    if fpc and len(fpc) != stages:
        raise DesignError(
            f"{len(fpc)} column(s) of population sizes ({', '.join(fpc)}) for {stages} stage(s): "
            "give one for each stage, with inf where the population is unknown"
        )


def _are_fractions(frame: pd.DataFrame, fpc: Sequence[str]) -> bool:
    if not fpc:
        return False
    values = frame[list(fpc)].to_numpy(dtype=float)
    if (values <= 0).any():
        raise DesignError(f"Population sizes must be positive; {_first(frame, fpc, values <= 0)}")
    if (values <= 1).all():
        return True
    if (values < 1).any():
        raise DesignError(
            "Population sizes are all counts or all sampling fractions, not a mixture; "
            + _first(frame, fpc, values < 1)
        )
    return False


def _first(frame: pd.DataFrame, columns: Sequence[str], wrong: np.ndarray) -> str:
    row, column = np.argwhere(wrong)[0]
    return f"column {columns[column]!r}, row {frame.index[row]!r} has {frame[columns[column]].iloc[row]}"


def _nested_codes(
    frame: pd.DataFrame,
    clusters: Sequence[str],
    strata: Sequence[str],
    number: int,
    before: Stage | None,
    nest: bool,
) -> tuple[np.ndarray, np.ndarray, pd.Index]:
    """Codes of units and strata for the rows at stage `number`, each inside the unit of the stage
    before.
    """
    rows = len(frame)
    inside = before.units if before else np.zeros(rows, dtype=np.int64)
    stratum, names = inside, pd.Index([""])
    if strata and (number < len(strata) or before is None):
        labels, names = pd.factorize(frame[strata[min(number, len(strata) - 1)]], sort=True)
        stratum, pairs = joint_codes(inside, labels)
        names = names[pairs[1]]
    elif before:
        stratum, names = inside, pd.RangeIndex(before.units.max() + 1)
    if not clusters:
        return np.arange(rows), stratum, names
    labels, values = pd.factorize(frame[clusters[number]])
    around = stratum if nest else inside
    units, pairs = joint_codes(around, labels)
    _check_nesting(units, stratum, names, values[pairs[1]], clusters[number])
    return units, stratum, names


def joint_codes(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Number the pairs that occur, in order of (first, second); returns codes and the pair behind each
    code.
    """
    width = int(second.max()) + 1 if len(second) else 1
    keys, codes = np.unique(first.astype(np.int64) * width + second, return_inverse=True)
    return codes, (keys // width, keys % width)


def _check_nesting(
    units: np.ndarray, stratum: np.ndarray, names: pd.Index, labels: pd.Index, column: str
) -> None:
    lowest = np.full(len(labels), len(names))
    np.minimum.at(lowest, units, stratum)
    crossing = np.flatnonzero(stratum != lowest[units])
    if len(crossing):
        row = crossing[0]
        raise DesignError(
            f"Cluster '{labels[units[row]]}' of column {column!r} lies in more than one stratum "
            f"('{names[lowest[units[row]]]}' and '{names[stratum[row]]}'). If cluster numbers start again "
            "in each stratum, say nest=True"
        )


def _population(frame: pd.DataFrame, fpc: Sequence[str], number: int) -> np.ndarray | None:
    return frame[fpc[number]].to_numpy(dtype=float) if fpc else None


def _stage(
    units: np.ndarray,
    stratum_of_row: np.ndarray,
    names: pd.Index,
    counts: np.ndarray | None,
    fractions: bool,
    before: Stage | None,
    number: int,
) -> Stage:
    size = int(units.max()) + 1
    strata = np.empty(size, dtype=np.int64)
    strata[units] = stratum_of_row
    sampled = np.bincount(strata, minlength=len(names)).astype(float)
    first_row = np.empty(len(names), dtype=np.int64)
    first_row[stratum_of_row[::-1]] = np.arange(len(units))[::-1]
    population = _stratum_population(counts, stratum_of_row, first_row, sampled, fractions, names, number)
    parent = before.units[first_row] if before else np.zeros(len(names), dtype=np.int64)
    earlier = (
        (before.parent_fraction * before.fraction)[before.strata[parent]] if before else np.ones(len(names))
    )
    return Stage(units, strata, sampled, population, parent, earlier, names)


def _stratum_population(
    counts: np.ndarray | None,
    stratum_of_row: np.ndarray,
    first_row: np.ndarray,
    sampled: np.ndarray,
    fractions: bool,
    names: pd.Index,
    number: int,
) -> np.ndarray:
    if counts is None:
        return np.full(len(names), np.inf)
    given = counts[first_row]
    # Two infinities differ by nan, which compares as "no difference": an unknown population is constant.
    with np.errstate(invalid="ignore"):
        varies = np.abs(counts - given[stratum_of_row]) > 1e-9 * np.abs(counts)
    if varies.any():
        name = names[stratum_of_row[np.argmax(varies)]]
        raise DesignError(f"The population size differs within stratum {name!r} at stage {number}")
    population = sampled / given if fractions else given
    short = population < sampled * (1 - 1e-12)
    if short.any():
        stratum = int(np.argmax(short))
        raise DesignError(
            f"Stratum {names[stratum]!r} at stage {number} has {sampled[stratum]:g} sampled units, "
            f"more than its population of {population[stratum]:g}"
        )
    return np.maximum(population, sampled)
