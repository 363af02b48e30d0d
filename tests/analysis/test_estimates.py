"""An analyst asks for estimates: what can be asked for, how missing answers count, what is refused."""

import numpy as np
import pandas as pd
import pytest

from analysis import Design, DesignError, Estimate, contrast, domain_means, mean, proportion, ratio, total

ANSWERS = pd.DataFrame(
    {
        "unit": ["home", "home", "home", "health", "health", "health"],
        "w": [1.0, 2, 3, 1, 1, 2],
        "q1": [1, 2, np.nan, 4, 5, 3],
        "q2": [5, 4, 3, np.nan, 2, 1],
        "told": pd.array([True, False, True, None, True, True], dtype="boolean"),
        "place": pd.Categorical(["desk", None, "web", "web", "desk", "web"], ["web", "desk", "post"]),
        "when": pd.Timestamp("2026-01-01"),
    }
)


@pytest.fixture
def survey() -> Design:
    return Design(ANSWERS, weights="w")


def estimates(e: Estimate) -> dict[str, float]:
    return e.table["estimate"].to_dict()


def test_each_item_counts_over_its_own_answers(survey: Design) -> None:
    e = mean(survey, ["q1", "q2"])
    # q1: (1 + 4 + 4 + 5 + 6) / 7; q2: (5 + 8 + 9 + 2 + 2) / 9
    assert estimates(e) == {"q1": pytest.approx(20 / 7), "q2": pytest.approx(26 / 9)}
    assert e.table["n"].tolist() == [5, 5]


def test_listwise_counts_only_rows_with_every_answer(survey: Design) -> None:
    e = mean(survey, ["q1", "q2"], missing="listwise")
    # rows 1, 2, 5, 6: q1 (1 + 4 + 5 + 6) / 6, q2 (5 + 8 + 2 + 2) / 6
    assert estimates(e) == {"q1": pytest.approx(16 / 6), "q2": pytest.approx(17 / 6)}
    assert e.table["n"].tolist() == [4, 4]


def test_a_category_has_a_share_for_each_level_even_an_empty_one(survey: Design) -> None:
    e = mean(survey, "place")
    # web: 3 + 1 + 2 of 8; desk: 1 + 1
    assert estimates(e) == {"place=web": 0.75, "place=desk": 0.25, "place=post": 0}
    assert e.table["level"].tolist() == ["web", "desk", "post"]
    assert e.table.loc["place=post", "se"] == 0


def test_truth_values_and_text_are_categories(survey: Design) -> None:
    # told: 2 of 9 said no; 1 + 3 + 1 + 2 said yes
    assert estimates(mean(survey, "told")) == {
        "told=False": pytest.approx(2 / 9),
        "told=True": pytest.approx(7 / 9),
    }
    assert estimates(total(survey, "unit")) == {"unit=health": 4, "unit=home": 6}


def test_rows_are_ordered_by_domain_then_item(survey: Design) -> None:
    e = domain_means(survey, ["q1", "q2"], by=["unit", "place"])
    assert e.table.index.tolist() == [
        "health.web:q1",
        "health.web:q2",
        "health.desk:q1",
        "health.desk:q2",
        "home.web:q1",
        "home.web:q2",
        "home.desk:q1",
        "home.desk:q2",
    ]
    assert e.covariance.index.equals(e.table.index)


def test_a_domain_where_nobody_answered_is_unknown_and_spoils_nothing(survey: Design) -> None:
    e = mean(survey, "q1", by=["unit", "place"])
    assert np.isnan(e.table.loc["home.web:q1", ["estimate", "se", "lower"]].astype(float)).all()
    assert e.table.loc["home.web:q1", "n"] == 0
    assert e.table.loc["health.web:q1", "estimate"] == pytest.approx(10 / 3)
    health = contrast(e, {"web − desk": {"health.web:q1": 1, "health.desk:q1": -1}})
    assert np.isfinite(health.table[["estimate", "se"]].to_numpy(dtype=float)).all()


def test_ratios_pair_numerators_with_denominators(survey: Design) -> None:
    # q1/q2 over rows with both: 16 / 17
    assert estimates(ratio(survey, "q1", "q2")) == {"q1/q2": pytest.approx(16 / 17)}
    assert list(estimates(ratio(survey, ["q1", "q2"], "w"))) == ["q1/w", "q2/w"]
    assert list(estimates(ratio(survey, ["q1", "q2"], ["w", "q1"]))) == ["q1/w", "q2/q1"]


def test_a_ratio_to_nothing_is_known_nowhere_but_spoils_no_other_domain() -> None:
    answers = pd.DataFrame({"place": list("aaabbb"), "y": [1, 2, 3, 4, 2, 1], "x": [1, 2, 1, 0, 0, 0]})
    e = ratio(Design(answers), "y", "x", by="place")
    # In a: scores (y − 1.5 x) / 4 of -1/8, -1/4 and 3/8; 6/5 of their squares' sum
    assert e.table["estimate"].tolist() == [1.5, np.inf]
    assert e.table["se"].tolist() == pytest.approx([np.sqrt(6 / 5 * 7 / 32), np.nan], nan_ok=True)


def test_a_narrower_level_gives_narrower_intervals(survey: Design) -> None:
    wide, narrow = mean(survey, "q1").table, mean(survey, "q1", level=0.5).table
    assert wide["lower"].iloc[0] < narrow["lower"].iloc[0] < narrow["upper"].iloc[0] < wide["upper"].iloc[0]


def test_weights_that_describe_no_population_have_a_design_effect_against_replacement() -> None:
    # With every weight 1 the effect of the design is n (n − 1) / (n (n − 1)) = 1 for a mean
    assert mean(Design(ANSWERS), "w").table["deff"].iloc[0] == pytest.approx(1)


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda d: mean(d, "q9"), "no column “q9”"),
        (lambda d: mean(d, []), "No column was named"),
        (lambda d: mean(d, "when"), "“when” holds datetime64.*neither numbers nor categories"),
        (lambda d: mean(d, "q1", by="region"), "no column “region” to split by"),
        (lambda d: mean(d, "q1", missing="zero"), "missing is one of available, listwise, not “zero”"),
        (lambda d: mean(d, "q1", deff="srs"), "deff is one of finite, replace, not “srs”"),
        (lambda d: mean(d, "q1", level=95), "lies between 0 and 1; 95 does not"),
        (lambda d: mean(d, "q1", by=["unit", "unit"]), "Domains cannot be by “unit”"),
        (lambda d: ratio(d, "q1", "place"), "“place” does not hold numbers"),
        (lambda d: ratio(d, ["q1", "q2", "w"], ["q1", "q2"]), "3 numerators cannot be paired with 2"),
        (lambda d: domain_means(d, "q1", by=[]), "Name the columns"),
        (lambda d: proportion(d, "place", "phone"), "no level “phone”; there are web, desk, post"),
        (lambda d: proportion(d, "q1"), "not of zeros and ones"),
        (lambda d: proportion(d, "place", "web", method="exact"), "method is one of logit"),
    ],
)
def test_what_cannot_be_estimated_is_refused_in_words(survey: Design, ask, sentence: str) -> None:
    with pytest.raises(DesignError, match=sentence):
        ask(survey)


def test_infinite_values_are_refused() -> None:
    with pytest.raises(DesignError, match="“q1” has infinite values"):
        mean(Design(ANSWERS.assign(q1=np.inf)), "q1")


class TestContrasts:
    def test_rows_are_found_by_label_or_by_values(self, survey: Design) -> None:
        e = mean(survey, ["q1", "place"], by="unit")
        assert e.position("home:place=web") == e.position(("home", "place", "web"))
        assert e.position(("health", "q1")) == 0

    @pytest.mark.parametrize("key", ["q7", ("home", "q7"), ("home", "place"), ("home",), 3])
    def test_a_row_that_is_not_one_is_refused(self, survey: Design, key: object) -> None:
        e = mean(survey, ["q1", "place"], by="unit")
        with pytest.raises(DesignError, match="estimates are called"):
            contrast(e, {"odd": {key: 1}})

    def test_an_empty_contrast_is_refused(self, survey: Design) -> None:
        with pytest.raises(DesignError, match="No contrast"):
            contrast(mean(survey, "q1"), {})
        with pytest.raises(DesignError, match="“nothing” uses no estimate"):
            contrast(mean(survey, "q1"), {"nothing": {}})

    @pytest.mark.parametrize("weight", ["half", None, np.nan, np.inf])
    def test_weights_that_are_no_numbers_are_refused(self, survey: Design, weight: object) -> None:
        with pytest.raises(DesignError, match="A weight of the contrast “index” is not a number"):
            contrast(mean(survey, "q1"), {"index": {"q1": weight}})

    def test_a_contrast_of_contrasts(self, survey: Design) -> None:
        e = contrast(mean(survey, ["q1", "q2"]), {"sum": {"q1": 1, "q2": 1}, "gap": {"q1": 1, "q2": -1}})
        twice = contrast(e, {"q1 twice": {"sum": 1, "gap": 1}})
        assert twice.table["estimate"].iloc[0] == pytest.approx(2 * 20 / 7)

    def test_an_expression_of_the_estimates(self, survey: Design) -> None:
        e = mean(survey, ["q1", "q2"], by="unit")
        both = contrast(e, {"ratio": "`health:q1` / `home:q1`", "home": {"home:q1": 1}})
        first, second = e.table.loc["health:q1"], e.table.loc["home:q1"]
        assert both.table.loc["ratio", "estimate"] == pytest.approx(first["estimate"] / second["estimate"])
        # g = (1/b, −a/b²) for a/b
        gradient = np.array([1 / second["estimate"], -first["estimate"] / second["estimate"] ** 2])
        known = e.covariance.loc[["health:q1", "home:q1"], ["health:q1", "home:q1"]].to_numpy()
        assert both.table.loc["ratio", "se"] ** 2 == pytest.approx(gradient @ known @ gradient)
        assert both.covariance.loc["ratio", "home"] == pytest.approx(gradient @ known[:, 1])

    @pytest.mark.parametrize(
        ("expression", "value", "slope"),
        # at q1 = 20/7
        [
            ("q1 ** 2", (20 / 7) ** 2, 40 / 7),
            ("2 ** q1", 2 ** (20 / 7), np.log(2) * 2 ** (20 / 7)),
            ("sqrt(q1) - 1", (20 / 7) ** 0.5 - 1, 0.5 * (20 / 7) ** -0.5),
            ("-q1 * 3 / 2", -30 / 7, -1.5),
            ("log(exp(q1))", 20 / 7, 1),
            ("3", 3, 0),
        ],
    )
    def test_derivatives(self, survey: Design, expression: str, value: float, slope: float) -> None:
        e = mean(survey, "q1")
        row = contrast(e, expression).table.loc["contrast"]
        assert row["estimate"] == pytest.approx(value)
        assert row["se"] == pytest.approx(abs(slope) * e.table["se"].iloc[0])

    @pytest.mark.parametrize(
        ("expression", "sentence"),
        [
            ("q1 +", "cannot be read"),
            ("q1.real", "cannot be read"),
            ("open(q1)", "cannot be read"),
            ("'q1'", "cannot be read"),
            ("True", "cannot be read"),
            ("q7 + 1", "0 estimates are called “q7”"),
            ("q1 / (q1 - q1)", "has no value"),
            ("log(-q1)", "has no value"),
            ("exp(1000 * q1)", "has no value"),
        ],
    )
    def test_an_expression_that_has_no_sense_is_refused(
        self, survey: Design, expression: str, sentence: str
    ) -> None:
        with pytest.raises(DesignError, match=sentence):
            contrast(mean(survey, "q1"), expression)


class TestShares:
    @pytest.mark.parametrize("method", ["beta", "wilson"])
    def test_have_an_interval_even_when_everybody_agrees(self, method: str) -> None:
        agreed = Design(ANSWERS.assign(q=1), weights="w")
        [row] = proportion(agreed, "q", method=method).table.to_dict("records")
        assert 0 < row["lower"] < row["upper"]
        assert row["upper"] == pytest.approx(1)

    @pytest.mark.parametrize("method", ["logit", "xlogit", "asin", "wilson", "beta"])
    def test_stay_within_their_bounds(self, survey: Design, method: str) -> None:
        table = proportion(survey, "place", "web", method=method, by="unit").table
        assert (table["lower"] >= 0).all()
        assert (table["upper"] <= 1).all()
        assert (table["lower"] < table["estimate"]).all()

    def test_of_a_code_in_a_column_of_numbers(self, survey: Design) -> None:
        assert proportion(survey, "q2", 5, method="mean").table["estimate"].iloc[0] == pytest.approx(1 / 9)
