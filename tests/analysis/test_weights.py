"""An analyst weights the answers to what is known of the population, and is told what does not fit."""

import numpy as np
import pandas as pd
import pytest

from analysis import Design, DesignError, base_weights, poststratify

PEOPLE = pd.DataFrame(
    {
        "unit": ["home", "home", "health", "health", "health"],
        "sex": ["f", "m", "f", "f", "m"],
        "age": pd.Categorical(["young", "old", "old", "young", "old"], ["young", "old", "ancient"]),
        "w": [10.0, 10, 20, 20, 20],
    }
)


def sample(**columns: object) -> Design:
    return Design(PEOPLE.assign(**columns), weights="w")


class TestBaseWeights:
    def test_are_population_over_respondents(self) -> None:
        weights = base_weights(PEOPLE, "unit", {"home": 100, "health": 90, "transport": 5})
        assert weights.tolist() == [50, 50, 30, 30, 30]

    def test_read_a_table_by_two_columns(self) -> None:
        totals = pd.DataFrame(
            {"unit": ["home", "home", "health", "health"], "sex": list("fmfm"), "people": [4, 6, 10, 7]}
        )
        assert base_weights(PEOPLE, ["unit", "sex"], totals).tolist() == [4, 6, 5, 5, 7]

    def test_name_every_stratum_without_a_population(self) -> None:
        with pytest.raises(DesignError, match="No population is given for unit = health; unit = home"):
            base_weights(PEOPLE, "unit", {"transport": 5})

    def test_name_a_stratum_smaller_than_its_respondents(self) -> None:
        with pytest.raises(DesignError, match="more rows than population units in unit = health"):
            base_weights(PEOPLE, "unit", {"home": 100, "health": 2})


class TestPostStratification:
    def test_hits_the_totals_of_each_cell(self) -> None:
        weights = poststratify(sample(), "sex", {"f": 100, "m": 90}).weights
        # Women weigh 10 + 20 + 20 = 50 and become 100; men 30 and become 90
        assert weights == pytest.approx([20, 30, 40, 40, 60])

    def test_takes_cells_of_several_columns_as_a_series(self) -> None:
        totals = pd.Series({("f", "young"): 60, ("f", "old"): 40, ("m", "old"): 30})
        weights = poststratify(sample(), ["sex", "age"], totals).weights
        assert weights == pytest.approx([20, 10, 40, 40, 20])

    def test_takes_a_table_of_cells(self) -> None:
        totals = pd.DataFrame({"count": [100, 90], "sex": ["f", "m"]})
        assert poststratify(sample(), "sex", totals).weights.sum() == pytest.approx(190)

    def test_takes_a_category_without_its_empty_levels(self) -> None:
        weights = poststratify(sample(), "age", {"young": 30, "old": 50, "ancient": 0}).weights
        assert weights == pytest.approx([10, 10, 20, 20, 20])

    def test_names_the_cells_with_a_total_but_no_respondent(self) -> None:
        totals = {("f", "young"): 60, ("f", "old"): 40, ("m", "old"): 30, ("m", "young"): 9}
        with pytest.raises(DesignError, match=r"total but no respondent in sex = m, age = young\. Join"):
            poststratify(sample(), ["sex", "age"], totals)

    def test_names_the_cells_with_respondents_but_no_total(self) -> None:
        with pytest.raises(DesignError, match=r"respondents but no population total in sex = m\. Add"):
            poststratify(sample(), "sex", {"f": 100})

    @pytest.mark.parametrize(
        ("totals", "sentence"),
        [
            ({"f": 100, "m": -1}, "missing, infinite or negative for sex = m"),
            ({"f": 100, "m": None}, "missing, infinite or negative for sex = m"),
            ({"f": 100, "m": "many"}, "missing, infinite or negative for sex = m"),
            (pd.Series([1, 2, 3], index=["f", "m", "f"]), "Several totals are given for sex = f"),
            (pd.DataFrame({"gender": ["f"], "count": [1]}), "has the columns sex and one of numbers"),
        ],
    )
    def test_refuses_totals_that_cannot_be(self, totals: object, sentence: str) -> None:
        with pytest.raises(DesignError, match=sentence):
            poststratify(sample(), "sex", totals)

    def test_refuses_missing_values_and_domains(self) -> None:
        with pytest.raises(DesignError, match="Column “sex” lacks 1 value"):
            poststratify(sample(sex=["f", "m", "f", "f", None]), "sex", {"f": 1, "m": 1})
        with pytest.raises(DesignError, match="whole sample first"):
            poststratify(sample().where("sex == 'f'"), "sex", {"f": 1, "m": 1})

    def test_reports_what_it_did(self) -> None:
        report = poststratify(sample(), "sex", {"f": 100, "m": 90}).report
        assert report["step"].tolist() == ["start", "post-stratify by sex"]
        done = report.iloc[1]
        assert (done["before"], done["after"]) == (80, pytest.approx(190))
        assert (done["smallest"], done["largest"]) == (pytest.approx(20), pytest.approx(60))
        assert (done["smallest_factor"], done["largest_factor"]) == (pytest.approx(2), pytest.approx(3))
        # 5 (20² + 30² + 40² + 40² + 60²) / 190²
        assert done["kish_deff"] == pytest.approx(5 * 8100 / 190**2)
        assert done["n_effective"] == pytest.approx(190**2 / 8100)
        assert done["worst_gap"] < 1e-12

    def test_a_second_step_starts_from_the_first(self) -> None:
        first = poststratify(sample(), "sex", {"f": 100, "m": 90})
        second = poststratify(first, "unit", {"home": 50, "health": 140})
        assert second.report["before"].tolist() == pytest.approx([80, 80, 190])
        assert np.bincount([0, 0, 1, 1, 1], second.weights) == pytest.approx([50, 140])
