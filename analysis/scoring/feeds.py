"""Which items feed which criterion, and the values their answers have under its rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.scoring.reading_faults import reading_faults
from analysis.scoring.rules import READINGS, answer_values, reading_of
from questionnaires.faults import N_, Fault
from questionnaires.framework import Framework, Node
from questionnaires.schema import Item, Questionnaire

NO_CHOICES = N_("The question is of kind “%(kind)s”, whose answers the rule “%(rule)s” cannot read.")
RATED_KINDS = ("single", "scale", "matrix")


@dataclass(frozen=True)
class Feed:
    """One item that feeds one leaf. `column` names its values in the frame."""

    leaf: Node
    item: Item

    @property
    def column(self) -> str:
        return f"{self.leaf.code}|{self.item.code}"


def find_feeds(framework: Framework, questionnaire: Questionnaire) -> list[Feed]:
    """Every pair of a survey-assessed leaf and an item that names it, by its code or by its subject.

    Leaves whose rule takes its rate from a fact ask nobody.
    """
    return [
        Feed(leaf, item)
        for leaf in framework.survey_leaves
        if leaf.rule is not None and reading_of(leaf.rule) in READINGS
        for item in questionnaire.items()
        if item.criterion is not None and item.criterion in (leaf.code, leaf.subject)
    ]


def feed_faults(framework: Framework, questionnaires: Mapping[str, Questionnaire]) -> list[Fault]:
    """Everything that keeps the rules from reading the answers; `questionnaires` by their survey's code."""
    return [
        fault
        for survey, questionnaire in questionnaires.items()
        for feed in find_feeds(framework, questionnaire)
        for fault in _item_faults(feed, f"{survey}.{feed.item.code}")
    ]


def _item_faults(feed: Feed, place: str) -> list[Fault]:
    assert feed.leaf.rule is not None
    if feed.item.question.kind not in RATED_KINDS:
        named = {"kind": feed.item.question.kind, "rule": feed.leaf.rule.name}
        return [Fault(place, NO_CHOICES, named)]
    return reading_faults(feed.leaf.rule, feed.item.levels, place)


def feed_values(dataset: Dataset, feeds: list[Feed]) -> pd.DataFrame:
    """A column of values in 0..1 for each feed, NaN where the answer is missing."""
    columns = {
        feed.column: read_values(
            dataset.frame[feed.item.code], answer_values(feed.leaf.rule, feed.item.levels)
        )
        for feed in feeds
        if feed.leaf.rule is not None
    }
    return pd.DataFrame(columns, index=dataset.frame.index)


def read_values(answers: pd.Series, values: Mapping[str, float]) -> np.ndarray:
    """The value of each answer of a categorical column; NaN for codes without one."""
    by_category = np.array([values.get(code, np.nan) for code in answers.cat.categories])
    return by_category[answers.cat.codes]
