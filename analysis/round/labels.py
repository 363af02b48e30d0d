"""The words behind every code in the tables, so that a report needs nothing but the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from analysis.round.inputs import RoundInputs, SurveyInput
from questionnaires.framework import Framework

Row = dict[str, str]


def label_table(inputs: RoundInputs) -> pd.DataFrame:
    """One row per code: kind, scope, code, vi, en. `scope` tells apart codes of different surveys and items.

    Kinds: unit, node, band, ranking_group, survey, and, within a survey (scope: its code), item, factor; and,
    within an item (scope: survey.item), choice.
    """
    rows = [*_units(inputs.units), *_framework(inputs.framework)]
    for survey in inputs.surveys:
        rows += _survey(survey)
    return pd.DataFrame(rows, columns=["kind", "scope", "code", "vi", "en"]).drop_duplicates(
        ["kind", "scope", "code"]
    )


def _row(kind: str, scope: str, code: str, words: Mapping[str, str]) -> Row:
    vi = words.get("vi") or next(iter(words.values()), code)
    return {"kind": kind, "scope": scope, "code": code, "vi": vi, "en": words.get("en") or vi}


def _units(units: pd.DataFrame) -> Iterator[Row]:
    english = units["name_en"] if "name_en" in units else units["name"]
    for code, name, name_en in zip(units["unit"], units["name"], english, strict=True):
        yield _row("unit", "", str(code), {"vi": str(name), "en": str(name_en)})


def _framework(framework: Framework) -> Iterable[Row]:
    return [
        *(_row("node", "", node.code, node.title) for node in framework.nodes),
        *(_row("band", "", band.code, band.title) for band in framework.bands),
        *(_row("ranking_group", "", group.code, group.title) for group in framework.ranking_groups),
    ]


def _survey(survey: SurveyInput) -> Iterator[Row]:
    questionnaire = survey.questionnaire
    yield _row("survey", "", survey.code, questionnaire.title)
    for code, words in questionnaire.factors.items():
        yield _row("factor", survey.code, code, words)
    for item in questionnaire.items():
        yield _row("item", survey.code, item.code, item.text)
        for choice in item.question.choices:
            yield _row("choice", f"{survey.code}.{item.code}", choice.code, choice.text)
