"""Two or more waves as one design, so that units in several of them tie the estimates together."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.estimation.calibration import Calibration
from analysis.estimation.codes import joint_codes
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.stages import Stage
from questionnaires.faults import N_


def stack_waves(waves: Mapping[Hashable, Design], shared: int | str = 1, wave: str = "wave") -> Design:
    """One Design over the rows of all `waves` (name → Design), with the column `wave` saying which.

    `shared` says which sampling units are the same: at that many stages, those of one name in strata of one
    name (2: the same people in the same places; 0: nobody, the samples are independent); or at the first
    stage those with one value of a column, such as a panel's person number (its name; rows without a value
    are in their wave only). The covariance of two waves is then n₁₂/(n₁₂ − 1) Σ (z₁ − z̄₁)(z₂ − z̄₂) over
    the n₁₂ units of a stratum in both, z their weighted sums (Kish, 1965, Survey Sampling, 12.4): strata
    are parted by the waves a unit is in, as rotation groups are, save where a part would be a single unit.
    Where the waves count a stratum's population differently, the larger number serves. Later stages are
    taken as drawn anew in each wave. Weighting adjustments and domains come along; replicates are made
    after stacking. Estimate by `wave`, then `wave_changes`. Raises DesignError.
    """
    _check(waves, wave)
    designs = list(waves.values())
    frame = pd.concat([design.frame for design in designs], ignore_index=True)
    sizes = [len(design.frame) for design in designs]
    number = np.repeat(np.arange(len(designs)), sizes)
    keys = pd.DataFrame({"weight": np.concatenate([design.weights for design in designs])})
    strata, units, fpc = _keys(designs, keys, number, shared)
    lonely = designs[0]
    stacked = Design(
        keys,
        weights="weight",
        strata=strata,
        clusters=units,
        fpc=fpc if np.isfinite(keys[fpc].to_numpy()).any() else None,
        lonely=lonely.lonely,
        lonely_in_domains=lonely.lonely_in_domains,
    )
    names = pd.Categorical.from_codes(number, pd.Index(list(waves)))
    stacked.frame = frame.assign(**{wave: names})
    stacked.effects = tuple(_calibrations(designs, sizes))
    inside = np.concatenate([design.inside for design in designs])
    return stacked if inside.all() else stacked.where(inside)


def _check(waves: Mapping[Hashable, Design], wave: str) -> None:
    designs = list(waves.values())
    if len(designs) < 2:
        raise DesignError(N_("Stacking needs two waves or more."))
    if any(design.replicates is not None for design in designs):
        raise DesignError(
            N_("Stack the waves before making replicates, then make them for the stacked design.")
        )
    if len({len(design.stages) for design in designs}) > 1:
        raise DesignError(N_("The waves were drawn in different numbers of stages and cannot be stacked."))
    if len({(design.lonely, design.lonely_in_domains) for design in designs}) > 1:
        raise DesignError(N_("The waves have different rules for strata with a single unit."))
    if any(wave in design.frame.columns for design in designs):
        raise DesignError(
            N_("The data have a column “%(column)s” already; give the waves another."), column=wave
        )


def _keys(
    designs: Sequence[Design], keys: pd.DataFrame, number: np.ndarray, shared: int | str
) -> tuple[list[str], list[str], list[str]]:
    """Add to `keys` the stratum, unit and population of each row at each stage; returns their columns."""
    columns: tuple[list[str], list[str], list[str]] = ([], [], [])
    tied = 1 if isinstance(shared, str) else int(shared)
    above = np.zeros(len(number), dtype=np.int64)
    for place in range(len(designs[0].stages)):
        stages = [design.stages[place] for design in designs]
        if place < tied:
            strata, units = _tied(designs, stages, number, above, shared)
        else:
            strata, units = _apart(stages, number)
        values = {"stratum": strata, "unit": units, "population": _population(stages, strata)}
        for held, role in zip(columns, values, strict=True):
            held.append(f"{role} {place + 1}")
            keys[held[-1]] = values[role]
        above = units
    return columns


def _population(stages: Sequence[Stage], strata: np.ndarray) -> np.ndarray:
    """(rows,) units in the population of the row's stratum, the most that any wave counted."""
    counted = np.concatenate([stage.population[stage.strata[stage.units]] for stage in stages])
    most = np.zeros(int(strata.max()) + 1)
    np.maximum.at(most, strata, counted)
    return most[strata]


def _apart(stages: Sequence[Stage], number: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(rows,) strata and units at a stage, each wave with its own."""
    strata = np.concatenate([stage.strata[stage.units] for stage in stages])
    units = np.concatenate([stage.units for stage in stages])
    return joint_codes(number, strata)[0], joint_codes(number, units)[0]


def _tied(
    designs: Sequence[Design],
    stages: Sequence[Stage],
    number: np.ndarray,
    above: np.ndarray,
    shared: int | str,
) -> tuple[np.ndarray, np.ndarray]:
    """(rows,) strata and units of a stage, units of one name in strata of one name being the same; `above`:
    the units of the stage before.
    """
    stratum_names = [_named(stage.stratum_names)[stage.strata[stage.units]] for stage in stages]
    strata, _ = joint_codes(above, pd.factorize(np.concatenate(stratum_names))[0])
    labels = [
        _column_labels(design, shared) if isinstance(shared, str) else _own_labels(design, stage)
        for design, stage in zip(designs, stages, strict=True)
    ]
    codes, known = pd.factorize(np.concatenate(labels))
    _, own = _apart(stages, number)
    units, _ = joint_codes(strata, np.where(codes < 0, len(known) + own, codes))
    parts, _ = joint_codes(strata, _membership(units, number))
    return np.where(_all_parts_hold_two(strata, parts, units), parts, parts.max() + 1 + strata), units


def _named(names: pd.Index) -> np.ndarray:
    return np.asarray(names, dtype=object)


def _own_labels(design: Design, stage: Stage) -> np.ndarray:
    """(rows,) what the data call the unit of each row."""
    if stage.unit_names.equals(design.frame.index):
        raise DesignError(
            N_(
                "Each row is a sampling unit by itself, and its row number does not say who it is: name the "
                "column that does (shared), or say that the waves share no unit (shared=0)."
            )
        )
    return _named(stage.unit_names)[stage.units]


def _column_labels(design: Design, shared: str) -> np.ndarray:
    """(rows,) the values of the column that names the primary units."""
    if shared not in design.frame.columns:
        raise DesignError(N_("There is no column “%(column)s” of shared units."), column=shared)
    labels = design.frame[shared]
    pairs = pd.DataFrame({"unit": design.stages[0].units, "label": labels.to_numpy()})
    pairs = pairs.dropna().drop_duplicates()
    if pairs["unit"].duplicated().any() or pairs["label"].duplicated().any():
        raise DesignError(
            N_("“%(column)s” does not name primary units: a unit has two values, or a value two units."),
            column=shared,
        )
    return labels.to_numpy(dtype=object)


def _membership(units: np.ndarray, number: np.ndarray) -> np.ndarray:
    """(rows,) which waves the row's unit is in, as a code."""
    present = np.zeros((int(units.max()) + 1, int(number.max()) + 1), dtype=bool)
    present[units, number] = True
    _, patterns = np.unique(present, axis=0, return_inverse=True)
    return patterns.ravel()[units]


def _all_parts_hold_two(strata: np.ndarray, parts: np.ndarray, units: np.ndarray) -> np.ndarray:
    """(rows,) whether each part of the row's stratum holds two units at least."""
    _, (part_of_unit, _) = joint_codes(parts, units)
    single = np.bincount(part_of_unit, minlength=int(parts.max()) + 1)[parts] < 2
    return np.bincount(strata, single)[strata] == 0


def _calibrations(designs: Sequence[Design], sizes: Sequence[int]) -> list[Calibration]:
    """The steps of every wave, which act on its own rows only."""
    starts = np.cumsum([0, *sizes])
    return [
        calibration.padded(int(start), int(starts[-1] - start - size))
        for design, start, size in zip(designs, starts, sizes, strict=False)
        for calibration in design.calibrations
    ]
