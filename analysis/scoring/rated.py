"""The rated items of a survey: which they are, and how reports read their answers."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.dataset import Dataset
from analysis.recipe import Recipe
from analysis.scoring.feeds import read_values
from analysis.scoring.rules import FEWEST_LEVELS, READINGS
from questionnaires.schema import Item, Questionnaire

SCALES = ("scale", "matrix")


@dataclass(frozen=True)
class RatedItem:
    """An item answered on a scale. `column` names its values, `levels` its answers, in the design's frame.

    `counts`: whether it is part of the survey's overall satisfaction.
    """

    item: Item
    counts: bool

    @property
    def column(self) -> str:
        return f"rated:{self.item.code}"

    @property
    def levels(self) -> str:
        return f"levels:{self.item.code}"


def rated_items(questionnaire: Questionnaire, recipe: Recipe) -> list[RatedItem]:
    """Every item on a scale. Where the questionnaire has factors, those of a factor make up the overall
    figure; else all do.
    """
    fewest = FEWEST_LEVELS[recipe.satisfaction]
    items = [
        item
        for item in questionnaire.items()
        if item.question.kind in SCALES and not item.question.profile and len(item.levels) >= fewest
    ]
    in_factors = any(item.factor for item in items)
    return [RatedItem(item, bool(item.factor) or not in_factors) for item in items]


def rated_values(dataset: Dataset, items: list[RatedItem], recipe: Recipe) -> pd.DataFrame:
    """Each item's values in 0..1 by the recipe's reading, and its valid answers as categories."""
    read = READINGS[recipe.satisfaction]
    valid = dataset.valid([rated.item.code for rated in items])
    columns = {
        **{
            rated.column: read_values(
                dataset.frame[rated.item.code], read(rated.item.levels, {"origin": recipe.origin})
            )
            for rated in items
        },
        **{rated.levels: valid[rated.item.code] for rated in items},
    }
    return pd.DataFrame(columns, index=dataset.frame.index)
