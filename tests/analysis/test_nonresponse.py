"""An analyst raises the weights of those who answered, so that they stand for those who did not."""

import numpy as np
import pandas as pd
import pytest

from analysis import Design, DesignError, adjust_nonresponse, calibrate, mean, poststratify, rake, replicate
from analysis.estimation.inference import score_covariance

rng = np.random.default_rng(7)
ROWS = 60
SELECTED = pd.DataFrame(
    {
        "sex": rng.choice(["f", "m"], ROWS),
        "age": rng.integers(18, 80, ROWS).astype(float),
        "psu": np.repeat(np.arange(15), 4),
        "w": rng.uniform(5, 20, ROWS),
        "y": rng.normal(3, 1, ROWS),
    }
)
SELECTED["answered"] = rng.random(ROWS) < np.where(SELECTED["sex"] == "f", 0.8, 0.5)
SELECTED.loc[~SELECTED["answered"], "y"] = np.nan


def selected(**columns: object) -> Design:
    return Design(SELECTED.assign(**columns), weights="w", clusters="psu")


class TestClasses:
    def test_respondents_stand_for_their_class(self) -> None:
        adjusted = adjust_nonresponse(selected(), "answered", classes=["sex"])
        by_class = SELECTED.groupby("sex")["w"].sum()
        assert pd.Series(adjusted.weights).groupby(SELECTED["sex"]).sum().tolist() == pytest.approx(
            by_class.tolist()
        )
        assert (adjusted.weights[~SELECTED["answered"]] == 0).all()

    def test_a_condition_says_who_answered(self) -> None:
        adjusted = adjust_nonresponse(selected(), "y == y", classes="sex")
        assert adjusted.weights == pytest.approx(adjust_nonresponse(selected(), "answered", "sex").weights)

    def test_the_record_speaks_of_those_left(self) -> None:
        step = adjust_nonresponse(selected(), "answered", "sex").report.iloc[-1]
        assert step["step"] == "nonresponse by sex"
        assert step["smallest"] > 0
        assert step["after"] == pytest.approx(step["before"])

    def test_names_a_class_nobody_of_which_answered(self) -> None:
        design = selected(answered=SELECTED["sex"] == "f")
        with pytest.raises(DesignError, match="Nobody answered in sex = m"):
            adjust_nonresponse(design, "answered", "sex")

    def test_refuses_what_is_neither_yes_nor_no(self) -> None:
        with pytest.raises(DesignError, match="row 3 has 2"):
            adjust_nonresponse(selected(answered=[1, 0, 1, 2, *[1] * 56]), "answered", "sex")


class TestModel:
    def test_divides_by_the_probability_of_response(self) -> None:
        adjusted = adjust_nonresponse(selected(), "answered", model=["sex", "age"])
        chance = (SELECTED["w"] / adjusted.weights)[SELECTED["answered"]]
        assert chance.between(0, 1).all()
        assert chance[SELECTED["sex"] == "f"].mean() > chance[SELECTED["sex"] == "m"].mean()

    def test_a_model_of_one_category_is_its_classes(self) -> None:
        by_model = adjust_nonresponse(selected(), "answered", model="sex")
        by_class = adjust_nonresponse(selected(), "answered", "sex")
        assert by_model.weights == pytest.approx(by_class.weights)
        assert mean(by_model, "y").table["se"].iloc[0] == pytest.approx(
            mean(by_class, "y").table["se"].iloc[0]
        )

    def test_is_the_likelihoods(self) -> None:
        # R 4.2.2: 1 / fitted(glm(r ~ age, binomial, control = list(epsilon = 1e-15)))
        theirs = [1.937657931387539, 1.551863688308811, 1.324802382914981, 1.249179838831751]
        six = pd.DataFrame({"age": [20.0, 30, 40, 50, 60, 70], "r": [1, 0, 1, 0, 1, 1], "w": 1.0})
        adjusted = adjust_nonresponse(Design(six, weights="w"), "r", model="age", weighted=False)
        assert adjusted.weights[[0, 2, 4, 5]] == pytest.approx(theirs, rel=1e-8)

    def test_quantiles_of_its_probability_make_classes(self) -> None:
        adjusted = adjust_nonresponse(selected(), "answered", model="age", method="classes", groups=3)
        factors = adjusted.weights[SELECTED["answered"]] / SELECTED.loc[SELECTED["answered"], "w"]
        assert len(np.unique(factors.round(9))) == 3

    def test_refuses_a_model_that_tells_without_fail(self) -> None:
        with pytest.raises(DesignError, match="without fail"):
            adjust_nonresponse(selected(answered=SELECTED["age"] > 40), "answered", model="age")

    def test_refuses_classes_and_a_model_at_once(self) -> None:
        with pytest.raises(DesignError, match="by classes or by a model"):
            adjust_nonresponse(selected(), "answered", "sex", model="age")


STEPS = {
    "classes": lambda design: adjust_nonresponse(design, "answered", "sex"),
    "model": lambda design: adjust_nonresponse(design, "answered", model=["sex", "age"]),
    "classes, then post-stratified": lambda design: poststratify(
        adjust_nonresponse(design, "answered", "sex"), "sex", {"f": 400, "m": 350}
    ),
    "model, then calibrated": lambda design: calibrate(
        adjust_nonresponse(design, "answered", model=["age"]),
        ["sex", "age"],
        {"sex": {"f": 400, "m": 350}, "age": 36000},
    ),
    "post-stratified, then classes": lambda design: adjust_nonresponse(
        poststratify(design, "sex", {"f": 400, "m": 350}), "answered", "sex"
    ),
}


class TestVariance:
    @pytest.mark.parametrize("steps", STEPS)
    def test_is_that_of_the_estimates_derivative(self, steps: str) -> None:
        # The score of a row is how fast the estimate moves as the row counts for more, all steps done anew
        weigh, step = STEPS[steps], 1e-6
        adjusted = weigh(selected())
        ours = mean(adjusted, "y").table.iloc[0]
        scores = np.empty(ROWS)
        for row in range(ROWS):
            moved = SELECTED["w"].copy()
            moved[row] *= 1 + step
            scores[row] = (
                mean(weigh(selected(w=moved)), "y").table["estimate"].iloc[0] - ours["estimate"]
            ) / step
        expected = score_covariance(selected(), scores[:, None])[0, 0] ** 0.5
        assert ours["se"] == pytest.approx(expected, rel=1e-4)

    def test_agrees_with_the_jackknife(self) -> None:
        for weigh in STEPS.values():
            linearised = mean(weigh(selected()), "y").table["se"].iloc[0]
            replicated = mean(weigh(replicate(selected(), "jackknife")), "y").table["se"].iloc[0]
            assert replicated == pytest.approx(linearised, rel=0.25)

    def test_raking_respondents_needs_nothing_of_the_others(self) -> None:
        adjusted = adjust_nonresponse(selected(), "answered", "sex")
        known = Design(
            SELECTED.assign(group=SELECTED["sex"].where(SELECTED["answered"])), weights="w", clusters="psu"
        )
        again = adjust_nonresponse(known, "answered", "sex")
        raked = rake(again, {"group": {"f": 400, "m": 350}})
        same = rake(adjusted, {"sex": {"f": 400, "m": 350}})
        assert raked.weights == pytest.approx(same.weights)
        assert mean(raked, "y").table["se"].iloc[0] == pytest.approx(mean(same, "y").table["se"].iloc[0])
