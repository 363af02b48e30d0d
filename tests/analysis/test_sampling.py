"""A planner works out how many to ask and draws them; the arithmetic stands beside each number."""

import numpy as np
import pandas as pd
import pytest

from analysis import DesignError
from analysis.allocation import allocate
from analysis.sampling import (
    sample_size,
    sample_size_by_margin,
    select_by_stratum,
    select_simple,
    select_systematic,
)


class TestSize:
    def test_of_a_large_population(self) -> None:
        # 1.959964² · 0.25 / 0.05² = 384.15
        assert sample_size(0.05) == 385
        # 1.959964² · 0.8 · 0.2 / 0.03² = 682.93
        assert sample_size(0.03, share=0.8) == 683
        # 2.575829² · 0.25 / 0.05² = 663.49
        assert sample_size(0.05, confidence=0.99) == 664

    def test_of_a_small_population(self) -> None:
        # 384.15 / (1 + 384.15 / 1000) = 277.53
        assert sample_size(0.05, population=1000) == 278

    def test_with_clusters_and_people_who_will_not_answer(self) -> None:
        # 384.15 · 1.5 = 576.22; / 0.8 = 720.27
        assert sample_size(0.05, deff=1.5, response=0.8) == 721
        # 576.22 / (1 + 576.22 / 1000) = 365.57; / 0.8 = 456.96
        assert sample_size(0.05, deff=1.5, response=0.8, population=1000) == 457

    def test_never_passes_the_population(self) -> None:
        assert sample_size(0.01, population=50, response=0.5) == 50

    def test_by_the_older_rule(self) -> None:
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
    def test_refuses_what_cannot_be(self, options: dict, sentence: str) -> None:
        with pytest.raises(DesignError, match=sentence):
            sample_size(**options)


class TestAllocation:
    def test_in_proportion(self) -> None:
        assert allocate(100, {"a": 500, "b": 300, "c": 200}).to_dict() == {"a": 50, "b": 30, "c": 20}

    def test_gives_the_rest_to_the_largest_remainders(self) -> None:
        # 4.5, 3.3 and 2.2 of 10: one is left, for the first
        assert allocate(10, {"a": 45, "b": 33, "c": 22}).tolist() == [5, 3, 2]
        # 3⅓ each: the stratum named first takes the one left
        assert allocate(10, {"a": 10, "b": 10, "c": 10}, "equal").tolist() == [4, 3, 3]

    def test_by_neyman(self) -> None:
        # 600 · 10 to 400 · 30 is one to two
        assert allocate(90, {"a": 600, "b": 400}, "neyman", {"a": 10, "b": 30}).tolist() == [30, 60]

    def test_keeps_a_minimum_up_to_what_the_stratum_has(self) -> None:
        # 98, 1.5 and 0.5 become 85, 10 and all 5
        assert allocate(100, {"a": 980, "b": 15, "c": 5}, minimum=10).tolist() == [85, 10, 5]

    def test_passes_on_what_a_stratum_cannot_take(self) -> None:
        # 30 each, but b has 20; the ten go to the others
        assert allocate(90, {"a": 100, "b": 20, "c": 100}, "equal").tolist() == [35, 20, 35]
        # 2 : 1 by N S, but a has 20 units
        assert allocate(60, {"a": 20, "b": 100}, "neyman", {"a": 10, "b": 1}).tolist() == [20, 40]

    def test_sums_to_the_size_within_bounds_on_random_strata(self) -> None:
        random = np.random.default_rng(7)
        for _ in range(200):
            sizes = pd.Series(random.integers(1, 1000, 12))
            size = int(random.integers(60, sizes.sum() + 1)) if sizes.sum() > 60 else int(sizes.sum())
            shares = allocate(size, sizes, "neyman", pd.Series(random.uniform(0, 9, 12)), minimum=5)
            assert shares.sum() == size
            assert (shares <= sizes).all()
            assert (shares >= np.minimum(sizes, 5)).all()

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
                {"size": 10, "populations": {"a": 100}, "method": "fair"},
                "there are equal, proportional, neyman",
            ),
        ],
    )
    def test_refuses_what_cannot_be(self, options: dict, sentence: str) -> None:
        with pytest.raises(DesignError, match=sentence):
            allocate(**options)


PEOPLE = pd.DataFrame({"name": [f"p{number:02}" for number in range(24)], "unit": ["a"] * 10 + ["b"] * 14})


class TestSelection:
    def test_the_same_seed_draws_the_same_people(self) -> None:
        for select in (select_simple, select_systematic):
            assert select(PEOPLE, 6, seed=1).equals(select(PEOPLE, 6, seed=1))
            draws = {tuple(select(PEOPLE, 6, seed=seed)["name"]) for seed in range(50)}
            assert len(draws) > 1

    def test_nobody_is_drawn_twice(self) -> None:
        assert select_simple(PEOPLE, 24, seed=3)["name"].is_unique
        assert select_systematic(PEOPLE, 23, seed=3)["name"].is_unique

    @pytest.mark.parametrize("select", [select_simple, select_systematic])
    def test_everybody_has_the_same_chance(self, select) -> None:
        five = PEOPLE.head(5)
        drawn = pd.concat([select(five, 2, seed) for seed in range(2000)])["name"].value_counts()
        # 2000 · 2/5 = 800, standard deviation √(2000 · 0.4 · 0.6) = 22
        assert drawn.between(800 - 4 * 22, 800 + 4 * 22).all()

    def test_systematic_steps_are_even(self) -> None:
        rows = select_systematic(PEOPLE, 6, seed=5).index
        assert set(np.diff(rows)) == {4}
        # 24 / 7 = 3.43: every third or fourth
        assert set(np.diff(select_systematic(PEOPLE, 7, seed=5).index)) == {3, 4}

    def test_strata_are_drawn_apart(self) -> None:
        both = select_by_stratum(PEOPLE, "unit", {"a": 3, "b": 7}, seed=9)
        assert both["unit"].value_counts().to_dict() == {"a": 3, "b": 7}
        assert both.drop_duplicates("unit")[["unit", "population", "sampled"]].to_numpy().tolist() == [
            ["a", 10, 3],
            ["b", 14, 7],
        ]
        alone = select_by_stratum(PEOPLE, "unit", {"b": 7}, seed=9, select=select_simple)
        assert alone["name"].tolist() == both.query("unit == 'b'")["name"].tolist()

    def test_more_than_there_are_cannot_be_drawn(self) -> None:
        with pytest.raises(DesignError, match="25 rows cannot be drawn from 24"):
            select_simple(PEOPLE, 25, seed=1)
        with pytest.raises(DesignError, match="no stratum c"):
            select_by_stratum(PEOPLE, "unit", {"c": 1}, seed=1)
