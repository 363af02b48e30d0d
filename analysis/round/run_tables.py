"""The tables of a run about units: criteria, fields and index."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.recipe import Recipe
from analysis.scoring.between_units import index_covariance
from analysis.scoring.index import IndexResult, compute_index
from analysis.scoring.scores import RatedSurvey, SubScores, applies_to
from questionnaires.framework import Framework

KEYS = ["unit", "criterion"]
EVIDENCE = [*KEYS, "self_score", "appraised", "applicable"]
FIGURES = ["weighted_points", "unweighted_points"]


def criteria_table(
    framework: Framework, units: pd.DataFrame, evidence: pd.DataFrame, scores: SubScores
) -> pd.DataFrame:
    """One row per unit and leaf: unit, criterion, source, max_points, applicable, self_score, points (those
    that count), weighted_points, unweighted_points.

    Evidence counts as appraised; what is not appraised has no points, whatever the unit gave itself.
    """
    table = _every_leaf(framework, units)
    table = table.merge(evidence.reindex(columns=EVIDENCE), "left", KEYS)
    scored = scores.table.rename(columns={"points": "weighted_points"})
    table = table.merge(scored[[*KEYS, "official_points", *FIGURES]], "left", KEYS)
    said_so = table.pop("applicable").astype(object).fillna(True).astype(bool)
    by_survey, appraised = table["source"] == "survey", table.pop("appraised").astype(float)
    table["applicable"] = table.pop("applies") & said_so
    table["points"] = table.pop("official_points").where(by_survey, appraised)
    for figure in FIGURES:
        table[figure] = table[figure].where(by_survey, appraised)
    return table


def _every_leaf(framework: Framework, units: pd.DataFrame) -> pd.DataFrame:
    types = units["type"] if "type" in units else pd.Series(None, index=units.index, dtype=object)
    return pd.DataFrame(
        {
            "unit": unit,
            "criterion": leaf.code,
            "source": leaf.assessed_by,
            "max_points": float(leaf.max_points),
            "applies": applies_to(leaf, unit_type),
        }
        for unit, unit_type in zip(units["unit"], types, strict=True)
        for leaf in framework.leaves
    )


def index_of(
    framework: Framework,
    criteria: pd.DataFrame,
    units: pd.DataFrame,
    scores: SubScores,
    recipe: Recipe,
    with_survey: bool,
) -> IndexResult:
    """The index from official points, with the weighted and the unweighted one beside it."""
    official = compute_index(
        framework,
        criteria,
        units,
        with_survey=with_survey,
        covariances=scores.covariances,
        level=recipe.level,
    )
    other = "unweighted" if recipe.official == "weighted" else "weighted"
    points = criteria.assign(points=criteria[f"{other}_points"])
    beside = compute_index(framework, points, units, with_survey=with_survey)
    official.index[f"{recipe.official}_index"] = official.index["index"]
    official.index[f"{other}_index"] = beside.index["index"]
    return official


def covariance_of(
    framework: Framework,
    criteria: pd.DataFrame,
    index: pd.DataFrame,
    surveys: Sequence[RatedSurvey],
    scores: SubScores,
    recipe: Recipe,
) -> pd.DataFrame:
    """(units, units) covariance of the indexes."""
    applicable = criteria.pivot(index="unit", columns="criterion", values="applicable").astype(float)
    most = index.set_index("unit")["max_applicable"]
    shares = applicable.reindex(most.index).mul(framework.scale / most.where(most > 0), axis=0).fillna(0.0)
    return index_covariance(surveys, scores, shares, recipe.official)
