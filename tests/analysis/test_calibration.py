"""An analyst brings weights in line with several totals at once, and trims what that stretches too far."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import Design, DesignError, calibrate, mean, poststratify, rake, replicate, scale, total, trim
from analysis.estimation import linearise
from tests.analysis.r_survey import assert_close, design

SEX = {1: 135e6, 2: 142e6}
RACE = {1: 44e6, 2: 185e6, 3: 34e6, 4: 14e6}
BOTH = {"RIAGENDR": SEX, "race": RACE}


# R 4.2.2, survey 4.1-1, on svydesign(id=~SDMVPSU, strata=~SDMVSTRA, weights=~WTMEC2YR, nest=TRUE) of nhanes:
# svymean(~HI_CHOL), then SE of it, of svyby(~HI_CHOL, ~agecat) and of subset(d, race == 3); epsilon=1e-10
RAKE = """0.112350503673527 0.00530318012722098 0.00267256856158272 0.00881234631937873
    0.0106709189890859 0.0124466587581082 0.0104696297286038"""
CALIBRATE_RAKING = """0.112350503673527 0.00536672082713379 0.00266920253115843 0.0088584333780793
    0.0107292246124395 0.0122917047003693 0.0103969648056869"""
STRATIFY_CALIBRATE = """0.112331581317716 0.00536925825615299 0.00266734164243887 0.0088602091321051
    0.0107363442126551 0.0122883852852535 0.0103901393832434"""
TRIM_CALIBRATE = """0.112015796763573 0.00536967217294714 0.00266857272393529 0.00889736410865815
    0.0108257613583591 0.0123384689616768 0.0103743495959573"""


class TestTheNumbersOfR:
    def test_rake(self) -> None:
        assert_cholesterol(rake(design("nhanes"), BOTH, tolerance=1e-10, max_rounds=100), RAKE)

    def test_calibrate_by_raking_distance_whose_variance_rake_can_take(self) -> None:
        assert_cholesterol(calibrate(design("nhanes"), list(BOTH), BOTH, "raking"), CALIBRATE_RAKING)
        assert_cholesterol(rake(design("nhanes"), BOTH, variance="calibrate"), CALIBRATE_RAKING)

    def test_post_stratify_then_calibrate(self) -> None:
        stratified = poststratify(design("nhanes"), "RIAGENDR", SEX)
        assert_cholesterol(calibrate(stratified, ["race"], {"race": RACE}), STRATIFY_CALIBRATE)

    def test_trim_then_calibrate_within_bounds(self) -> None:
        trimmed = trim(design("nhanes"), upper=1e5)
        bounded = calibrate(trimmed, ["race"], {"race": RACE}, "logit", (0.5, 2))
        assert_cholesterol(bounded, TRIM_CALIBRATE)


def assert_cholesterol(ours: Design, theirs: str) -> None:
    """R's estimate, its error, those by age, and that of the third race."""
    overall = mean(ours, "HI_CHOL").table.iloc[0]
    ages = mean(ours, "HI_CHOL", by="agecat").table.sort_values("agecat")
    third = mean(ours.where("race == 3"), "HI_CHOL").table.iloc[0]
    numbers = [overall["estimate"], overall["se"], *_by_age(ages), third["se"]]
    assert_close(numbers, [float(number) for number in theirs.split()], 1e-8)


def _by_age(table: pd.DataFrame) -> list[float]:
    return table.set_index("agecat").loc[["(0,19]", "(19,39]", "(39,59]", "(59,Inf]"], "se"].tolist()


PEOPLE = pd.DataFrame(
    {
        "sex": ["f", "f", "m", "m", "f", "m"],
        "age": [20.0, 40, 60, 30, 50, 70],
        "w": [10.0, 10, 10, 10, 20, 20],
        "y": [3.0, 4, 2, 5, 4, 1],
    }
)
KNOWN = {"sex": {"f": 45, "m": 42}, "age": 4200.0}


def sample(**columns: object) -> Design:
    return Design(PEOPLE.assign(**columns), weights="w")


class TestCalibration:
    @pytest.mark.parametrize(
        ("distance", "bounds"),
        [("linear", None), ("raking", None), ("logit", (0.3, 3)), ("linear", (0.8, 1.3))],
    )
    def test_meets_categories_and_numbers(self, distance: str, bounds: tuple[float, float] | None) -> None:
        calibrated = calibrate(sample(), ["sex", "age"], KNOWN, distance, bounds)  # type: ignore[arg-type]
        assert total(calibrated, "age").table["estimate"].iloc[0] == pytest.approx(4200)
        assert total(calibrated, "sex").table["estimate"].tolist() == pytest.approx([45, 42])
        assert total(calibrated, "age").table["se"].iloc[0] == pytest.approx(0, abs=1e-8)
        factors = calibrated.weights / sample().weights
        assert bounds is None or (factors.min() >= bounds[0] and factors.max() <= bounds[1])

    def test_linear_on_a_number_alone_is_the_ratio_that_its_spread_asks_for(self) -> None:
        # With residual variance proportional to age, the factor is one ratio: 4200 / Σ w age = 4200 / 3900
        calibrated = calibrate(sample(), "age", {"age": 4200}, spread="age")
        assert calibrated.weights == pytest.approx(PEOPLE["w"] * 4200 / 3900)

    def test_takes_the_size_of_the_population_with_numbers(self) -> None:
        calibrated = calibrate(sample(), "age", {"age": 4200}, population=90)
        assert calibrated.weights.sum() == pytest.approx(90)

    def test_bounds_the_weights_themselves(self) -> None:
        weights = calibrate(
            sample(), ["sex"], {"sex": {"f": 45, "m": 42}}, bounds=(9, 21.5), bounds_on="weight"
        )
        assert weights.weights.max() <= 21.5

    def test_gives_one_factor_to_all_of_a_household(self) -> None:
        design = Design(PEOPLE.assign(home=[1, 1, 2, 2, 3, 3]), weights="w", clusters="home")
        factors = (
            calibrate(design, ["sex"], {"sex": {"f": 45, "m": 42}}, aggregate_stage=1).weights / PEOPLE["w"]
        )
        assert factors.iloc[::2].to_numpy() == pytest.approx(factors.iloc[1::2].to_numpy())

    def test_replicates_meet_the_totals_too(self) -> None:
        calibrated = calibrate(replicate(sample(), "jackknife"), ["sex"], {"sex": KNOWN["sex"]})
        for weights in calibrated.replicate_weights():
            assert weights[[0, 1, 4]].sum() == pytest.approx(45)

    @given(st.floats(35, 60), st.floats(35, 60), st.lists(st.floats(0.5, 2), min_size=6, max_size=6))
    def test_factors_stay_as_near_to_one_as_post_stratification(
        self, women: float, men: float, spread: list[float]
    ) -> None:
        before = sample(w=PEOPLE["w"] * spread)
        wanted = {"f": women, "m": men}
        cells = poststratify(before, "sex", wanted).weights
        for distance in ("linear", "raking"):
            assert calibrate(before, "sex", {"sex": wanted}, distance).weights == pytest.approx(cells)


class TestRefusals:
    def test_bounds_that_are_too_narrow_say_which_would_do(self) -> None:
        # Women have 40 and are to have 60: no factor under 1.5 can do
        with pytest.raises(DesignError, match=r"0\.9 to 1\.1 cannot meet.*sex = f.*are 0\.5 to 1\.5"):
            calibrate(sample(), ["sex"], {"sex": {"f": 60, "m": 42}}, bounds=(0.9, 1.1))

    def test_weights_below_zero(self) -> None:
        totals = {"sex": {"f": 45, "m": 42}, "age": 4900}
        with pytest.raises(DesignError, match=r"makes 1 weight.* negative.*raking or logit"):
            calibrate(sample(), ["sex", "age"], totals)
        assert calibrate(sample(), ["sex", "age"], totals, negative=True).weights.min() < 0

    @pytest.mark.parametrize(
        ("totals", "sentence"),
        [
            ({"sex": {"f": 45, "m": 42}}, "no total for age"),
            ({**KNOWN, "area": 3}, "totals for area, which are not"),
            ({"sex": {"f": 45}, "age": 4200}, "no population total in sex = m"),
            ({"sex": 3, "age": 4200}, "“sex” has one total, but 6 row"),
            ({**KNOWN, "age": 1e9}, "has not met the totals after"),
        ],
    )
    def test_totals_that_cannot_be(self, totals: dict, sentence: str) -> None:
        with pytest.raises(DesignError, match=sentence):
            calibrate(sample(), ["sex", "age"], totals, "raking")

    def test_totals_of_different_populations(self) -> None:
        with pytest.raises(DesignError, match="those of sex sum to 87, those of population to 90"):
            calibrate(sample(), ["sex"], {"sex": KNOWN["sex"]}, population=90)

    def test_logit_without_bounds(self) -> None:
        with pytest.raises(DesignError, match="needs bounds"):
            calibrate(sample(), ["sex"], {"sex": KNOWN["sex"]}, "logit")

    @pytest.mark.parametrize("bounds", [0.5, (0.5,), ("low", "high"), (2, 0.5)])
    def test_bounds_that_are_no_pair_of_numbers(self, bounds: object) -> None:
        with pytest.raises(DesignError, match="a lower and an upper number"):
            calibrate(sample(), ["sex"], {"sex": KNOWN["sex"]}, bounds=bounds)

    def test_a_number_that_is_missing(self) -> None:
        with pytest.raises(DesignError, match=r"1 row.* hold no number, first row 1"):
            calibrate(sample(age=[20, None, 60, 30, 50, 70]), "age", {"age": 4200})


class TestTrimming:
    def test_spreads_what_it_cuts_evenly(self) -> None:
        # Two weights of 20 are cut by 5 each; the other four take 10 / 4
        assert trim(sample(), upper=15).weights.tolist() == [12.5, 12.5, 12.5, 12.5, 15, 15]

    def test_goes_on_until_all_keep_to_the_bounds(self) -> None:
        weights = trim(sample(w=[1.0, 11.9, 12, 13, 20, 22.1]), upper=14, strict=True).weights
        assert weights.max() <= 14
        assert weights.sum() == pytest.approx(80)

    def test_refuses_bounds_without_room(self) -> None:
        with pytest.raises(DesignError, match=r"cannot keep their sum: their mean is 13\.3333"):
            trim(sample(), upper=13, strict=True)
        with pytest.raises(DesignError, match="No weight is left"):
            trim(sample(), lower=11, upper=12)


class TestScaling:
    def test_to_a_total_or_the_rows(self) -> None:
        assert scale(sample(), 160).weights.tolist() == [20, 20, 20, 20, 40, 40]
        assert scale(sample()).weights.sum() == pytest.approx(6)
        assert_close(mean(scale(sample(), 160), "y").table["se"], mean(sample(), "y").table["se"])

    def test_refuses_no_sum(self) -> None:
        with pytest.raises(DesignError, match="sum above 0"):
            scale(sample(), -np.inf)
        with pytest.raises(DesignError, match="not to answers"):
            scale(sample(), "answers")


@pytest.mark.parametrize("variance", ["rake", "calibrate"])
def test_domains_agree_however_many_sums_are_held(variance: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raked = rake(design("nhanes"), BOTH, variance=variance)  # type: ignore[arg-type]
    by_grid = mean(raked, "HI_CHOL", by=["agecat", "race"])
    monkeypatch.setattr(linearise, "GRID_LIMIT", 0)
    assert_close(mean(raked, "HI_CHOL", by=["agecat", "race"]).covariance, by_grid.covariance)
