"""The stages of a sample: which unit each row belongs to, in which stratum, out of how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.estimation.codes import joint_codes
from analysis.estimation.design_error import DesignError, listed
from questionnaires.faults import N_


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
    unit_names: pd.Index  # (U,) what the unit is called in the data, maybe not alone
    stratum_names: pd.Index  # (H,) what the stratum is called in the data

    @property
    def fraction(self) -> np.ndarray:
        """Sampling fraction of each stratum, 0 where the population is unknown."""
        return np.where(np.isfinite(self.population), self.sampled / self.population, 0.0)

    @property
    def scale(self) -> np.ndarray:
        """(H,) what a squared distance from the stratum's mean adds to the variance."""
        spread = np.where(self.sampled > 1, self.sampled / np.maximum(self.sampled - 1, 1), 1.0)
        return (1 - self.fraction) * spread * self.parent_fraction

    @property
    def membership(self) -> sparse.csr_matrix:
        """(H, U) one where the unit lies in the stratum."""
        units = np.arange(len(self.strata))
        shape = (len(self.sampled), len(units))
        return sparse.csr_matrix((np.ones(len(units)), (self.strata, units)), shape=shape)

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
    """The stages of a sample, first stage first; without clusters each row is a unit.

    Stage i has its clusters in `clusters[i]`, its strata in `strata[i]` (where there are fewer, the units
    of the stage before are the strata), its population counts or sampling fractions in `fpc[i]`.
    """
    _check_lengths(clusters, strata, fpc)
    fractions = _are_fractions(frame, fpc)
    stages: list[Stage] = []
    for number in range(max(1, len(clusters))):
        before = stages[-1] if stages else None
        stratum, names = _strata(frame, strata, number, before)
        units, unit_names = _units(frame, clusters, number, before, stratum, nest)
        _check_nesting(units, unit_names, stratum, names, clusters[number] if clusters else "")
        counts = frame[fpc[number]].to_numpy(dtype=float) if fpc else None
        stages.append(_stage(units, unit_names, stratum, names, counts, fractions, before, number + 1))
    return tuple(stages)


def _check_lengths(clusters: Sequence[str], strata: Sequence[str], fpc: Sequence[str]) -> None:
    stages = max(1, len(clusters))
    if len(strata) > stages:
        raise DesignError(
            N_(
                "There are more columns of strata (%(columns)s) than stages (%(stages)s): join them into "
                "one column, or name the clusters of each stage."
            ),
            columns=listed(strata),
            stages=stages,
        )
    if fpc and len(fpc) != stages:
        raise DesignError(
            N_(
                "Population sizes (%(columns)s) do not match the stages (%(stages)s): give one column for "
                "each stage, with inf where the population is unknown."
            ),
            columns=listed(fpc),
            stages=stages,
        )


def _are_fractions(frame: pd.DataFrame, fpc: Sequence[str]) -> bool:
    if not fpc:
        return False
    values = frame[list(fpc)].to_numpy(dtype=float)
    if (values <= 0).any():
        template = N_("A population size must be positive; “%(column)s” has %(value)s in row %(row)s.")
        raise DesignError(template, **_first(frame, fpc, values <= 0))
    if (values <= 1).all():
        return True
    if (values < 1).any():
        template = N_(
            "Population sizes are all counts or all sampling fractions, not a mixture; “%(column)s” has "
            "%(value)s in row %(row)s."
        )
        raise DesignError(template, **_first(frame, fpc, values < 1))
    return False


def _first(frame: pd.DataFrame, columns: Sequence[str], wrong: np.ndarray) -> dict[str, object]:
    row, place = np.argwhere(wrong)[0]
    column = columns[place]
    return {"column": column, "row": frame.index[row], "value": frame[column].iloc[row]}


def _strata(
    frame: pd.DataFrame, strata: Sequence[str], number: int, before: Stage | None
) -> tuple[np.ndarray, pd.Index]:
    """Stratum of each row at stage `number`, inside the unit of the stage before, and the strata's
    names.
    """
    inside = before.units if before else np.zeros(len(frame), dtype=np.int64)
    if number >= len(strata):
        return inside, before.unit_names if before else pd.Index([""])
    labels, values = pd.factorize(frame[strata[number]], sort=True)
    stratum, (_, label) = joint_codes(inside, labels)
    return stratum, values[label]


def _units(
    frame: pd.DataFrame,
    clusters: Sequence[str],
    number: int,
    before: Stage | None,
    stratum: np.ndarray,
    nest: bool,
) -> tuple[np.ndarray, pd.Index]:
    """Unit of each row at stage `number` and the units' names. With `nest` their numbers start again by
    stratum.
    """
    if not clusters:
        return np.arange(len(frame)), frame.index
    inside = before.units if before else np.zeros(len(frame), dtype=np.int64)
    labels, values = pd.factorize(frame[clusters[number]])
    units, (_, label) = joint_codes(stratum if nest else inside, labels)
    return units, values[label]


def _check_nesting(
    units: np.ndarray, labels: pd.Index, stratum: np.ndarray, names: pd.Index, column: str
) -> None:
    lowest = np.full(len(labels), len(names))
    np.minimum.at(lowest, units, stratum)
    crossing = np.flatnonzero(stratum != lowest[units])
    if len(crossing):
        row = crossing[0]
        raise DesignError(
            N_(
                "Cluster “%(cluster)s” of column “%(column)s” lies in two strata, “%(first)s” and "
                "“%(second)s”. If cluster numbers start again in each stratum, say so (nest)."
            ),
            cluster=labels[units[row]],
            column=column,
            first=names[lowest[units[row]]],
            second=names[stratum[row]],
        )


def _stage(
    units: np.ndarray,
    unit_names: pd.Index,
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
    return Stage(units, strata, sampled, population, parent, earlier, unit_names, names)


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
        raise DesignError(
            N_("The population size differs within stratum “%(stratum)s” at stage %(stage)s."),
            stratum=name,
            stage=number,
        )
    return checked_population(sampled / given if fractions else given, sampled, names, number)


def checked_population(
    population: np.ndarray, sampled: np.ndarray, names: pd.Index, number: int
) -> np.ndarray:
    """(H,) units in the population, refused where fewer than sampled; rounding is forgiven."""
    short = population < sampled * (1 - 1e-12)
    if short.any():
        stratum = int(np.argmax(short))
        raise DesignError(
            N_(
                "Stratum “%(stratum)s” at stage %(stage)s has %(sampled)s sampled units, more than its "
                "population of %(population)s."
            ),
            stratum=names[stratum],
            stage=number,
            sampled=f"{sampled[stratum]:g}",
            population=f"{population[stratum]:g}",
        )
    return np.maximum(population, sampled)
