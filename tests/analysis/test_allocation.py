"""A planner shares a sample out among strata; the arithmetic stands beside each number."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis import DesignError
from analysis.samples.allocation import allocate


def test_in_proportion() -> None:
    assert allocate(100, {"a": 500, "b": 300, "c": 200}).to_dict() == {"a": 50, "b": 30, "c": 20}


def test_gives_the_rest_to_the_largest_remainders() -> None:
    # 4.5, 3.3 and 2.2 of 10: one is left, for the first
    assert allocate(10, {"a": 45, "b": 33, "c": 22}).tolist() == [5, 3, 2]
    # 3⅓ each: the stratum named first takes the one left
    assert allocate(10, {"a": 10, "b": 10, "c": 10}, "equal").tolist() == [4, 3, 3]


def test_by_neyman() -> None:
    # 600 · 10 to 400 · 30 is one to two
    assert allocate(90, {"a": 600, "b": 400}, "neyman", {"a": 10, "b": 30}).tolist() == [30, 60]


def test_keeps_a_minimum_up_to_what_the_stratum_has() -> None:
    # 98, 1.5 and 0.5 become 85, 10 and all 5
    assert allocate(100, {"a": 980, "b": 15, "c": 5}, minimum=10).tolist() == [85, 10, 5]


def test_passes_on_what_a_stratum_cannot_take() -> None:
    # 30 each, but b has 20; the ten go to the others
    assert allocate(90, {"a": 100, "b": 20, "c": 100}, "equal").tolist() == [35, 20, 35]
    # 2 : 1 by N S, but a has 20 units
    assert allocate(60, {"a": 20, "b": 100}, "neyman", {"a": 10, "b": 1}).tolist() == [20, 40]


def test_for_the_money() -> None:
    # 600 · 10 / √1 to 400 · 30 / √16 is two to one
    deviations, costs = {"a": 10, "b": 30}, {"a": 1, "b": 16}
    assert allocate(90, {"a": 600, "b": 400}, "cost", deviations, costs=costs).tolist() == [60, 30]
    # 600 / 1 to 400 / 4 without them
    assert allocate(70, {"a": 600, "b": 400}, "cost", costs=costs).tolist() == [60, 10]


def test_between_the_whole_and_each_stratum() -> None:
    # √900 to √100 is three to one; with q = 0 all get the same, with q = 1 the proportion of N
    populations = {"a": 900, "b": 100}
    assert allocate(40, populations, "power").tolist() == [30, 10]
    assert allocate(40, populations, "power", exponent=0).tolist() == [20, 20]
    assert allocate(40, populations, "power", exponent=1).tolist() == [36, 4]
    # CV 0.2 to 0.6, each times the root of its importance: 0.2 · 3 to 0.6 · 2 is one to two
    shares = allocate(
        30, populations, "power", {"a": 10, "b": 30}, means={"a": 50, "b": 50}, importance={"a": 9, "b": 4}
    )
    assert shares.tolist() == [10, 20]


def test_power_of_one_on_the_totals_is_neyman() -> None:
    populations = pd.Series({"a": 700, "b": 250, "c": 50})
    deviations, means = pd.Series({"a": 4, "b": 9, "c": 30}), pd.Series({"a": 3, "b": 5, "c": 80})
    options = {"importance": populations * means, "means": means, "exponent": 1}
    power = allocate(100, populations, "power", deviations, **options)
    assert power.equals(allocate(100, populations, "neyman", deviations))


def test_each_stratum_may_have_bounds_of_its_own() -> None:
    # 50, 30 and 20; c asks for 30, b takes at most 10; a gets what is left
    populations = {"a": 500, "b": 300, "c": 200}
    assert allocate(100, populations, minimum={"c": 30}, maximum={"b": 10}).tolist() == [60, 10, 30]


def test_neyman_has_the_least_variance_of_all_whole_allocations() -> None:
    # Σ N² S² / n over every way to share 12 units, two at least for each
    populations, deviations = np.array([50, 30, 20]), np.array([1.0, 3.0, 2.0])
    ways = [(a, b, 12 - a - b) for a in range(2, 9) for b in range(2, 11 - a)]
    variances = {way: float(((populations * deviations) ** 2 / way).sum()) for way in ways}
    best = min(variances, key=variances.__getitem__)
    assert tuple(allocate(12, pd.Series(populations), "neyman", pd.Series(deviations), 2)) == best


STRATA = st.lists(
    st.tuples(st.integers(1, 5000), st.floats(0, 50), st.integers(0, 40)), min_size=1, max_size=15
)


@given(
    strata=STRATA,
    fill=st.floats(0, 1),
    method=st.sampled_from(["equal", "proportional", "neyman", "power", "cost"]),
)
def test_sums_to_the_size_within_bounds(strata: list[tuple], fill: float, method: str) -> None:
    populations, deviations, minimum = (pd.Series(column) for column in zip(*strata, strict=True))
    assume(deviations.sum() > 0)
    least = np.minimum(minimum, populations)
    size = int(least.sum() + fill * (populations.sum() - least.sum()))
    costs = 1 + deviations
    means = populations % 7 + 1
    shares = allocate(size, populations, method, deviations, minimum, costs=costs, means=means)
    assert shares.sum() == size
    assert (shares <= populations).all()
    assert (shares >= least).all()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"size": 200, "populations": {"a": 100, "b": 50}},
            "200 units cannot be shared: the strata take 0 to 150",
        ),
        ({"size": 10, "populations": {"a": 100, "b": 50}, "minimum": 20}, "the strata take 40 to 150"),
        ({"size": 10, "populations": {"a": 100, "b": 0}}, "positive population"),
        (
            {"size": 10, "populations": {"a": 100, "b": 50}, "method": "neyman", "deviations": {"a": 1}},
            "given for b",
        ),
        (
            {"size": 10, "populations": {"a": 9, "b": 9}, "minimum": {"b": 5}, "maximum": {"b": 4}},
            "minimum is above the maximum in b",
        ),
        ({"size": 1, "populations": {"a": 9}, "minimum": {"z": 5}}, "no stratum z"),
        ({"size": 1, "populations": {"a": 9}, "method": "cost"}, "No positive cost is given for a"),
        ({"size": 1, "populations": {"a": 9}, "method": "power", "exponent": 2}, "between 0 and 1; 2"),
        (
            {"size": 10, "populations": {"a": 100}, "method": "fair"},
            "there are equal, proportional, neyman",
        ),
    ],
)
def test_refuses_what_cannot_be(options: dict, sentence: str) -> None:
    with pytest.raises(DesignError, match=sentence):
        allocate(**options)
