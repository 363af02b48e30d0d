"""An analyst asks whether two groups differ, in their means or in their ranks."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import Design, DesignError, mean, poststratify, ranktest, replicate, ttest
from tests.analysis.r_survey import assert_close, design
from tests.analysis.two_stages import two_stages

# R 4.2.2, survey 4.1-1, on the designs of `SAMPLES`, where their calls stand.
# t2, t1: svyttest(api00 ~ comp.imp, d), svyttest(api00 ~ 0, d): estimate, t, df, p and interval.
# Ranks: svyranktest(api00 ~ comp.imp, d, test = ...): estimate, t, df, p.
# KW: svyranktest(api00 ~ stype, d, test = "KruskalWallis"): chi-square, df, ddf, p.
R_TESTS = {
    "all": {
        "t2": [
            1.488459995021920e2,
            3.997849680369433e0,
            3.800000000000000e1,
            0.000284197911818437,
            7.347473824805780e1,
            2.242172607563262e2,
        ],
        "t1": [
            6.708118081180812e2,
            2.228682673760813e1,
            3.800000000000000e1,
            2.023608066052169e-23,
            6.098795127569866e2,
            7.317441034791758e2,
        ],
        "wilcoxon": [
            0.3119973781380885,
            3.614769681990025e0,
            3.800000000000000e1,
            0.0008691119260123351,
        ],
        "vanderWaerden": [
            0.9799830675011466,
            3.3824264132737714,
            38,
            0.001676867538757215,
        ],
        "median": [0.4434149637057246, 2.7187099905878154, 38, 0.009821366265979384],
        "KW": [1.775752603948666e1, 2.000000000000000e0, 3.700000000000000e1, 0.0007087959961193203],
    },
    "meals > 20": {
        "t2": [
            120.5882051282053,
            3.405589862583609,
            28,
            0.00201328427673069,
            48.05635291817681,
            193.12005733823378,
        ],
        "t1": [
            6.198153061224490e2,
            2.795962279859342e1,
            2.800000000000000e1,
            5.308588986697002e-22,
            5.744057486044162e2,
            6.652248636404818e2,
        ],
        "wilcoxon": [0.3080595832738688, 3.0856211225744996, 28, 0.004540124366123263],
        "vanderWaerden": [
            0.9391635337340513,
            2.8878764809110273,
            28,
            0.007398690547946343,
        ],
        "median": [0.5314685314685315, 3.938034161868196e0, 2.800000000000000e1, 0.0004960379569124681],
        "KW": [2.012791156189791e1, 2.000000000000000e0, 2.700000000000000e1, 0.0005421945988802319],
    },
    "post-stratified": {
        "t2": [
            1.512513829069858e2,
            4.377158683200153e0,
            3.800000000000000e1,
            9.084529362614872e-05,
            8.129906017861295e1,
            2.212037056353587e2,
        ],
        "t1": [
            6.813243088279393e2,
            3.039967013346443e1,
            3.800000000000000e1,
            2.830466050119956e-28,
            6.359531272175074e2,
            7.266954904383712e2,
        ],
        "wilcoxon": [
            0.319839256440242,
            4.085860180633659e0,
            3.800000000000000e1,
            0.0002186988656586661,
        ],
        "vanderWaerden": [
            1.013765792095429,
            3.8327241193010115,
            38,
            0.000462312018493814,
        ],
        "median": [0.5534472617000238, 5.889467674673938e0, 3.800000000000000e1, 8.071907833043936e-07],
        "KW": [14.768377566773374, 2, 37, 0.002002339158321241],
    },
    "jackknife": {
        "t2": [
            40.989930035176386,
            2.064044039953841,
            196,
            0.04033068544744756,
            1.8251016058265321,
            80.15475846452622,
        ],
        "t1": [
            6.622873631593208e2,
            7.038915187598103e1,
            1.960000000000000e2,
            4.388882749715217e-141,
            6.437316031499713e2,
            6.808431231686702e2,
        ],
        "wilcoxon": [0.08618419852291151, 1.8811886457657157, 196, 0.06142890056425732],
        "vanderWaerden": [
            0.3652656559819711,
            2.2918664850291033,
            196,
            0.02297593020589447,
        ],
        "median": [0.08218290408772906, 1.0624173595406576, 196, 0.28935352196063296],
    },
}

SAMPLES = {
    "all": two_stages,
    # subset(d, meals > 20)
    "meals > 20": lambda: two_stages().where("meals > 20"),
    # postStratify(d, ~both, data.frame(both = c("No", "Yes"), Freq = c(1700, 4494)))
    "post-stratified": lambda: poststratify(two_stages(), "both", {"No": 1700, "Yes": 4494}),
    # as.svrepdesign(svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = apistrat))
    "jackknife": lambda: replicate(design("strat"), "jackknife"),
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_other_designs_give_the_numbers_of_r(sample: str) -> None:
    d, theirs = SAMPLES[sample](), R_TESTS[sample]
    for name, group in {"t2": "comp.imp", "t1": None}.items():
        ours = ttest(d, "api00", group)
        numbers = [ours.estimate, ours.t, ours.df, ours.p, ours.lower, ours.upper]
        assert_close(numbers, theirs[name])
    for name in ("wilcoxon", "vanderWaerden", "median"):
        ranks = ranktest(d, "api00", "comp.imp", name)
        assert_close([ranks.estimate, ranks.statistic, ranks.df, ranks.p], theirs[name])
    if "KW" in theirs:
        ranks = ranktest(d, "api00", "stype", "KruskalWallis")
        assert_close([ranks.statistic, ranks.df, ranks.ddf, ranks.p], theirs["KW"])


def test_a_mean_is_compared_with_a_value() -> None:
    d = design("clus1")
    test, plain = ttest(d, "api00", null=600), mean(d, "api00").table.loc["api00"]
    assert (test.estimate, test.se) == (pytest.approx(plain["estimate"]), pytest.approx(plain["se"]))
    assert test.t == pytest.approx((plain["estimate"] - 600) / plain["se"])
    assert test.df == plain["df"] - 1
    assert test.contrast == "api00"


def test_a_difference_says_which_group_less_which() -> None:
    test = ttest(design("strat"), "enroll", "comp.imp", level=0.9)
    assert test.contrast == "Yes − No"
    assert test.estimate == pytest.approx(test.means["Yes"] - test.means["No"])
    assert test.confidence == 0.9
    assert (test.upper - test.lower) / 2 == pytest.approx(stats.t.ppf(0.95, test.df) * test.se)


def test_groups_may_be_numbers_and_categories_with_levels_nobody_chose() -> None:
    frame = design("strat").frame
    places = pd.Categorical(frame["comp.imp"], ["Yes", "Never", "No"])
    d = Design(frame.assign(code=(frame["comp.imp"] == "Yes") + 1, place=places), weights="pw")
    by_name, by_code, by_place = (ttest(d, "enroll", group) for group in ("comp.imp", "code", "place"))
    assert by_code.t == by_name.t
    assert by_place.t == pytest.approx(-by_name.t)
    assert by_place.contrast == "No − Yes"


def test_pairs_with_one_answer_missing_are_left_out() -> None:
    frame = pd.DataFrame({"now": [5.0, 4, 3, np.nan, 4], "then": [3.0, 3, 4, 2, np.nan]})
    test = ttest(Design(frame), "now", paired="then")
    # Differences 2, 1, −1 of five people: mean 2/3.
    assert test.contrast == "now − then"
    assert test.estimate == pytest.approx(2 / 3)


def test_equal_weights_give_wilcoxons_estimate_without_ties() -> None:
    """The difference of mean ranks over n is U / n₀n₁ − ½, its ranks being at the middle of each weight."""
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"points": rng.normal(size=60), "group": np.repeat(["a", "b"], 30)})
    test = ranktest(Design(frame), "points", "group")
    first, second = (frame.loc[frame["group"] == name, "points"] for name in "ab")
    assert test.estimate == pytest.approx(stats.mannwhitneyu(second, first).statistic / 900 - 0.5)
    assert test.p == pytest.approx(stats.mannwhitneyu(second, first).pvalue, abs=0.03)


def test_ties_by_weight_do_not_depend_on_the_order_of_rows() -> None:
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(
        {"score": rng.integers(1, 6, 80), "w": rng.uniform(1, 9, 80), "sex": ["f", "m"] * 40}
    )
    turned = frame.iloc[::-1]
    one, other = (ranktest(Design(f, weights="w"), "score", "sex", ties="weights") for f in (frame, turned))
    assert one.statistic == pytest.approx(other.statistic, rel=1e-12)
    by_row = ranktest(Design(frame, weights="w"), "score", "sex")
    assert by_row.statistic == pytest.approx(one.statistic, abs=0.2)


def test_ordered_categories_have_ranks_and_unordered_have_none() -> None:
    words = ["bad", "fair", "good"]
    rng = np.random.default_rng(5)
    places = rng.integers(0, 3, 60)
    frame = pd.DataFrame({"number": places, "sex": ["f", "m"] * 30})
    frame["answer"] = pd.Categorical.from_codes(places, words, ordered=True)
    frame["word"] = frame["answer"].astype(str)
    d = Design(frame)
    assert ranktest(d, "answer", "sex").statistic == ranktest(d, "number", "sex").statistic
    with pytest.raises(DesignError, match="“word” has no order"):
        ranktest(d, "word", "sex")


def test_a_score_of_ones_own() -> None:
    def squares(ranks: np.ndarray, size: float) -> np.ndarray:
        return (ranks / size) ** 2

    d = design("strat")
    own = ranktest(d, "api00", "comp.imp", squares)
    assert own.test == "squares"
    assert own.statistic != ranktest(d, "api00", "comp.imp").statistic
    linear = ranktest(d, "api00", "stype", lambda ranks, size: 2 + 3 * ranks / size)
    assert linear.statistic == pytest.approx(ranktest(d, "api00", "stype").statistic)


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda d: ttest(d, "stype"), "“stype” does not hold numbers"),
        (lambda d: ttest(d, "api00", "stype"), "3 groups, not two: E, H, M"),
        (lambda d: ttest(d, "api00", "comp.imp", paired="api99"), "not both"),
        (lambda d: ttest(d.where("stype == 'X'"), "api00"), "Nobody in the domain answered"),
        (lambda d: ttest(d.where("stype == 'E'"), "api00", "stype"), "two groups"),
        (lambda d: ttest(d.where("dnum == 61"), "api00"), "Too few primary units"),
        (lambda d: ttest(d, "one"), "no sampling error"),
        (lambda d: ranktest(d, "api00", "comp.imp", "sign"), "test is one of wilcoxon"),
        (lambda d: ranktest(d, "api00", "comp.imp", lambda r, n: r / 0 * 0), "gives no number"),
        (lambda d: ranktest(d, "api00", "comp.imp", ties="first"), "ties is one of rows, weights"),
    ],
)
def test_what_cannot_be_compared_is_said(ask, sentence: str) -> None:
    d = design("clus1")
    one = Design(d.frame.assign(one=1), weights="pw", clusters="dnum", fpc="fpc")
    with np.errstate(all="ignore"), pytest.raises(DesignError, match=sentence):
        ask(one)
