"""Satisfaction of one survey's respondents: overall, by factor, item, unit and group of respondents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.recipe import Recipe
from analysis.round.inputs import SurveyInput
from analysis.round.weighting import Weighed
from analysis.scoring.aggregation import AGGREGATIONS, item_weights
from analysis.scoring.item_means import ItemMeans, interval, item_means, overall_means
from analysis.scoring.rated import RatedItem
from questionnaires.schema import Item

Numbers = NDArray[np.float64]
FIGURES = ["rate", "se", "lower", "upper", "n", "unweighted_rate"]


@dataclass(frozen=True, eq=False)
class Rating:
    """One survey's rated items, ready to be averaged over any breakdown."""

    survey: SurveyInput
    items: Sequence[RatedItem]
    weighed: Weighed
    recipe: Recipe

    @property
    def columns(self) -> list[str]:
        return [rated.column for rated in self.items]

    @property
    def counts(self) -> NDArray[np.bool_]:
        return np.array([rated.counts for rated in self.items])

    def of_factor(self, factor: str) -> NDArray[np.bool_]:
        return np.array([rated.item.factor == factor for rated in self.items])

    @property
    def factors(self) -> list[str]:
        """The factors that have items, in the questionnaire's order."""
        used = {rated.item.factor for rated in self.items}
        return [factor for factor in self.survey.questionnaire.factors if factor in used]

    def figures(self, means: ItemMeans, plain: Numbers, chosen: NDArray[np.bool_]) -> dict[str, float]:
        """The chosen items' aggregate. `plain`: the items' unweighted means."""
        factors = [rated.item.factor for rated in self.items]
        weights = item_weights(factors, chosen & (means.n > 0), self.recipe.aggregation)
        if not weights.any():
            return dict.fromkeys(FIGURES, np.nan) | {"n": 0}
        rate, variance = np.array([weights @ means.means]), np.array([weights @ means.covariance @ weights])
        se, lower, upper = interval(rate, variance, np.array([means.df]), self.recipe.level)
        numbers = [rate[0], se[0], lower[0], upper[0], int(means.n[weights > 0].max())]
        return dict(zip(FIGURES, [*numbers, weights @ np.nan_to_num(plain)], strict=True))

    def plain_means(self, by: str | None = None) -> Mapping[str, Numbers]:
        """Unweighted means of the items, by value of the column `by` (no column: under "")."""
        frame = self.weighed.unweighted.frame
        if by is None:
            return {"": frame[self.columns].mean().to_numpy()}
        table = frame.groupby(by, observed=True)[self.columns].mean()
        return {str(value): row.to_numpy() for value, row in table.iterrows()}


def satisfaction_tables(rating: Rating) -> dict[str, pd.DataFrame]:
    """The tables satisfaction_overall, _factors, _items, _units and _groups of one survey.

    Each has the columns that name its rows, then rate (0..1), se, lower, upper, n, unweighted_rate. In
    _units, rows with an empty `factor` are over all items that count.
    """
    means, plain = overall_means(rating.weighed.weighted, rating.columns), rating.plain_means()[""]
    by_unit = item_means(rating.weighed.weighted, rating.columns, "unit")
    rows: dict[str, list[dict[str, object]]] = {
        "satisfaction_overall": [_overall(rating, means, plain)],
        "satisfaction_factors": [
            {"factor": factor, **rating.figures(means, plain, rating.of_factor(factor))}
            for factor in rating.factors
        ],
        "satisfaction_items": list(_items(rating, means, plain)),
        "satisfaction_units": list(_units(rating, by_unit)),
        "satisfaction_groups": list(_groups(rating)),
    }
    return {name: pd.DataFrame(table).assign(survey=rating.survey.code) for name, table in rows.items()}


def _overall(rating: Rating, means: ItemMeans, plain: Numbers) -> dict[str, object]:
    """The survey's figure, and beside it the one that the other way of aggregating gives."""
    other = AGGREGATIONS[1 - AGGREGATIONS.index(rating.recipe.aggregation)]
    alternative = replace(rating, recipe=replace(rating.recipe, aggregation=other))
    return {
        "group": rating.survey.group,
        **rating.figures(means, plain, rating.counts),
        "alternative_rate": alternative.figures(means, plain, rating.counts)["rate"],
    }


def _items(rating: Rating, means: ItemMeans, plain: Numbers) -> Iterator[dict[str, object]]:
    for place, rated in enumerate(rating.items):
        alone = np.arange(len(rating.items)) == place
        named = {"item": rated.item.code, "factor": rated.item.factor or "", "counts": rated.counts}
        yield {**named, **rating.figures(means, plain, alone)}


def _units(rating: Rating, by_unit: Mapping[str, ItemMeans]) -> Iterator[dict[str, object]]:
    plain = rating.plain_means("unit")
    for unit, means in by_unit.items():
        yield {"unit": unit, "factor": "", **rating.figures(means, plain[unit], rating.counts)}
        for factor in rating.factors:
            chosen = rating.of_factor(factor)
            yield {"unit": unit, "factor": factor, **rating.figures(means, plain[unit], chosen)}


def _groups(rating: Rating) -> Iterator[dict[str, object]]:
    for item in profile_items(rating.survey):
        column = answer_column(item)
        by_choice = item_means(rating.weighed.weighted, rating.columns, column)
        plain = rating.plain_means(column)
        for choice in (choice.code for choice in item.levels if choice.code in by_choice):
            figures = rating.figures(by_choice[choice], plain[choice], rating.counts)
            yield {"question": item.code, "choice": choice, **figures}


def profile_items(survey: SurveyInput) -> list[Item]:
    """The questions of one choice that describe the respondent."""
    items = survey.questionnaire.items()
    return [item for item in items if item.question.profile and item.question.kind == "single"]


def answer_column(item: Item) -> str:
    """The column of an item's valid answers in the design's frame."""
    return f"answers:{item.code}"
