"""Each rule on answers worked by hand: the values of the answers, their mean, the points it gives."""

import numpy as np
import pytest

from analysis.scoring.reading_faults import reading_faults
from analysis.scoring.rules import RULES, answer_values, points_of
from questionnaires.check_rules import RULES as DEFINED_RULES
from questionnaires.framework import Rule
from questionnaires.schema import Choice

FIVE_LEVELS = tuple(Choice(code, {"vi": code}) for code in "12345")
YES_NO = (Choice("no", {"vi": "Không"}), Choice("yes", {"vi": "Có"}))
ANSWERS = ["5", "5", "4", "3", "1"]


def rate(rule: Rule, answers: list[str], levels=FIVE_LEVELS) -> float:
    values = answer_values(rule, levels)
    return float(np.mean([values[answer] for answer in answers]))


def points(rule: Rule, rate: float, most: float) -> float:
    return float(points_of(rule, rate, most))


def test_all_six_rules_are_there() -> None:
    assert list(RULES) == ["option_weights", "top2_share", "scaled_mean", "linear", "thresholds", "bands"]
    assert RULES.keys() == DEFINED_RULES.keys()


def test_option_weights_are_what_each_answer_is_worth() -> None:
    # Yên Bái's weights: good 100 %, fair 60 %, poor 20 %, bad 0 %.
    levels = tuple(Choice(code, {"vi": code}) for code in ("bad", "poor", "fair", "good"))
    rule = Rule("option_weights", {"weights": {"bad": 0, "poor": 20, "fair": 60, "good": 100}})
    # (100 + 100 + 60 + 20 + 0) / 5 = 56 %; of 2 points: 1.12
    assert rate(rule, ["good", "good", "fair", "poor", "bad"], levels) == pytest.approx(0.56)
    assert points(rule, 0.56, 2) == pytest.approx(1.12)


def test_top_two_share_counts_the_satisfied() -> None:
    rule = Rule("top2_share")
    # 5, 5 and 4 of five answers: 3/5 = 60 %; of 10 points: 6
    assert rate(rule, ANSWERS) == pytest.approx(0.6)
    assert points(rule, 0.6, 10) == pytest.approx(6.0)


def test_scaled_mean_starts_at_zero() -> None:
    # ((5-1)/4 + (5-1)/4 + (4-1)/4 + (3-1)/4 + (1-1)/4) / 5 = (1 + 1 + 0.75 + 0.5 + 0) / 5 = 0.65
    assert rate(Rule("scaled_mean"), ANSWERS) == pytest.approx(0.65)
    assert rate(Rule("scaled_mean", {"origin": "zero"}), ANSWERS) == pytest.approx(0.65)
    assert points(Rule("scaled_mean"), 0.65, 4) == pytest.approx(2.6)


def test_scaled_mean_may_start_at_one() -> None:
    # (5/5 + 5/5 + 4/5 + 3/5 + 1/5) / 5 = 3.6 / 5 = 0.72
    assert rate(Rule("scaled_mean", {"origin": "one"}), ANSWERS) == pytest.approx(0.72)


def test_a_four_level_scale_is_mapped_by_its_own_levels() -> None:
    # the kiosks' four levels: (4-1)/3 = 1, (2-1)/3 = 1/3; mean 2/3; the two best of four are 3 and 4
    four_levels = FIVE_LEVELS[:4]
    assert rate(Rule("scaled_mean"), ["4", "2"], four_levels) == pytest.approx(2 / 3)
    assert rate(Rule("top2_share"), ["4", "2"], four_levels) == pytest.approx(0.5)


def test_linear_gives_the_rates_share_of_the_points() -> None:
    # SIPAS 83.94 % of at most 10 points: 8.394
    rule = Rule("linear", {"of": "top2_share"})
    assert points(rule, 0.8394, 10) == pytest.approx(8.394)
    assert rate(rule, ANSWERS) == pytest.approx(0.6)
    assert rate(Rule("linear", {"of": "scaled_mean"}), ANSWERS) == pytest.approx(0.65)


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        (95.0, 2.0),
        (90.0, 2.0),  # from "full" on: all points
        (81.0, 1.8),  # 2 × 81/90
        (60.0, 2 * 60 / 90),  # "zero" itself still counts
        (59.99, 0.0),
    ],
)
def test_thresholds_by_ratio(percent: float, expected: float) -> None:
    rule = Rule("thresholds", {"of": "top2_share", "full": 90, "zero": 60})
    assert points(rule, percent / 100, 2) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        (90.0, 2.0),
        (81.0, 1.4),  # 2 × (81 - 60)/(90 - 60)
        (60.0, 0.0),
        (40.0, 0.0),
    ],
)
def test_thresholds_by_interpolation(percent: float, expected: float) -> None:
    rule = Rule("thresholds", {"of": "top2_share", "full": 90, "zero": 60, "between": "interpolate"})
    assert points(rule, percent / 100, 2) == pytest.approx(expected)


@pytest.mark.parametrize(("percent", "expected"), [(100, 2), (80, 2), (79.9, 1), (50, 1), (49.9, 0), (0, 0)])
def test_bands_give_the_points_of_the_level_reached(percent: float, expected: float) -> None:
    levels = [{"at_least": 80, "points": 2}, {"at_least": 50, "points": 1}]
    assert points(Rule("bands", {"of": "top2_share", "levels": levels}), percent / 100, 2) == expected


def test_a_rate_that_only_floating_point_keeps_below_a_threshold_reaches_it() -> None:
    almost = 0.1 + 0.7  # 0.7999999999999999
    assert almost < 0.8
    assert (
        points(Rule("bands", {"of": "top2_share", "levels": [{"at_least": 80, "points": 2}]}), almost, 2) == 2
    )


def test_a_missing_rate_has_no_points_under_any_rule() -> None:
    parameters = {"full": 90, "zero": 60, "levels": [{"at_least": 50, "points": 1}]}
    for name in RULES:
        assert np.isnan(points(Rule(name, parameters), float("nan"), 2))


@pytest.mark.parametrize(
    ("rule", "levels", "said"),
    [
        (Rule("option_weights", {"weights": {"no": 0}}), YES_NO, "“Có” no weight"),
        (Rule("top2_share"), YES_NO, "at least 3"),
        (Rule("scaled_mean"), YES_NO[:1], "at least 2"),
    ],
)
def test_an_item_whose_answers_a_rule_cannot_read_is_refused(rule: Rule, levels, said: str) -> None:
    (fault,) = reading_faults(rule, levels, "1.1.q7")
    assert said in str(fault)
