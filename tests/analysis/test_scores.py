"""Sub-scores of hand-made samples, with their arithmetic."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.estimation.design import Design
from analysis.recipe import Recipe
from analysis.scoring.feeds import feed_faults, find_feeds
from analysis.scoring.scores import RatedSurvey, SubScores, sub_scores
from questionnaires.framework import Framework, Rule
from questionnaires.schema import Choice
from tests.analysis.forms import form, matrix, question
from tests.analysis.trees import framework, leaf

SCALED = Rule("scaled_mean")


def rated(
    tree: Framework, group: str, rows: list[tuple[str, str, float]], **values: list[float]
) -> RatedSurvey:
    """A survey: rows of (unit, stratum, population of the stratum); `q1 = [...]` the values of its items."""
    frame = pd.DataFrame(rows, columns=["unit", "stratum", "population"])
    frame["weight"] = frame["population"] / frame.groupby("stratum")["unit"].transform("size")
    frame["one"] = 1.0
    asked = form(matrix("m", *((item, "satisfaction", item[0]) for item in values)), group=group)
    feeds = find_feeds(tree, asked)
    for feed in feeds:
        frame[feed.column] = values[feed.item.code]
    weighted = Design(frame, weights="weight", strata="stratum", fpc="population", lonely="adjust")
    unweighted = Design(frame, weights="one", strata="stratum", fpc="population", lonely="adjust")
    return RatedSurvey(f"{group}s", group, feeds, weighted, unweighted)


def tree(rule: Rule = SCALED, most: float = 10, **details) -> Framework:
    return framework(leaf("1", most, "survey", subject="satisfaction", rule=rule, **details))


def scored(tree: Framework, *surveys: RatedSurvey, units: pd.DataFrame | None = None, **recipe) -> SubScores:
    return sub_scores(
        tree, surveys, pd.DataFrame({"unit": ["A"]}) if units is None else units, Recipe(**recipe)
    )


def only(scores: SubScores) -> pd.Series:
    (row,) = (row for _, row in scores.table.iterrows())
    return row


TWO_STRATA = [("A", "A1", 100)] * 2 + [("A", "A2", 300)] * 3
VALUES = [0.5, 1.0, 0.0, 0.5, 1.0]


def test_a_stratified_sample_by_hand() -> None:
    """N = 100 + 300. Means 0.75 and 0.5: (100 × 0.75 + 300 × 0.5)/400 = 0.5625; unweighted 3/5 = 0.6.

    Variances of the answers 0.125 and 0.25: 0.25² × (1 - 2/100) × 0.125/2 + 0.75² × (1 - 3/300) × 0.25/3
    = 0.00382813 + 0.04640625 = 0.05023438, se = 0.2241303, 5 - 2 = 3 degrees of freedom.
    """
    row = only(scored(tree(), rated(tree(), "citizen", TWO_STRATA, q1=VALUES)))
    assert row["rate"] == pytest.approx(0.5625)
    assert row["se"] == pytest.approx(0.05023438**0.5, rel=1e-6)
    assert row["unweighted_rate"] == pytest.approx(0.6)
    assert row["points"] == pytest.approx(5.625)
    assert row["unweighted_points"] == pytest.approx(6.0)
    assert row["official_points"] == row["points"]
    assert row["n"] == 5
    assert row["upper"] == 1.0  # 0.5625 + 3.18 × 0.224 is beyond what a rate can be
    assert row["lower"] == 0.0


def test_the_standard_error_of_proportional_points_is_that_of_the_rate() -> None:
    rows, values = [("A", "A1", 400)] * 20, [0.4, 0.6] * 10
    row = only(scored(tree(), rated(tree(), "citizen", rows, q1=values)))
    # s² = 20 × 0.01/19; variance (1 - 20/400) × s²/20 = 0.0005, se 0.02236, of 10 points 0.2236
    assert row["se"] == pytest.approx(0.0005**0.5)
    assert row["points_se"] == pytest.approx(10 * 0.0005**0.5)
    reach = stats.t.ppf(0.975, 19) * 0.0005**0.5
    assert row["lower"] == pytest.approx(0.5 - reach)
    assert row["points_upper"] == pytest.approx(10 * (0.5 + reach))


def test_items_are_averaged_or_factors_are() -> None:
    values = {"a1": [1.0, 1.0], "a2": [0.5, 0.5], "b1": [0.0, 0.0]}  # two items of factor a, one of b
    survey = rated(tree(), "citizen", [("A", "A1", 50)] * 2, **values)
    assert only(scored(tree(), survey))["rate"] == pytest.approx((1 + 0.5 + 0) / 3)
    by_factor = only(scored(tree(), survey, aggregation="factor_mean"))
    assert by_factor["rate"] == pytest.approx(((1 + 0.5) / 2 + 0) / 2)


def test_the_covariance_of_items_counts() -> None:
    """Two items that always agree are no surer than one; two that always disagree have a certain mean."""
    rows = [("A", "A1", 1e9)] * 4
    one = only(scored(tree(), rated(tree(), "citizen", rows, q1=[0, 1, 0, 1])))
    agree = only(scored(tree(), rated(tree(), "citizen", rows, q1=[0, 1, 0, 1], q2=[0, 1, 0, 1])))
    disagree = only(scored(tree(), rated(tree(), "citizen", rows, q1=[0, 1, 0, 1], q2=[1, 0, 1, 0])))
    assert agree["se"] == pytest.approx(one["se"])
    assert disagree["se"] == pytest.approx(0.0, abs=1e-12)


def test_missing_answers_leave_their_item_alone() -> None:
    survey = rated(tree(), "citizen", [("A", "A1", 30)] * 3, q1=[1.0, np.nan, 0.0], q2=[1.0, 1.0, 1.0])
    row = only(scored(tree(), survey))
    # q1: (1 + 0)/2 = 0.5; q2: 1; mean 0.75
    assert row["rate"] == pytest.approx(0.75)
    assert row["n"] == 3


CITIZENS = [("A", "A1", 900)] * 2
OFFICIALS = [("A", "O1", 100)] * 2


def two_groups(tree: Framework) -> tuple[RatedSurvey, RatedSurvey]:
    citizens = rated(tree, "citizen", CITIZENS, q1=[0.5, 0.5])
    officials = rated(tree, "official", OFFICIALS, q1=[1.0, 1.0])
    return citizens, officials


def test_group_means_are_averaged_with_their_weights_and_pooling_is_shown_beside() -> None:
    weighing = tree(groups={"citizen": 0.6, "official": 0.4})
    row = only(scored(weighing, *two_groups(weighing)))
    # 0.6 × 0.5 + 0.4 × 1 = 0.7; pooled: (900 × 0.5 + 100 × 1)/1000 = 0.55
    assert row["points"] == pytest.approx(7.0)
    assert row["alternative_points"] == pytest.approx(5.5)
    assert row["n"] == 4


def test_pooled_answers_weigh_what_they_speak_for_and_group_means_are_shown_beside() -> None:
    pooling = tree(groups={"citizen": 0.6, "official": 0.4}, combine="pooled")
    row = only(scored(pooling, *two_groups(pooling)))
    assert row["points"] == pytest.approx(5.5)
    assert row["alternative_points"] == pytest.approx(7.0)
    # unweighted, each of the four answers counts one: (0.5 + 0.5 + 1 + 1)/4
    assert row["unweighted_points"] == pytest.approx(7.5)


def test_groups_are_independent_samples() -> None:
    weighing = tree(groups={"citizen": 0.6, "official": 0.4})
    citizens = rated(weighing, "citizen", [("A", "A1", 1e9)] * 2, q1=[0.0, 1.0])
    officials = rated(weighing, "official", [("A", "O1", 1e9)] * 2, q1=[0.5, 1.0])
    # variances of the means: 0.5/2 and 0.125/2; 0.36 × 0.25 + 0.16 × 0.0625 = 0.1
    assert only(scored(weighing, citizens, officials))["se"] == pytest.approx(0.1**0.5)


def test_two_surveys_of_one_group_share_its_weight() -> None:
    weighing = tree(groups={"citizen": 0.5, "official": 0.5})
    paper, official = two_groups(weighing)
    online = rated(weighing, "citizen", [("A", "A9", 300)] * 3, q1=[1.0, 1.0, 1.0])
    row = only(scored(weighing, paper, online, official))
    # citizens: (900 × 0.5 + 300 × 1)/1200 = 0.625; 0.5 × 0.625 + 0.5 × 1 = 0.8125
    assert row["rate"] == pytest.approx(0.8125)


def test_a_group_without_answers_is_flagged_or_its_weight_goes_to_the_others() -> None:
    weighing = tree(groups={"citizen": 0.6, "deputy": 0.4})
    citizens, _ = two_groups(weighing)
    refused = only(scored(weighing, citizens))
    assert np.isnan(refused["points"])
    assert refused["note"] == "absent_groups: deputy"
    renormalised = only(scored(weighing, citizens, absent_group="renormalise"))
    assert renormalised["points"] == pytest.approx(5.0)
    assert renormalised["note"] == "absent_groups: deputy; few_answers: 2"


def test_the_unweighted_figure_may_be_the_official_one() -> None:
    """Where a plan forbids adjusting results; its error is that of the unweighted mean."""
    survey = rated(tree(), "citizen", TWO_STRATA, q1=VALUES)
    scores = scored(tree(), survey, official="unweighted")
    assert only(scores)["official_points"] == pytest.approx(6.0)
    assert only(scores)["points"] == pytest.approx(5.625)
    # (2/5)² × 0.98 × 0.125/2 + (3/5)² × 0.99 × 0.25/3 = 0.0098 + 0.0297, times 10²
    assert scores.covariances["A"].loc["1", "1"] == pytest.approx(3.95)


def test_leaves_of_one_survey_are_correlated() -> None:
    both = framework(
        leaf("1", 10, "survey", subject="satisfaction", rule=SCALED),
        leaf("2", 5, "survey", subject="satisfaction", rule=SCALED),
    )
    rows, values = [("A", "A1", 400)] * 20, [0.4, 0.6] * 10
    covariance = scored(both, rated(both, "citizen", rows, q1=values)).covariances["A"]
    # the same rate twice, variance 0.0005 (above): 100, 50 and 25 times it
    np.testing.assert_allclose(covariance, 0.0005 * np.array([[100, 50], [50, 25]]))


def test_steps_map_the_ends_of_the_interval() -> None:
    levels = [{"at_least": 55, "points": 2}, {"at_least": 45, "points": 1}]
    stepping = tree(Rule("bands", {"of": "scaled_mean", "levels": levels}), most=2)
    rows, values = [("A", "A1", 400)] * 20, [0.4, 0.6] * 10
    row = only(scored(stepping, rated(stepping, "citizen", rows, q1=values)))
    # rate 0.5 ± 0.0468: 1 point, from 1 (45.3 %) to 1 (54.7 %)
    assert (row["points"], row["points_lower"], row["points_upper"], row["points_se"]) == (1, 1, 1, 0)
    near = tree(Rule("bands", {"of": "scaled_mean", "levels": [{"at_least": 48, "points": 2}]}), most=2)
    row = only(scored(near, rated(near, "citizen", rows, q1=values)))
    assert (row["points"], row["points_lower"], row["points_upper"]) == (2, 0, 2)
    # 2 points over an interval of 2 × t × se: se of points = 2/(2t) = 1/t
    assert row["points_se"] == pytest.approx(1 / stats.t.ppf(0.975, 19))


def test_a_single_answer_has_no_standard_error() -> None:
    survey = rated(tree(), "citizen", [("A", "A1", 40), *([("B", "B1", 40)] * 2)], q1=[0.5, 0.0, 1.0])
    row = only(scored(tree(), survey))
    assert row["rate"] == pytest.approx(0.5)
    assert np.isnan(row["se"])
    assert np.isnan(row["lower"])


def test_a_unit_nobody_rated_has_no_points() -> None:
    survey = rated(tree(), "citizen", TWO_STRATA, q1=VALUES)
    units = pd.DataFrame({"unit": ["A", "Z"]})
    table = scored(tree(), survey, units=units).table.set_index("unit")
    assert np.isnan(table.loc["Z", "points"])
    assert table.loc["Z", "n"] == 0


def test_a_rate_may_come_from_a_fact() -> None:
    """SIPAS 83.94 % published elsewhere, of at most 10 points: 8.394."""
    from_fact = tree(Rule("linear", {"of": "fact", "fact": "sipas"}))
    units = pd.DataFrame({"unit": ["A", "B"], "sipas": [83.94, None]})
    table = scored(from_fact, units=units).table.set_index("unit")
    assert table.loc["A", "points"] == pytest.approx(8.394)
    assert table.loc["A", "se"] == 0
    assert np.isnan(table.loc["B", "points"])
    assert table.loc["B", "note"] == "missing_facts: sipas"


def test_a_leaf_for_other_types_of_unit_is_not_scored() -> None:
    departments = tree(applies_to=("department",))
    survey = rated(departments, "citizen", TWO_STRATA, q1=VALUES)
    units = pd.DataFrame({"unit": ["A"], "type": ["commune"]})
    assert scored(departments, survey, units=units).table.empty


def test_items_feed_a_leaf_by_its_code_or_its_subject() -> None:
    asked = form(matrix("m", ("q1", "1", None), ("q2", "satisfaction", None), ("q3", "other", None)))
    assert [feed.item.code for feed in find_feeds(tree(), asked)] == ["q1", "q2"]


def test_what_a_rule_cannot_read_is_named() -> None:
    yes_no = tuple(Choice(code, {"vi": code}) for code in ("no", "yes"))
    asked = form(
        question("age", "integer", criterion="1"),
        question("done", "single", choices=yes_no, criterion="1"),
    )
    faults = feed_faults(tree(Rule("top2_share")), {"dan": asked})
    assert [fault.place for fault in faults] == ["dan.age", "dan.done"]
    assert "kind “integer”" in str(faults[0])
    assert "at least 3" in str(faults[1])
