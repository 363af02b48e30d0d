"""A planner works out how many to ask; the arithmetic stands beside each number."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import DesignError
from analysis.samples.size import (
    margin_of_error,
    sample_size,
    sample_size_by_margin,
    sample_size_for_difference,
    sample_size_for_mean,
    sample_sizes,
)


def test_of_a_large_population() -> None:
    # 1.959964² · 0.25 / 0.05² = 384.15
    assert sample_size(0.05) == 385
    # 1.959964² · 0.8 · 0.2 / 0.03² = 682.93
    assert sample_size(0.03, share=0.8) == 683
    # 2.575829² · 0.25 / 0.05² = 663.49
    assert sample_size(0.05, confidence=0.99) == 664


def test_of_a_small_population() -> None:
    # 384.15 / (1 + 384.15 / 1000) = 277.53
    assert sample_size(0.05, population=1000) == 278


def test_with_clusters_and_people_who_will_not_answer() -> None:
    # 384.15 · 1.5 = 576.22; / 0.8 = 720.27
    assert sample_size(0.05, deff=1.5, response=0.8) == 721
    # 576.22 / (1 + 576.22 / 1000) = 365.57; / 0.8 = 456.96
    assert sample_size(0.05, deff=1.5, response=0.8, population=1000) == 457


def test_never_passes_the_population() -> None:
    assert sample_size(0.01, population=50, response=0.5) == 50


def test_by_the_older_rule() -> None:
    # 10000 / (1 + 10000 · 0.0025) = 10000 / 26 = 384.6
    assert sample_size_by_margin(10_000) == 385
    # 400 / 2 is a whole number
    assert sample_size_by_margin(400) == 200
    # 900 / (1 + 900 · 0.01)
    assert sample_size_by_margin(900, margin=0.1) == 90


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"margin": 5}, "margin must lie between 0 and 1; 5 does not"),
        ({"margin": 0.05, "share": 1}, "share must lie"),
        ({"margin": 0.05, "response": 0}, "response must lie"),
        ({"margin": 0.05, "population": 0}, "population must be positive"),
        ({"margin": 0.05, "deff": -1}, "deff must be positive"),
    ],
)
def test_refuses_what_cannot_be(options: dict, sentence: str) -> None:
    with pytest.raises(DesignError, match=sentence):
        sample_size(**options)


def test_for_a_mean() -> None:
    # (1.959964 · 1.2 / 0.1)² = 553.17; / (1 + 553.17 / 2000) = 433.33
    assert sample_size_for_mean(0.1, deviation=1.2) == 554
    assert sample_size_for_mean(0.1, deviation=1.2, population=2000) == 434


def test_for_a_difference_between_two_waves() -> None:
    # (1.959964 + 0.841621)² (0.8 · 0.2 + 0.85 · 0.15) / 0.05² = 7.848880 · 0.2875 / 0.0025 = 902.62
    assert sample_size_for_difference(0.8, 0.85) == 903
    # R 4.2.2, power.t.test(delta = 0.2, sd = 1, power = 0.8): n = 393.4 with t instead of z;
    # 2 · 7.848880 / 0.04 = 392.44
    assert sample_size_for_difference(3.8, 4.0, deviation=1.0) == 393
    # half the people asked again, answers correlated by 0.6: the variance shrinks by 1 − 0.3
    assert sample_size_for_difference(3.8, 4.0, deviation=1.0, overlap=0.5, correlation=0.6) == 275
    # 1805.24 / (1 + 1805.24 / 1000) = 643.5; / 0.7 = 919.3
    assert sample_size_for_difference(0.8, 0.85, deff=2, response=0.7, population=1000) == 920


def test_for_each_domain() -> None:
    sizes = sample_sizes({"xã A": 1000, "xã B": inf}, margin={"xã A": 0.05, "xã B": 0.03}, deff=1.5)
    # 576.22 / (1 + 576.22 / 1000) = 365.57;  1.5 · 1067.07 = 1600.6
    assert sizes.to_dict() == {"xã A": 366, "xã B": 1601}
    with pytest.raises(DesignError, match="xã B: population must be positive; 0"):
        sample_sizes({"xã A": 1000, "xã B": 0}, margin=0.05)
    with pytest.raises(DesignError, match="No share is given for xã B"):
        sample_sizes({"xã A": 1000, "xã B": 5}, margin=0.05, share={"xã A": 0.3})


def test_the_margin_that_a_number_reaches() -> None:
    # 1.959964 √(0.25 / 400) = 0.0490
    assert margin_of_error(400) == pytest.approx(0.0489991, abs=1e-7)
    # everybody answers
    assert margin_of_error(400, population=400) == 0
    # a mean with deff 2: 1.959964 · 1.2 · √(2 / 500) = 1.959964 · 1.2 · 0.0632456
    assert margin_of_error(500, deviation=1.2, deff=2) == pytest.approx(0.148751, abs=1e-6)


@given(
    margin=st.floats(0.005, 0.3),
    share=st.floats(0.05, 0.95),
    population=st.integers(50, 10**6),
    response=st.floats(0.3, 1),
)
def test_the_size_reaches_its_margin_and_one_less_does_not(
    margin: float, share: float, population: int, response: float
) -> None:
    size = sample_size(margin, share, population=population, response=response)
    if 1 < size < population:
        reached = [
            margin_of_error(each, share, population=population, response=response)
            for each in (size, size - 1)
        ]
        assert reached[0] <= margin * (1 + 1e-9)
        assert reached[1] >= margin * (1 - 1e-9)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: sample_size_for_mean(0.1, deviation=0), "deviation must be positive"),
        (lambda: sample_size_for_difference(0.8, 0.8), "no difference between 0,8 and itself"),
        (lambda: sample_size_for_difference(0.8, 1.2), "second must lie between 0 and 1"),
        (lambda: sample_size_for_difference(0.8, 0.7, overlap=2), "overlap must lie"),
        (lambda: margin_of_error(500, population=400), "500 rows cannot be drawn from 400"),
    ],
)
def test_refuses_what_cannot_be_compared_or_reached(call, sentence: str) -> None:
    with pytest.raises(DesignError, match=sentence):
        call()
