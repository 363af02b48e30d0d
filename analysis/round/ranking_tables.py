"""The tables of a run about places: the ranking, and the neighbours the sample cannot tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.ranks.intervals import rank_intervals
from analysis.ranks.neighbours import neighbour_pairs
from analysis.ranks.probabilities import rank_probabilities
from analysis.recipe import Recipe
from questionnaires.framework import Framework

TOP = 3
PLACES = ["rank_lower", "rank_upper", "joint_lower", "joint_upper"]
NO_PLACES = pd.DataFrame(columns=["unit", *PLACES, "first_share", "top_share"])
NO_PAIRS = pd.DataFrame(columns=["ranking_group", "better", "worse", "distinguishable"])


def ranking_table(
    framework: Framework, index: pd.DataFrame, covariance: pd.DataFrame, recipe: Recipe
) -> pd.DataFrame:
    """The index table in the order of its places, group by group, with how sure each place is.

    rank_lower to rank_upper: the places the unit takes in `recipe.level` of simulated rankings;
    joint_lower to joint_upper: intervals that hold for all units of the group at once. first_share and
    top_share: how often it comes first, and among the first three.
    """
    parts = [_places(group, covariance, recipe) for _, group in _rankings(index)]
    ranked = index.merge(pd.concat([*parts, NO_PLACES]), "left", "unit")
    order = {group.code: place for place, group in enumerate(framework.ranking_groups)}
    ranked["group_place"] = ranked["ranking_group"].map(order).fillna(len(order))
    ranked = ranked.sort_values(["group_place", "rank", "index", "unit"], ascending=[True, True, False, True])
    counts = ["rank", *PLACES]
    ranked[counts] = ranked[counts].astype("Int64")
    shares = ["first_share", "top_share"]
    ranked[shares] = ranked[shares].astype(float)
    columns = ["unit", "index", "index_lower", "index_upper", "band", *shares, "rank_shared", "note"]
    return ranked[["ranking_group", "ranked", *counts, *columns]]


def neighbours_table(index: pd.DataFrame, covariance: pd.DataFrame, recipe: Recipe) -> pd.DataFrame:
    """Each ranked unit beside the next one below it in its group: ranking_group, better, worse, difference of
    their indexes, difference_se, p, p_adjusted (Holm, over the pairs of the group), distinguishable.
    """
    parts = []
    for code, group in _rankings(index):
        known = group.set_index("unit")["index"]
        pairs = neighbour_pairs(
            known, covariance.loc[known.index, known.index].fillna(0.0), level=recipe.level
        )
        parts.append(_without_unknown(pairs, covariance).assign(ranking_group=code))
    pairs = pd.concat([*parts, NO_PAIRS]).rename(columns={"se": "difference_se"})
    return pairs.astype({"distinguishable": bool})


def _rankings(index: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    known = index[index["rank"].notna()]
    return ((str(code), group) for code, group in known.groupby("ranking_group"))


def _places(group: pd.DataFrame, covariance: pd.DataFrame, recipe: Recipe) -> pd.DataFrame:
    """Places within one group; a unit whose error is unknown holds its index and gets none."""
    index = group.set_index("unit")["index"]
    known = covariance.loc[index.index, index.index].fillna(0.0)
    drawn: Any = {"draws": recipe.draws, "seed": recipe.seed}
    alone = rank_intervals(index, known, level=recipe.level, **drawn)
    together = rank_intervals(index, known, method="tukey", level=recipe.level, **drawn)
    top = rank_probabilities(index, known, top=TOP, **drawn)
    places = alone.assign(
        joint_lower=together["rank_lower"],
        joint_upper=together["rank_upper"],
        top_share=top[f"top_{TOP}"],
    )
    figures = places.columns.drop("unit")
    places[figures] = places[figures].astype(float).mask(places["unit"].isin(_unknown(covariance)))
    return places


def _without_unknown(pairs: pd.DataFrame, covariance: pd.DataFrame) -> pd.DataFrame:
    unknown = _unknown(covariance)
    return pairs[~(pairs["better"].isin(unknown) | pairs["worse"].isin(unknown))]


def _unknown(covariance: pd.DataFrame) -> pd.Index:
    """Units whose index has an error nobody knows."""
    variances = pd.Series(covariance.to_numpy().diagonal(), covariance.index)
    return variances.index[variances.isna()]
