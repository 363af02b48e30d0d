"""Estimates → sub-scores: the points of every survey-assessed criterion for every unit, by its named rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.estimation.design import Design
from analysis.notes import join_notes, note
from analysis.recipe import Recipe
from analysis.scoring.feeds import Feed
from analysis.scoring.item_means import ItemMeans, interval, item_means
from analysis.scoring.rules import RULES, points_of, reading_of
from analysis.scoring.unit_rates import Panel, Rates, leaf_rates
from questionnaires.framework import COMBINE, Framework, Node

__all__ = ["RULES", "RatedSurvey", "SubScores", "applies_to", "sub_scores"]

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RatedSurvey:
    """One survey ready for scoring. Both designs' frames hold `unit` and the feeds' columns of values.

    `weighted` carries the survey's weights; `unweighted` is the same sample with every response counting one.
    """

    code: str
    group: str
    feeds: Sequence[Feed]
    weighted: Design
    unweighted: Design

    @property
    def columns(self) -> list[str]:
        return [feed.column for feed in self.feeds]


@dataclass(frozen=True, eq=False)
class SubScores:
    """`table`: one row per unit and survey-assessed leaf that applies to it, units and leaves in their order.

    Columns: unit, criterion, rule, rate (0..1), se, lower, upper, points, points_se, points_lower,
    points_upper (all weighted), n (responses), unweighted_rate, unweighted_points, alternative_points
    (weighted, groups combined the other way), official_points (weighted or unweighted, by the recipe), note.
    `covariances`: unit → covariance matrix of the official points, rows and columns named by leaf.
    `gradients`: unit → for each survey, what each item mean adds to the official points: rows are leaves,
    columns the survey's.
    """

    table: pd.DataFrame
    covariances: Mapping[str, pd.DataFrame]
    gradients: Mapping[str, Sequence[pd.DataFrame]]


def sub_scores(
    framework: Framework, surveys: Sequence[RatedSurvey], units: pd.DataFrame, recipe: Recipe
) -> SubScores:
    """Score every unit: items' means → rate of each group → rate of the criterion → points.

    A group's rate is the mean of its items' means (or of its factors' means); groups are averaged with the
    leaf's weights (`combine = "group_means"`) or by the number of people they speak for ("pooled", which
    takes those numbers as known). All of it is linear in the item means, so a rate's variance is exact in
    their covariance. Points follow the rule; their interval is the rule's of the rate's interval, and their
    standard error takes the rule's slope over that interval: the delta method for proportional rules, and
    for thresholds and steps what the points can move by.
    """
    weighted = [item_means(survey.weighted, survey.columns, "unit") for survey in surveys]
    unweighted = [item_means(survey.unweighted, survey.columns, "unit") for survey in surveys]
    tables, covariances, gradients = [], {}, {}
    for row in units.to_dict("records"):
        unit = {str(name): value for name, value in row.items()}
        code = str(unit["unit"])
        leaves = [leaf for leaf in framework.survey_leaves if applies_to(leaf, unit.get("type"))]
        panels = _panels(surveys, weighted, code), _panels(surveys, unweighted, code)
        figures = {
            name: _with_facts(leaves, rates, unit)
            for name, rates in _figures(leaves, *panels, recipe).items()
        }
        notes = [_note(leaf, figures["weighted"], place, unit, recipe) for place, leaf in enumerate(leaves)]
        tables.append(_unit_table(code, leaves, figures, recipe).assign(note=notes))
        official = figures[recipe.official]
        slope = _slope(leaves, _interval(official, recipe.level))
        covariances[code] = _points_covariance(leaves, official, slope)
        gradients[code] = _points_gradients(leaves, official, slope, surveys)
    return SubScores(pd.concat(tables, ignore_index=True), covariances, gradients)


def applies_to(leaf: Node, unit_type: Any) -> bool:
    """Whether a leaf is for units of that type; a unit without a type takes every leaf."""
    return not leaf.applies_to or pd.isna(unit_type) or unit_type in leaf.applies_to


def _panels(
    surveys: Sequence[RatedSurvey], means: Sequence[Mapping[str, ItemMeans]], unit: str
) -> list[Panel]:
    return [
        Panel(survey.group, survey.feeds, of_units.get(unit))
        for survey, of_units in zip(surveys, means, strict=True)
    ]


def _figures(
    leaves: Sequence[Node], weighted: list[Panel], unweighted: list[Panel], recipe: Recipe
) -> dict[str, Rates]:
    own = [leaf.combine for leaf in leaves]
    other = [COMBINE[1 - COMBINE.index(combine)] for combine in own]
    return {
        "weighted": leaf_rates(leaves, weighted, recipe, own),
        "unweighted": leaf_rates(leaves, unweighted, recipe, own),
        "alternative": leaf_rates(leaves, weighted, recipe, other),
    }


def _asks_fact(leaf: Node) -> str | None:
    """The fact that a leaf's rule takes its rate from, if it does."""
    from_fact = leaf.rule is not None and reading_of(leaf.rule) == "fact"
    return str(leaf.rule.parameters["fact"]) if from_fact and leaf.rule else None


def _with_facts(leaves: Sequence[Node], rates: Rates, unit: Mapping[str, Any]) -> Rates:
    facts = [unit.get(fact) if (fact := _asks_fact(leaf)) else None for leaf in leaves]
    known = [place for place, fact in enumerate(facts) if fact is not None and pd.notna(fact)]
    rate = rates.rate.copy()
    rate[known] = [float(facts[place]) / 100 for place in known]  # type: ignore[arg-type]
    return replace(rates, rate=rate)


def _points(leaves: Sequence[Node], rate: Numbers) -> Numbers:
    scored = [
        points_of(leaf.rule, value, leaf.max_points)
        for leaf, value in zip(leaves, rate, strict=True)
        if leaf.rule
    ]
    return np.array(scored, dtype=float)


@dataclass(frozen=True, eq=False)
class Interval:
    """Standard error and interval of rates."""

    se: Numbers
    lower: Numbers
    upper: Numbers


def _interval(rates: Rates, level: float) -> Interval:
    return Interval(*interval(rates.rate, np.diag(rates.covariance), rates.df, level))


def _slope(leaves: Sequence[Node], around: Interval) -> Numbers:
    """Points gained per rate over the interval; 0 where the rate is certain, NaN where nobody can tell."""
    width = around.upper - around.lower
    rise = _points(leaves, around.upper) - _points(leaves, around.lower)
    return np.divide(rise, width, out=width * 0.0, where=width > 0)


def _unit_table(
    unit: str, leaves: Sequence[Node], figures: Mapping[str, Rates], recipe: Recipe
) -> pd.DataFrame:
    rates, around = figures["weighted"], _interval(figures["weighted"], recipe.level)
    ends = _points(leaves, around.lower), _points(leaves, around.upper)
    columns = {
        "unit": unit,
        "criterion": [leaf.code for leaf in leaves],
        "rule": [leaf.rule.name if leaf.rule else "" for leaf in leaves],
        "rate": rates.rate,
        "se": around.se,
        "lower": around.lower,
        "upper": around.upper,
        "points": _points(leaves, rates.rate),
        "points_se": _slope(leaves, around) * around.se,
        "points_lower": np.fmin(*ends),
        "points_upper": np.fmax(*ends),
        "n": rates.n.astype(int),
        "unweighted_rate": figures["unweighted"].rate,
        "unweighted_points": _points(leaves, figures["unweighted"].rate),
        "alternative_points": _points(leaves, figures["alternative"].rate),
        "official_points": _points(leaves, figures[recipe.official].rate),
    }
    return pd.DataFrame(columns)


def _points_covariance(leaves: Sequence[Node], rates: Rates, slope: Numbers) -> pd.DataFrame:
    codes = [leaf.code for leaf in leaves]
    return pd.DataFrame(rates.covariance * np.outer(slope, slope), codes, codes)


def _points_gradients(
    leaves: Sequence[Node], rates: Rates, slope: Numbers, surveys: Sequence[RatedSurvey]
) -> list[pd.DataFrame]:
    codes = [leaf.code for leaf in leaves]
    return [
        pd.DataFrame(gradient * slope[:, None], codes, survey.columns)
        for gradient, survey in zip(rates.gradients, surveys, strict=True)
    ]


def _note(leaf: Node, rates: Rates, place: int, unit: Mapping[str, Any], recipe: Recipe) -> str:
    fact, n = _asks_fact(leaf), int(rates.n[place])
    missing = [fact] if fact and pd.isna(unit.get(fact)) else []
    few = [n] if 0 < n < recipe.minimum_cell else []
    return join_notes(
        note("absent_groups", rates.absent[place]), note("missing_facts", missing), note("few_answers", few)
    )
