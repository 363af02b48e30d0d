"""Samples in stages: communes first, then households in the communes drawn."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError
from analysis.samples.columns import check_complete, check_new
from analysis.samples.stage import SelectionStage, Units, groups_of, units_of
from analysis.samples.stratified import own_seed
from questionnaires.faults import N_


def select_multistage(frame: pd.DataFrame, stages: Sequence[SelectionStage], seed: int) -> pd.DataFrame:
    """Draw stage after stage, each within the units of the stage before; the rows left, in frame order.

    Beside each row stand, for stage k, `unit_k` and `stratum_k` (its unit and stratum), `population_k` and
    `sampled_k` (units there were and units drawn, in the stratum or the unit of the stage before),
    `probability_k` and `fpc_k`; and over all stages `probability`, their product, and `weight`, its inverse.
    So for two stages the design is

        Design(rows, weights="weight", strata=["stratum_1", "stratum_2"], clusters=["unit_1", "unit_2"],
               fpc=["fpc_1", "fpc_2"])

    `fpc_k` is `population_k` for equal chances. For chances by size it is inf, which makes the variance that
    of drawing with replacement (Särndal, Swensson & Wretman, 1992, 2.9), and certain units are strata of
    their own with fpc 1: they add only what the stages below them do. Raises DesignError for columns
    that are absent or differ within a unit, for unknown strata, and for fewer units than asked for.
    """
    if not stages:
        raise DesignError(N_("No stage of selection was given."))
    within: tuple[str, ...] = ()
    for stage in stages:
        frame = select_stage(frame, stage, seed, within)
        within = (*within, stage.unit) if stage.unit else within
    return frame


def select_stage(
    frame: pd.DataFrame, stage: SelectionStage, seed: int, within: Sequence[str] = ()
) -> pd.DataFrame:
    """One stage of `select_multistage`, within the units that the columns `within` tell apart.

    For the fieldwork that lists households only in the communes drawn: draw the communes, list, carry the
    columns of the first stage over to the list, and draw from it. Columns `…_1`, `probability` and `weight`
    of earlier stages are continued. Raises DesignError as there.
    """
    number = _stages_so_far(frame) + 1
    check_new(frame, [f"{column}_{number}" for column in _COLUMNS])
    (check_new if number == 1 else check_complete)(frame, ["probability", "weight"])
    units = units_of(frame, stage, within)
    drawn = _draw(units, stage, own_seed(seed, f"stage {number}"), within)
    place = np.full(len(units.names), -1)
    place[drawn["position"]] = np.arange(len(drawn))
    place = place[units.of_row]
    rows, beside = frame[place >= 0], drawn.iloc[place[place >= 0]]
    before = rows["probability"].to_numpy() if number > 1 else 1.0
    chances = beside["probability"].to_numpy() * before
    return rows.assign(
        **{f"{column}_{number}": beside[column].to_numpy() for column in _COLUMNS},
        probability=chances,
        weight=1 / chances,
    )


_COLUMNS = ["unit", "stratum", "population", "sampled", "fpc", "probability"]


def _stages_so_far(frame: pd.DataFrame) -> int:
    found = [re.fullmatch(r"probability_(\d+)", str(column)) for column in frame.columns]
    return max((int(match[1]) for match in found if match), default=0)


def _draw(units: Units, stage: SelectionStage, seed: int, within: Sequence[str]) -> pd.DataFrame:
    """The units drawn: their position and what stands beside their rows."""
    how, groups = stage.how, groups_of(units.table, stage, within)
    draws = [
        how.draw(units.table.iloc[group.units], group.size, own_seed(seed, group.name)) for group in groups
    ]
    position = np.concatenate([group.units[rows] for group, (rows, _) in zip(groups, draws, strict=True)])
    chances = np.concatenate([chances for _, chances in draws])
    group_of = np.repeat(np.arange(len(groups)), [group.size for group in groups])
    population = np.array([len(group.units) for group in groups])[group_of]
    label = np.array([group.name if stage.strata else "" for group in groups], dtype=object)[group_of]
    name = units.names[position]
    sure = (chances == 1) & how.by_size
    return pd.DataFrame(
        {
            "position": position,
            "unit": name,
            "stratum": np.where(sure, [f"{a} / {b}" for a, b in zip(label, name, strict=True)], label),
            "population": population,
            "sampled": np.array([group.size for group in groups])[group_of],
            "fpc": np.where(sure, 1.0, np.inf if how.by_size else population),
            "probability": chances,
        }
    )
