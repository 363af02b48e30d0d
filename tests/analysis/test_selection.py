"""A planner draws people; chances are counted over many seeds, at a level of one false alarm in 10,000."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis import Design, DesignError, total
from analysis.samples.probabilities import inclusion_probabilities
from analysis.samples.sampford import draw_sampford, sampford_joint_probabilities
from analysis.samples.selection import select_pps, select_sampford, select_simple, select_systematic
from analysis.samples.stratified import select_by_stratum

PEOPLE = pd.DataFrame({"name": [f"p{number:02}" for number in range(24)], "unit": ["a"] * 10 + ["b"] * 14})
COMMUNES = pd.DataFrame({"commune": list("ABCDEFGH"), "households": [900, 120, 300, 80, 250, 60, 190, 400]})
BY_SIZE = [select_pps, select_sampford]


def assert_chances(counts: np.ndarray, chances: np.ndarray, draws: int) -> None:
    """Counts of `draws` samples agree with the chances by a z-test at 1e-4, shared among the rows."""
    reach = stats.norm.isf(1e-4 / 2 / len(chances)) * np.sqrt(draws * chances * (1 - chances))
    assert (np.abs(counts - draws * chances) <= reach + 1e-9).all()


@pytest.mark.parametrize("select", [select_simple, select_systematic])
def test_the_same_seed_draws_the_same_people(select) -> None:
    assert select(PEOPLE, 6, seed=1).equals(select(PEOPLE, 6, seed=1))
    assert len({tuple(select(PEOPLE, 6, seed=seed)["name"]) for seed in range(50)}) > 1


@pytest.mark.parametrize("select", [select_simple, select_systematic])
def test_everybody_has_the_same_chance(select) -> None:
    five = PEOPLE.head(5)
    drawn = pd.concat([select(five, 2, seed) for seed in range(2000)])
    assert_chances(drawn["name"].value_counts().to_numpy(), np.full(5, 2 / 5), 2000)
    assert set(drawn["probability"]) == {0.4}
    assert set(drawn["weight"]) == {2.5}


@pytest.mark.parametrize("select", [select_simple, select_systematic])
def test_all_can_be_drawn_and_nobody_twice(select) -> None:
    assert select(PEOPLE, 24, seed=3)["name"].tolist() == PEOPLE["name"].tolist()
    assert select(PEOPLE, 23, seed=3)["name"].is_unique


def test_systematic_steps_are_even() -> None:
    rows = select_systematic(PEOPLE, 6, seed=5).index
    assert set(np.diff(rows)) == {4}
    # 24 / 7 = 3.43: every third or fourth
    assert set(np.diff(select_systematic(PEOPLE, 7, seed=5).index)) == {3, 4}


@pytest.mark.parametrize("select", [select_simple, select_systematic])
def test_sorted_by_name_the_order_of_the_list_does_not_matter(select) -> None:
    shuffled = PEOPLE.sample(frac=1, random_state=4)
    first, second = (select(people, 6, seed=2, sort="name") for people in (PEOPLE, shuffled))
    assert set(first["name"]) == set(second["name"])
    assert second.index.tolist() == [row for row in shuffled.index if row in set(second.index)]


@pytest.mark.parametrize("select", BY_SIZE)
def test_sorted_by_name_the_order_does_not_matter_by_size(select) -> None:
    first, second = (
        set(select(communes, 3, seed=2, measure="households", sort="commune")["commune"])
        for communes in (COMMUNES, COMMUNES[::-1])
    )
    assert first == second


def test_large_units_are_certain() -> None:
    # 4 of 2300: 900 would have 1.57; then 3 of 1400: 400 has 0.86, 300 has 0.64
    chances = inclusion_probabilities(COMMUNES["households"].to_numpy(), 4)
    assert chances[0] == 1
    assert chances[1:] == pytest.approx(COMMUNES["households"][1:] * 3 / 1400, rel=1e-14)
    # 5 of 2300: without 900, 4 of 1400 gives 400 more than one; without it, 3 of 1000 leaves 300 at 0.9
    five = inclusion_probabilities(COMMUNES["households"].to_numpy(), 5)
    assert five == pytest.approx([1, 0.36, 0.9, 0.24, 0.75, 0.18, 0.57, 1], rel=1e-14)


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=40), st.data())
def test_chances_sum_to_the_size_and_keep_the_order(measures: list[float], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(measures)))
    chances = inclusion_probabilities(np.array(measures), size)
    assert chances.sum() == pytest.approx(size, rel=1e-12)
    assert ((chances > 0) & (chances <= 1)).all()
    assert (np.diff(chances[np.argsort(measures)]) >= -1e-12).all()


@pytest.mark.parametrize("select", BY_SIZE)
def test_each_is_drawn_with_its_chance(select) -> None:
    drawn = pd.concat([select(COMMUNES, 4, seed, measure="households") for seed in range(1500)])
    chances = inclusion_probabilities(COMMUNES["households"].to_numpy(), 4)
    counts = drawn["commune"].value_counts().reindex(COMMUNES["commune"])
    assert_chances(counts.to_numpy(), chances, 1500)
    assert drawn.groupby("commune")["probability"].first().to_numpy() == pytest.approx(chances)
    assert len(drawn) == 4 * 1500


def test_every_pair_of_sampford_has_the_chance_of_its_formula() -> None:
    chances = np.array([0.2, 0.7, 0.4, 0.9, 0.3, 0.5])
    samples = {
        pick: np.prod([chances[i] / (1 - chances[i]) for i in pick]) * sum(1 - chances[i] for i in pick)
        for pick in combinations(range(6), 3)
    }
    joint = np.zeros((6, 6))
    for pick, share in samples.items():
        joint[np.ix_(pick, pick)] += share / sum(samples.values())
    assert sampford_joint_probabilities(chances) == pytest.approx(joint, rel=1e-12)
    random = np.random.default_rng(8)
    draws = pd.Series([tuple(draw_sampford(chances, random)) for _ in range(8_000)]).value_counts()
    expected = np.array(list(samples.values())) / sum(samples.values())
    assert_chances(draws.reindex(list(samples), fill_value=0).to_numpy(), expected, 8_000)


def test_sampfords_pairs_with_certain_units_and_in_large_samples() -> None:
    assert sampford_joint_probabilities(np.array([1.0, 0.5, 0.5]))[0].tolist() == [1, 0.5, 0.5]
    chances = inclusion_probabilities(np.random.default_rng(3).lognormal(size=400), 150)
    # Σ_{j≠i} π_ij = (n − 1) π_i for any sample of fixed size
    assert sampford_joint_probabilities(chances).sum(axis=1) == pytest.approx(150 * chances, rel=1e-10)
    with pytest.raises(DesignError, match="sum to a whole number; these sum to 0,9"):
        sampford_joint_probabilities(np.array([0.4, 0.5]))


def test_strata_are_drawn_apart() -> None:
    both = select_by_stratum(PEOPLE, "unit", {"a": 3, "b": 7}, seed=9)
    assert both["unit"].value_counts().to_dict() == {"a": 3, "b": 7}
    first = both.drop_duplicates("unit")[["unit", "stratum_population", "stratum_sampled", "weight"]]
    assert first.to_numpy().tolist() == [["a", 10, 3, 10 / 3], ["b", 14, 7, 2.0]]
    alone = select_by_stratum(PEOPLE, "unit", {"a": 0, "b": 7}, seed=9)
    assert alone["name"].tolist() == both.query("unit == 'b'")["name"].tolist()


def test_a_stratified_draw_is_a_design() -> None:
    people = PEOPLE.assign(one=1.0)
    drawn = select_by_stratum(people, "unit", {"a": 3, "b": 7}, seed=9, method="systematic")
    design = Design(drawn, weights="weight", strata="unit", fpc="stratum_population")
    assert total(design, ["one"]).table["estimate"].item() == pytest.approx(24)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: select_simple(PEOPLE, 25, seed=1), "25 rows cannot be drawn from 24"),
        (lambda: select_simple(PEOPLE, 0, seed=1), "0 rows cannot be drawn from 24"),
        (lambda: select_by_stratum(PEOPLE, "unit", {"c": 1}, seed=1), "no stratum c"),
        (lambda: select_by_stratum(PEOPLE, "unit", {"a": 11, "b": 3}, 1), r"not so in a \(11 of 10\)"),
        (lambda: select_by_stratum(PEOPLE, "unit", {"a": 0}, 1), "No stratum is given a size above 0"),
        (lambda: select_by_stratum(PEOPLE, "unit", {"a": 1}, 1, "lottery"), "“lottery” is not a way"),
        (lambda: select_by_stratum(PEOPLE, "unit", {"a": 1}, 1, "pps"), "needs a measure of size"),
        (lambda: select_simple(PEOPLE.assign(weight=1), 2, 1), "writes weight, which the frame already has"),
        (
            lambda: select_pps(COMMUNES.replace(80, 0), 2, seed=1, measure="households"),
            "“households” is “0” in row 3, and 1 row",
        ),
        (lambda: select_pps(COMMUNES, 2, seed=1, measure="people"), "no column “people”"),
    ],
)
def test_refuses_what_cannot_be_drawn(call, sentence: str) -> None:
    with pytest.raises(DesignError, match=sentence):
        call()
