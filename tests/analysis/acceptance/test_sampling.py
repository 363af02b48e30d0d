"""Acceptance samples, against probabilities worked by hand."""

from __future__ import annotations

from math import comb

import pytest

from analysis.acceptance import SamplingPlan, acceptance_probability, find_plan


def test_the_probability_of_acceptance_by_hand():
    """10 forms, 3 of them wrong, 4 drawn: of 210 samples C(7,4) = 35 hold none, C(3,1)·C(7,3) = 105 one."""
    assert acceptance_probability(10, 3, 4, 0) == pytest.approx(35 / 210)
    assert acceptance_probability(10, 3, 4, 1) == pytest.approx(140 / 210)


def test_the_smallest_sample_without_any_wrong_form_by_hand():
    """A lot of 20 with 8 wrong: C(12,n)/C(20,n) is 0.1022 for n = 4 and 0.0511 for n = 5."""
    assert comb(12, 4) / comb(20, 4) > 0.10 >= comb(12, 5) / comb(20, 5)
    assert find_plan(20, good=0, bad=0.4) == SamplingPlan(20, 5, 0)


@pytest.mark.parametrize(("lot", "good", "bad"), [(500, 0.01, 0.05), (1000, 0.005, 0.03), (60, 0.02, 0.2)])
def test_a_plan_keeps_both_risks_and_none_smaller_does(lot, good, bad):
    plan = find_plan(lot, good, bad)
    few, many = int(lot * good + 1e-9), -int(-lot * bad // 1)

    def keeps(size: int, acceptance_number: int) -> bool:
        ways = [
            sum(comb(wrong, k) * comb(lot - wrong, size - k) for k in range(acceptance_number + 1))
            / comb(lot, size)
            for wrong in (few, many)
        ]
        return ways[0] >= 0.95 and ways[1] <= 0.10

    assert keeps(plan.size, plan.acceptance_number)
    assert not any(keeps(size, c) for size in range(1, plan.size) for c in range(min(size, 12)))


def test_the_chance_of_a_lot_falls_with_its_errors():
    plan = find_plan(500, 0.01, 0.05)
    chances = [plan.accepts(wrong) for wrong in (0, 5, 10, 25, 100)]
    assert chances[0] == 1
    assert chances == sorted(chances, reverse=True)


@pytest.mark.parametrize("lot", [37, 105, 110, 499])
def test_the_risks_shown_are_those_the_plan_was_found_by(lot):
    """5 % of 105 forms are no whole number: 6 forms are the fewest that are no less, 5 % of 110 are 5.5."""
    plan = find_plan(lot, 0.01, 0.05)
    assert plan.producers_risk(0.01) <= 0.05
    assert plan.consumers_risk(0.05) <= 0.10


def test_risks_that_somebody_chose_are_kept():
    strict = find_plan(500, 0.01, 0.05, producers_risk=0.01, consumers_risk=0.02)
    assert strict.size > find_plan(500, 0.01, 0.05).size
    assert strict.producers_risk(0.01) <= 0.01
    assert strict.consumers_risk(0.05) <= 0.02


@pytest.mark.parametrize(
    ("lot", "good", "bad"),
    [(0, 0.01, 0.05), (100, 0.05, 0.05), (100, 0.05, 0.01), (10, 0, 2)],
)
def test_what_is_no_question_is_refused(lot, good, bad):
    with pytest.raises(ValueError, match=r"lot"):
        find_plan(lot, good, bad)
