"""The tables of a run about units: criteria, fields, index and ranking."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.ranks.intervals import rank_intervals
from analysis.recipe import Recipe
from analysis.scoring.index import IndexResult, compute_index
from analysis.scoring.scores import SubScores, applies_to
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


def ranking_table(framework: Framework, index: pd.DataFrame, recipe: Recipe) -> pd.DataFrame:
    """The index table in the order of its places, group by group, with how sure each place is."""
    known = index[index["rank"].notna()]
    intervals = [_places(group, recipe) for _, group in known.groupby("ranking_group")]
    places = pd.concat([*intervals, _NO_PLACES])
    order = {group.code: place for place, group in enumerate(framework.ranking_groups)}
    ranked = index.merge(places, "left", "unit")
    ranked["group_place"] = ranked["ranking_group"].map(order).fillna(len(order))
    ranked = ranked.sort_values(["group_place", "rank", "index", "unit"], ascending=[True, True, False, True])
    counts = ["rank", "rank_lower", "rank_upper"]
    ranked[counts] = ranked[counts].astype("Int64")
    columns = ["unit", "index", "index_lower", "index_upper", "band", "first_share", "rank_shared", "note"]
    return ranked[["ranking_group", "ranked", *counts, *columns]]


_NO_PLACES = pd.DataFrame(columns=["unit", "rank_lower", "rank_upper", "first_share"])


def _places(group: pd.DataFrame, recipe: Recipe) -> pd.DataFrame:
    """Simulated places within one group; a unit whose error is unknown holds its index and gets none."""
    index, se = group.set_index("unit")["index"], group.set_index("unit")["index_se"]
    places = rank_intervals(index, se.fillna(0.0), draws=recipe.draws, seed=recipe.seed, level=recipe.level)
    figures = ["rank_lower", "rank_upper", "first_share"]
    places[figures] = places[figures].astype(float).mask(places["unit"].map(se).isna(), np.nan)
    return places
