"""An analyst rakes a sample to several margins, and is told which of them cannot be met."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import Design, DesignError, mean, rake, replicate, total

PEOPLE = pd.DataFrame(
    {
        "sex": ["f", "f", "m", "m", "f", "m"],
        "area": ["01", "02", "01", "02", "02", "02"],
        "w": [10.0, 10, 10, 10, 20, 20],
        "y": [3.0, 4, 2, 5, 4, 1],
    }
)
MARGINS = {"sex": {"f": 60, "m": 40}, "area": {"01": 30, "02": 70}}


def sample(**columns: object) -> Design:
    return Design(PEOPLE.assign(**columns), weights="w")


class TestRaking:
    def test_hits_every_margin(self) -> None:
        weights = rake(sample(), MARGINS).weights
        assert weights[[0, 1, 4]].sum() == pytest.approx(60)
        assert weights[[0, 2]].sum() == pytest.approx(30)

    def test_keeps_the_odds_between_cells(self) -> None:
        # Fitting margins in turn multiplies rows and columns, so cross-product ratios stay: 10·30 / (30·10)
        weights = rake(sample(), MARGINS).weights
        f1, m1 = weights[0], weights[2]
        f2, m2 = weights[[1, 4]].sum(), weights[[3, 5]].sum()
        assert f1 * m2 / (f2 * m1) == pytest.approx(10 * 30 / (30 * 10))

    def test_takes_a_crossing_of_columns_as_a_margin(self) -> None:
        crossing = {("f", "01"): 20, ("f", "02"): 40, ("m", "01"): 15, ("m", "02"): 25}
        weights = rake(sample(), {("sex", "area"): crossing}).weights
        assert weights[[1, 4]].sum() == pytest.approx(40)

    def test_takes_a_row_without_weight_for_nobody(self) -> None:
        raked = rake(sample(w=[10.0, 10, 10, 10, 20, 0], sex=["f", "f", "m", "m", "f", None]), MARGINS)
        assert raked.weights[-1] == 0
        assert raked.weights.sum() == pytest.approx(100)
        assert mean(raked, "y").table["se"].notna().all()

    def test_knows_the_population_when_it_speaks_of_errors(self) -> None:
        for variance in ("rake", "calibrate"):
            raked = rake(sample(one=1.0), MARGINS, variance=variance)
            assert total(raked, "one").table["se"].iloc[0] == pytest.approx(0, abs=1e-9)

    def test_reports_its_rounds_and_its_worst_margin(self) -> None:
        step = rake(sample(), MARGINS).report.iloc[-1]
        assert step["step"] == "rake by sex, area"
        assert step["iterations"] > 1
        assert step["converged"]
        assert step["worst_gap"] < 1e-9

    @given(st.lists(st.floats(0.5, 2), min_size=6, max_size=6), st.floats(0.2, 0.8), st.floats(0.2, 0.8))
    def test_meets_any_margins_of_a_full_table(self, weights: list[float], men: float, rural: float) -> None:
        margins = {"sex": {"f": 1 - men, "m": men}, "area": {"01": rural, "02": 1 - rural}}
        raked = rake(sample(w=weights), margins).weights
        assert raked[[2, 3, 5]].sum() == pytest.approx(men)
        assert raked[[0, 2]].sum() == pytest.approx(rural)


class TestRefusals:
    def test_margins_of_different_populations(self) -> None:
        with pytest.raises(DesignError, match="those of sex sum to 100, those of area to 90"):
            rake(sample(), {**MARGINS, "area": {"01": 30, "02": 60}})

    def test_a_cell_without_respondents(self) -> None:
        with pytest.raises(DesignError, match="no respondent in sex = x"):
            rake(sample(), {**MARGINS, "sex": {"f": 50, "m": 40, "x": 10}})

    def test_a_respondent_without_a_total(self) -> None:
        with pytest.raises(DesignError, match="no population total in area = 02"):
            rake(sample(), {**MARGINS, "area": {"01": 100}})

    def test_a_respondent_without_an_answer(self) -> None:
        with pytest.raises(DesignError, match=r"“sex” lacks 1 value.*first in row 5"):
            rake(sample(sex=["f", "f", "m", "m", "f", None]), MARGINS)

    def test_margins_that_no_weights_meet(self) -> None:
        # All women live in 01 and all men in 02: sex and area must agree, and do not
        design = sample(area=["01", "01", "02", "02", "01", "02"])
        with pytest.raises(DesignError, match=r"No weights meet all margins: sex = . misses its total by"):
            rake(design, MARGINS)

    def test_too_few_rounds(self) -> None:
        with pytest.raises(DesignError, match=r"not settled after 1 rounds: .* misses its total by"):
            rake(sample(), MARGINS, max_rounds=1)

    def test_an_unknown_rule_for_the_variance(self) -> None:
        with pytest.raises(DesignError, match=r"“bootstrap” is not a rule.*rake, calibrate"):
            rake(sample(), MARGINS, variance="bootstrap")  # type: ignore[arg-type]


class TestTargetFiles:
    def test_a_sheet_is_a_margin(self, tmp_path: Path) -> None:
        path = tmp_path / "margins.xlsx"
        with pd.ExcelWriter(path) as book:
            pd.DataFrame({"sex": ["f", "m"], "people": [60, 40]}).to_excel(book, sheet_name="a", index=False)
            pd.DataFrame({"area": ["01", "02"], "people": [30, 70]}).to_excel(
                book, sheet_name="b", index=False
            )
        assert rake(sample(), path).weights == pytest.approx(rake(sample(), MARGINS).weights)

    def test_text_keeps_its_leading_zero(self, tmp_path: Path) -> None:
        path = tmp_path / "area.csv"
        path.write_text("area,people\n01,30\n02,70\n")
        raked = rake(sample(), {"sex": MARGINS["sex"], "area": path})
        assert raked.weights == pytest.approx(rake(sample(), MARGINS).weights)

    def test_numbers_stay_numbers(self, tmp_path: Path) -> None:
        path = tmp_path / "area.csv"
        path.write_text("area,people\n1,30\n2,70\n")
        design = sample(area=PEOPLE["area"].astype(int))
        assert rake(design, {"area": path}).weights[[0, 2]].sum() == pytest.approx(30)

    def test_each_fault_is_named_by_sheet_row_and_column(self, tmp_path: Path) -> None:
        path = tmp_path / "area.csv"
        path.write_text("area,people\n01,thirty\n,70\n02,-1\n")
        with pytest.raises(DesignError) as caught:
            rake(sample(), {"area": path})
        said = str(caught.value)
        assert "“area.csv”, row 2: the total in column “people” is “thirty”" in said
        assert "“area.csv”, row 3: column “area” is empty" in said
        assert "row 4" in said

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(DesignError, match=r"file of totals .*none\.csv cannot be read"):
            rake(sample(), {"area": tmp_path / "none.csv"})


class TestReplicates:
    def test_go_through_the_raking_again(self) -> None:
        raked = rake(replicate(sample(), "jackknife"), MARGINS)
        for weights in raked.replicate_weights():
            if np.isfinite(weights).all():
                assert weights[[0, 2]].sum() == pytest.approx(30, rel=1e-6)
