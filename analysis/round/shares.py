"""How answers are distributed: levels of rated items, profile of the respondents, other choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from analysis.dataset import Dataset
from analysis.estimation.estimates import mean
from analysis.round.inputs import SurveyInput
from analysis.round.satisfaction import answer_column
from analysis.round.weighting import Weighed
from analysis.scoring.rated import RatedItem
from questionnaires.schema import Item

FIGURES = ["share", "se", "lower", "upper", "n", "unweighted_share"]


def choice_items(survey: SurveyInput) -> list[Item]:
    """Items with choices that are not rated on a scale: profile, facts, needs."""
    kinds = ("single", "multiple")
    return [item for item in survey.questionnaire.items() if item.question.kind in kinds]


def choice_values(dataset: Dataset, items: Sequence[Item]) -> pd.DataFrame:
    """The valid answers: categories for one choice, 1/0 per choice where several can be ticked."""
    columns: dict[str, pd.Series] = {}
    for item in items:
        source = _source_columns(item)
        columns.update(zip(_columns(item), (dataset.valid(source)[name] for name in source), strict=True))
    return pd.DataFrame(columns, index=dataset.frame.index)


def _source_columns(item: Item) -> list[str]:
    if item.question.kind == "multiple":
        return [f"{item.code}__{choice.code}" for choice in item.levels]
    return [item.code]


def _columns(item: Item) -> list[str]:
    if item.question.kind == "multiple":
        return [f"{answer_column(item)}:{choice.code}" for choice in item.levels]
    return [answer_column(item)]


def level_shares(survey: SurveyInput, rated: Sequence[RatedItem], weighed: Weighed) -> pd.DataFrame:
    """One row per item and level: survey, item, level, place (1 the worst), then the figures of the share."""
    table = _shares(weighed, [item.levels for item in rated])
    table["item"] = table["item"].str.removeprefix("levels:")
    places = {(r.item.code, level.code): k for r in rated for k, level in enumerate(r.item.levels, start=1)}
    table["place"] = [places[pair] for pair in zip(table["item"], table["level"], strict=True)]
    return table.assign(survey=survey.code)[["survey", "item", "level", "place", *FIGURES]]


def answer_shares(survey: SurveyInput, weighed: Weighed) -> pd.DataFrame:
    """One row per choice: survey, question, choice, profile (bool), several (bool), count, figures.

    `n` counts who answered the question, `count` who gave this answer.
    """
    items = choice_items(survey)
    if not items:
        return pd.DataFrame(columns=["survey", "question", "choice", "profile", "several", "count", *FIGURES])
    table = _shares(weighed, [column for item in items for column in _columns(item)])
    rows = pd.DataFrame([row for item in items for row in _rows(item)])
    rows = rows.merge(table, "left", ["item", "level"])
    count = (rows["unweighted_share"] * rows["n"]).fillna(0).round().astype(int)
    named = ["survey", "question", "choice", "profile", "several"]
    return rows.assign(survey=survey.code, count=count)[[*named, "count", *FIGURES]]


def _rows(item: Item) -> Iterator[dict[str, object]]:
    """What names each choice, in the order of the questionnaire, with item and level of its estimate."""
    several = item.question.kind == "multiple"
    for choice in item.levels:
        yield {
            "item": f"{answer_column(item)}:{choice.code}" if several else answer_column(item),
            "level": None if several else choice.code,
            "question": item.code,
            "choice": choice.code,
            "profile": item.question.profile,
            "several": several,
        }


def _shares(weighed: Weighed, columns: Sequence[str]) -> pd.DataFrame:
    """Weighted and unweighted shares of every level of the columns, in order."""
    table = mean(weighed.weighted, list(columns)).table.rename(columns={"estimate": "share"})
    table[["lower", "upper"]] = table[["lower", "upper"]].clip(0.0, 1.0)
    plain = pd.concat([_plain_shares(weighed.weighted.frame[column]) for column in columns])
    return table.merge(plain, "left", ["item", "level"])[["item", "level", *FIGURES]]


def _plain_shares(answers: pd.Series) -> pd.DataFrame:
    """The share of each answer among those given, every response counting one."""
    if not isinstance(answers.dtype, pd.CategoricalDtype):
        return pd.DataFrame({"item": [answers.name], "level": [None], "unweighted_share": [answers.mean()]})
    shares = answers.value_counts(normalize=True)
    return pd.DataFrame(
        {"item": answers.name, "level": shares.index.astype(object), "unweighted_share": shares}
    )
