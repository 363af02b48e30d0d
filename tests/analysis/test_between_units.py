"""The covariance of the indexes of a round's units."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimation.design import Design
from analysis.recipe import Recipe
from analysis.scoring.between_units import index_covariance
from analysis.scoring.feeds import Feed
from analysis.scoring.scores import RatedSurvey, sub_scores
from questionnaires.framework import Rule
from questionnaires.schema import Questionnaire
from tests.analysis.forms import form, matrix
from tests.analysis.trees import field, framework, leaf

LEAF = leaf("1.1", 100, "survey", subject="1", rule=Rule("scaled_mean"), groups={"citizen": 1.0})
TREE = framework(field("1", 100), LEAF)
UNITS = pd.DataFrame({"unit": ["A", "B"]})
ASKED: Questionnaire = form(matrix("m", ("q1", "1", None)))
FEED = Feed(LEAF, next(iter(ASKED.items())))


def covariance(frame: pd.DataFrame, **design: object) -> pd.DataFrame:
    sample = Design(frame, weights="weight", **design)
    survey = RatedSurvey("dan", "citizen", [FEED], sample, sample)
    scores = sub_scores(TREE, [survey], UNITS, Recipe())
    points = pd.DataFrame(1.0, index=["A", "B"], columns=["1.1"])
    return index_covariance([survey], scores, points, "weighted")


def answers(values: list[float], units: list[str], **columns: object) -> pd.DataFrame:
    return pd.DataFrame({FEED.column: values, "unit": units, "weight": 1.0, **columns})


def test_units_of_separate_samples_are_independent() -> None:
    """Two strata of three: s² / n of 0, 1, 1 is 1/9, of 0, 0, 1 too; in squared points of 100."""
    frame = answers([0, 1, 1, 0, 0, 1], ["A"] * 3 + ["B"] * 3)
    found = covariance(frame, strata="unit")
    assert np.diag(found) == pytest.approx([1e4 / 9, 1e4 / 9])
    assert found.loc["A", "B"] == pytest.approx(0.0, abs=1e-9)


def test_people_who_rate_several_units_make_their_indexes_move_together() -> None:
    """Four people rate both units alike: the two means are one, so covariance and variances are equal."""
    frame = answers([0, 1, 0.5, 1] * 2, ["A"] * 4 + ["B"] * 4, person=[1, 2, 3, 4] * 2)
    found = covariance(frame, clusters="person").to_numpy()
    spread = np.var([0, 1, 0.5, 1], ddof=1) / 4 * 1e4
    assert found == pytest.approx(np.full((2, 2), spread))
