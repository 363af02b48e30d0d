"""What is wrong with points and units before an index is computed from them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from questionnaires.faults import N_, Fault
from questionnaires.framework import Framework

UNKNOWN_UNIT = N_("There is no unit “%(unit)s” in this round.")
TWICE = N_("Unit “%(unit)s” has criterion “%(criterion)s” more than once.")
UNIT_TWICE = N_("Unit “%(unit)s” is listed more than once.")
UNKNOWN_CRITERION = N_("The framework has no criterion “%(criterion)s” that takes points.")
OUT_OF_RANGE = N_(
    "Unit “%(unit)s”, criterion “%(criterion)s”: %(points)s points, but 0 to %(max)s are possible."
)
UNKNOWN_GROUP = N_("Unit “%(unit)s”: the framework has no ranking group “%(group)s”.")
LOST_DIGITS = 1e-9


def index_faults(
    framework: Framework, scores: pd.DataFrame, units: pd.DataFrame, place: str = "scores"
) -> list[Fault]:
    """Everything wrong at once: unknown codes, rows given twice, points below 0 or above the maximum.

    `place` is what the faults call the table of scores.
    """
    faults = _score_faults(framework, scores, set(units["unit"]))
    return [*_unit_faults(framework, units), *(replace(fault, place=place) for fault in faults)]


def _unit_faults(framework: Framework, units: pd.DataFrame) -> list[Fault]:
    faults = [
        Fault("units", UNIT_TWICE, {"unit": unit}) for unit in _repeated(units, ["unit"])["unit"].unique()
    ]
    groups = {group.code for group in framework.ranking_groups}
    if not groups or "ranking_group" not in units:
        return faults
    strange = units[units["ranking_group"].notna() & ~units["ranking_group"].isin([*groups, ""])]
    return faults + [
        Fault("units", UNKNOWN_GROUP, {"unit": unit, "group": group})
        for unit, group in zip(strange["unit"], strange["ranking_group"], strict=True)
    ]


def _score_faults(framework: Framework, scores: pd.DataFrame, units: set[str]) -> list[Fault]:
    most = {leaf.code: leaf.max_points for leaf in framework.leaves}
    strangers = scores.loc[~scores["unit"].isin(units), "unit"].unique()
    unknown = scores.loc[~scores["criterion"].isin(most), "criterion"].unique()
    return [
        *(Fault("scores", UNKNOWN_UNIT, {"unit": unit}) for unit in strangers),
        *(Fault("scores", UNKNOWN_CRITERION, {"criterion": code}) for code in unknown),
        *_row_faults(
            _repeated(scores, ["unit", "criterion"]).drop_duplicates(["unit", "criterion"]), TWICE, most
        ),
        *_row_faults(_out_of_range(scores, most), OUT_OF_RANGE, most),
    ]


def _row_faults(rows: pd.DataFrame, template: str, most: dict[str, float]) -> list[Fault]:
    return [
        Fault("scores", template, {"unit": unit, "criterion": code, "points": points, "max": most.get(code)})
        for unit, code, points in zip(rows["unit"], rows["criterion"], rows["points"], strict=True)
    ]


def _out_of_range(scores: pd.DataFrame, most: dict[str, float]) -> pd.DataFrame:
    highest = scores["criterion"].map(most)
    points = scores["points"].astype(float)
    return scores[(points < -LOST_DIGITS) | (points > highest + LOST_DIGITS)]


def _repeated(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return table[table.duplicated(columns)]
