"""Small samples worked by hand: the arithmetic stands beside the number."""

from math import sqrt

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import Design, contrast, mean, poststratify, ratio, total

# Two strata: A, 3 of 6 units (weight 2); B, 3 of 9 (weight 3).
SIX = pd.DataFrame(
    {
        "stratum": list("AAABBB"),
        "population": [6, 6, 6, 9, 9, 9],
        "y": [1, 3, 5, 2, 2, 8],
        "x": [1, 1, 2, 2, 1, 3],
    }
)


@pytest.fixture
def stratified() -> Design:
    return Design(SIX, strata="stratum", fpc="population")


def test_weights_are_population_over_sample(stratified: Design) -> None:
    assert stratified.weights.tolist() == [2, 2, 2, 3, 3, 3]


def test_a_stratified_total(stratified: Design) -> None:
    [row] = total(stratified, "y").table.to_dict("records")
    # 2 (1 + 3 + 5) + 3 (2 + 2 + 8)
    assert row["estimate"] == 54
    # Σ N² (1 − n/N) s² / n with s² = 4 in A (mean 3) and 12 in B (mean 4)
    variance = 6**2 * (1 - 3 / 6) * 4 / 3 + 9**2 * (1 - 3 / 9) * 12 / 3
    assert variance == pytest.approx(240)
    assert row["se"] == pytest.approx(sqrt(240))
    # six units less two strata
    assert row["df"] == 4
    assert row["upper"] - row["estimate"] == pytest.approx(stats.t.ppf(0.975, 4) * sqrt(240))


def test_a_stratified_mean_and_its_design_effect(stratified: Design) -> None:
    [row] = mean(stratified, "y").table.to_dict("records")
    assert row["estimate"] == pytest.approx(54 / 15)
    assert row["se"] == pytest.approx(sqrt(240) / 15)
    # Weighted spread about 3.6: (2 (2.6² + 0.6² + 1.4²) + 3 (1.6² + 1.6² + 4.4²)) / 15 · 6/5 = 7.328;
    # six of fifteen drawn at random would give 7.328 · (1 − 6/15) / 6 = 0.7328
    assert row["deff"] == pytest.approx(240 / 225 / 0.7328)
    assert row["n_effective"] == pytest.approx(6 / row["deff"])


def test_the_mean_of_a_domain(stratified: Design) -> None:
    [row] = mean(stratified.where("y < 4"), "y").table.to_dict("records")
    # 1 and 3 with weight 2, 2 and 2 with weight 3: 20 of 10 units
    assert row["estimate"] == pytest.approx(2)
    # Scores w (y − 2) / 10 are −0.2, 0.2 and 0 in A and nothing in B; 3 · (1 − 3/6) · s², s² = 0.04
    assert row["se"] ** 2 == pytest.approx(0.06)
    assert row["n"] == 4


def test_a_ratio(stratified: Design) -> None:
    [row] = ratio(stratified, "y", "x").table.to_dict("records")
    # 54 over 2 · 4 + 3 · 6 = 26
    assert row["estimate"] == pytest.approx(54 / 26)
    # Scores of y − (54/26) x, times w, over 26
    scores = np.array([2, 2, 2, 3, 3, 3]) * (SIX["y"] - 54 / 26 * SIX["x"]).to_numpy() / 26
    variance = 3 * 0.5 * scores[:3].var(ddof=1) + 3 * (2 / 3) * scores[3:].var(ddof=1)
    assert row["se"] == pytest.approx(sqrt(variance))


def test_shares_of_a_category_vary_together(stratified: Design) -> None:
    sample = Design(SIX.assign(big=SIX["y"] > 2), strata="stratum", fpc="population")
    e = mean(sample, "big")
    # Answers above 2: two of A (weight 2) and one of B (weight 3), 7 of 15
    assert e.table.loc["big=True", "estimate"] == pytest.approx(7 / 15)
    assert e.table["estimate"].sum() == pytest.approx(1)
    assert e.covariance.loc["big=True", "big=False"] == pytest.approx(-(e.table["se"].iloc[0] ** 2))


def test_strata_are_independent(stratified: Design) -> None:
    e = mean(stratified, "y", by="stratum")
    # Means 3 and 4; variances (1 − 3/6) 4/3 and (1 − 3/9) 12/3
    assert e.table["estimate"].tolist() == [3, 4]
    assert np.allclose(e.covariance, np.diag([2 / 3, 8 / 3]))
    difference = contrast(e, {"B − A": {("B", "y"): 1, ("A", "y"): -1}}).table.iloc[0]
    assert (difference["estimate"], difference["se"]) == (pytest.approx(1), pytest.approx(sqrt(10 / 3)))


def test_two_stages() -> None:
    """Two of four villages, two of three households in each: weight 4/2 · 3/2 = 3."""
    villages = pd.DataFrame(
        {"village": [1, 1, 2, 2], "villages": 4, "house": [1, 2, 1, 2], "houses": 3, "y": [1, 3, 5, 9]}
    )
    design = Design(villages, clusters=["village", "house"], fpc=["villages", "houses"])
    [row] = total(design, "y").table.to_dict("records")
    assert row["estimate"] == 3 * 18
    # First stage: village totals 6 and 21 have s² = 112.5, so 4² (1 − 1/2) 112.5 / 2 = 450.
    # Second stage: s² = 2 and 8 within, so 4/2 · (3² (1 − 2/3) 2/2 + 3² (1 − 2/3) 8/2) = 30.
    assert row["se"] ** 2 == pytest.approx(480)
    assert row["df"] == 1


def test_post_stratification() -> None:
    """Four of eight people; three women, one man answered, though half the people are men."""
    people = pd.DataFrame({"people": 8, "sex": ["f", "f", "f", "m"], "y": [1, 2, 6, 5]})
    design = poststratify(Design(people, fpc="people"), "sex", {"f": 4, "m": 4})
    assert design.weights.tolist() == pytest.approx([4 / 3, 4 / 3, 4 / 3, 4])
    [row] = total(design, "y").table.to_dict("records")
    # 4/3 (1 + 2 + 6) + 4 · 5
    assert row["estimate"] == pytest.approx(32)
    # Distances from the sex's mean, −2, −1, 3 and 0, times the new weights; n (1 − n/N) s² of these
    scores = np.array([-8 / 3, -4 / 3, 4, 0])
    assert row["se"] ** 2 == pytest.approx(4 * 0.5 * scores.var(ddof=1))
    # Sizes that the targets fix have no error
    assert mean(design, "sex").table["se"].tolist() == [0, 0]


class TestLonelyUnitsInADomain:
    """Three units a stratum, the domain holds one of A (4) and two of B (1 and 5); every weight is 1."""

    def variance(self, **rule: object) -> float:
        frame = pd.DataFrame({"s": list("AAABBB"), "y": [4, 9, 9, 1, 5, 9], "inside": [1, 0, 0, 1, 1, 0]})
        domain = Design(frame, strata="s", **rule).where("inside == 1")
        return total(domain, "y").table["se"].iloc[0] ** 2

    def test_are_not_alone_where_the_stratum_has_others(self) -> None:
        # 3/2 Σ (y − mean)², units outside counting as 0: A has mean 4/3, 32/3; B has mean 2, 14
        assert self.variance() == pytest.approx(16 + 21)
        assert self.variance(lonely="adjust") == pytest.approx(16 + 21)

    def test_may_be_taken_from_the_mean_of_all_units(self) -> None:
        # A from 10/6: (4 − 5/3)² + 2 (5/3)² = 11, times 3/2
        assert self.variance(lonely="adjust", lonely_in_domains=True) == pytest.approx(16.5 + 21)

    def test_may_be_replaced_by_the_average_stratum(self) -> None:
        assert self.variance(lonely="average", lonely_in_domains=True) == pytest.approx(2 * 21)
