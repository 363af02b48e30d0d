"""How sure the places of a round are: joint ranks, neighbours, and what indexes share."""

import numpy as np
import pandas as pd
import pytest

from analysis.recipe import Recipe
from analysis.round.pipeline import run
from analysis.round.ranking_tables import neighbours_table, ranking_table
from analysis.round.result import RunResult
from tests.analysis.rounds import example_round
from tests.analysis.trees import field, framework, leaf

TREE = framework(field("1", 100), leaf("1.1", 100), groups={"so": True})
UNITS = ["A", "B", "C"]


@pytest.fixture(scope="module")
def result() -> RunResult:
    return run(example_round())


def index_table(*values: float) -> pd.DataFrame:
    table = pd.DataFrame({"unit": UNITS, "index": values, "ranking_group": "so", "ranked": True, "band": ""})
    table["rank"] = table["index"].rank(ascending=False, method="min")
    return table.assign(index_lower=np.nan, index_upper=np.nan, rank_shared=False, note="")


def covariances(*variances: float, shared: float = 0.0) -> pd.DataFrame:
    return pd.DataFrame(np.diag(variances) + shared, UNITS, UNITS)


def test_joint_ranks_are_at_least_as_wide_as_those_of_one_unit_alone(result: RunResult) -> None:
    places = result.tables["ranking"].dropna(subset=["rank"])
    assert (places["joint_lower"] <= places["rank_lower"]).all()
    assert (places["joint_upper"] >= places["rank_upper"]).all()
    assert (places["top_share"] >= places["first_share"]).all()


def test_neighbours_far_apart_are_told_apart_and_close_ones_are_not() -> None:
    """A and B are 10 points apart with an error of √2, B and C 1 point: z = 7.07 and 0.71, p = 1.5e-12 and
    0.4795 (R 4.2.2: 2 * pnorm(-1 / sqrt(2))).
    """
    pairs = neighbours_table(index_table(90, 80, 79), covariances(1, 1, 1), Recipe())
    assert list(pairs["distinguishable"]) == [True, False]
    assert pairs["p"].iloc[1] == pytest.approx(0.4795001, abs=1e-7)
    assert list(pairs["difference_se"]) == pytest.approx([2**0.5, 2**0.5])


def test_error_that_units_share_does_not_blur_their_order() -> None:
    apart = ranking_table(TREE, index_table(80, 78, 76), covariances(0.1, 0.1, 0.1, shared=9.0), Recipe())
    assert list(apart["joint_upper"]) == [1, 2, 3]
    blurred = ranking_table(TREE, index_table(80, 78, 76), covariances(9.1, 9.1, 9.1), Recipe())
    assert list(blurred["joint_upper"]) == [3, 3, 3]


def test_a_unit_of_unknown_error_has_no_places_and_no_verdict() -> None:
    unknown = covariances(1, 1, 1)
    unknown.loc["B", :] = unknown.loc[:, "B"] = np.nan
    places = ranking_table(TREE, index_table(90, 80, 70), unknown, Recipe()).set_index("unit")
    assert pd.isna(places.loc["B", "joint_lower"])
    assert pd.isna(places.loc["B", "top_share"])
    assert places.loc["A", "joint_upper"] == 1
    assert neighbours_table(index_table(90, 80, 70), unknown, Recipe()).empty
