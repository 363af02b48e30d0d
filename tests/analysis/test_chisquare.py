"""An analyst asks whether two answers go together, and whether shares are the expected ones."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import Design, DesignError, chisq, goodness_of_fit, poststratify, replicate
from tests.analysis.r_survey import assert_close, design
from tests.analysis.two_stages import two_stages

STATISTICS = ["F", "Chisq", "Wald", "adjWald", "saddlepoint"]


# Made with R 4.2.2, survey 4.1-1: svychisq(~sch.wide + stype, d, statistic = ...), statistic and p, for
# d <- svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2, data = apiclus2) and subset(d, meals > 20).
R_TESTS = {
    "all": {
        "F": (1.187274514256088e01, 3.221146624380827e-04),
        "Chisq": (5.390866834470489e01, 6.978021440906565e-06),
        "Wald": (2.79446780334629441, 0.07342285760988261),
        "adjWald": (2.72281478274767119, 0.07850775027216705),
        "saddlepoint": (5.390866834470489e01, 5.485070706935073e-04),
    },
    "meals > 20": {
        "F": (9.675984286292420578, 0.001993918487595576),
        "Chisq": (3.422738508780095e01, 6.277307701953939e-05),
        "Wald": (2.69839920022255564, 0.08418983626570926),
        "adjWald": (2.60535095193901922, 0.09168951520147173),
        "saddlepoint": (34.227385087800954011, 0.002599998029951037),
    },
}

# The same: svychisq(~sch.wide + awards, as.svrepdesign(dstrat), statistic = ...).
R_JACKKNIFE = {
    "F": (7.727689903820179e01, 7.363972858508503e-16),
    "Chisq": (7.354614520965998e01, 1.485939039833921e-18),
    "Wald": (6.782112821001904e01, 2.442943612640525e-14),
    "adjWald": (6.782112821001904e01, 2.442943612640525e-14),
    "saddlepoint": (7.354614520965998e01, 1.670391071330088e-18),
}


def test_two_stages_give_the_numbers_of_r() -> None:
    for name, d in {"all": two_stages(), "meals > 20": two_stages().where("meals > 20")}.items():
        for statistic in STATISTICS:
            test = chisq(d, "sch.wide", "stype", statistic)
            assert_close([test.statistic, test.p], R_TESTS[name][statistic])


def test_replicates_give_the_numbers_of_r() -> None:
    jackknife = replicate(design("strat"), "jackknife")
    for statistic, expected in R_JACKKNIFE.items():
        test = chisq(jackknife, "sch.wide", "awards", statistic)
        assert_close([test.statistic, test.p], expected)


def test_a_simple_sample_with_equal_weights_has_pearsons_test() -> None:
    """With replacement, each generalised design effect is n / (n − 1)."""
    rng = np.random.default_rng(5)
    frame = pd.DataFrame({"a": rng.integers(0, 3, 200), "b": rng.integers(0, 4, 200)})
    test = chisq(Design(frame), "a", "b", "Chisq")
    pearson = stats.chi2_contingency(test.observed)
    assert test.statistic == pytest.approx(pearson.statistic)
    assert test.df == pearson.dof
    assert test.expected.to_numpy() == pytest.approx(pearson.expected_freq)
    assert test.observed.to_numpy() == pytest.approx(pd.crosstab(frame["a"], frame["b"]).to_numpy())
    assert 0.5 < test.design_effect < 1.5


def test_the_exact_distribution_lies_near_its_approximations() -> None:
    exact = chisq(two_stages(), "sch.wide", "stype", "lincom", method="integration")
    approximate = chisq(two_stages(), "sch.wide", "stype", "lincom")
    assert exact.statistic == approximate.statistic
    assert exact.p == pytest.approx(approximate.p, rel=0.2)
    # A million draws of the eigenvalues' sum, by its own degrees of freedom below.
    rng = np.random.default_rng(1)
    small = chisq(two_stages(), "sch.wide", "comp.imp", "lincom", method="integration")
    above = rng.chisquare(1, (1_000_000, len(small.eigenvalues))) @ small.eigenvalues
    below = rng.chisquare(small.ddf, 1_000_000) / small.ddf
    p = (above > small.statistic * below).mean()
    assert small.p == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / 1_000_000) + 1e-6)


def test_transposing_the_table_changes_nothing_but_the_score_test() -> None:
    d = design("clus1")
    for statistic in STATISTICS:
        one, other = chisq(d, "sch.wide", "stype", statistic), chisq(d, "stype", "sch.wide", statistic)
        assert (one.statistic, one.p) == (pytest.approx(other.statistic), pytest.approx(other.p))
    # It is divided by the square of the number of rows, which are two, then three.
    score, turned = chisq(d, "sch.wide", "stype", "wls-score"), chisq(d, "stype", "sch.wide", "wls-score")
    assert turned.statistic == pytest.approx(score.statistic * 4 / 9)


def test_a_row_without_either_answer_is_left_out_and_still_counts_in_n() -> None:
    frame = design("strat").frame.copy()
    frame["answer"] = frame["sch.wide"].where(frame.index % 20 != 0)
    test = chisq(Design(frame, weights="pw", strata="stype", fpc="fpc"), "answer", "awards")
    assert test.n == len(frame)
    assert test.observed.to_numpy().sum() == pytest.approx(len(frame))


def test_shares_that_are_fixed_by_post_stratification_leave_nothing_to_test() -> None:
    d = poststratify(design("clus1"), "stype", {"E": 4421, "H": 755, "M": 1018})
    with pytest.raises(DesignError, match="fixes these shares"):
        goodness_of_fit(d, "stype", {"E": 4421, "H": 755, "M": 1018})


@pytest.mark.parametrize(
    ("name", "item", "shares", "statistic", "p"),
    [
        ("strat", "sch.wide", {"No": 0.2, "Yes": 0.8}, 30.2379983761581, 0.250965107184855),
        ("clus1", "stype", {"E": 4421, "H": 755, "M": 1018}, 180.101899310172, 0.187970988871844),
    ],
)
def test_goodness_of_fit_is_that_of_r(name: str, item: str, shares: dict, statistic: float, p: float) -> None:
    """R 4.2.2, survey 4.1-1: svygofchisq(~sch.wide, c(.2, .8), dstrat), svygofchisq(~stype, ..., dclus1)."""
    test = goodness_of_fit(design(name), item, shares)
    assert_close([test.statistic, test.p], [statistic, p], 1e-11)
    assert goodness_of_fit(design(name), item, shares, "F").p > p  # the spread is not known, but estimated


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda d: chisq(d, "stype", "region"), "no column “region”"),
        (lambda d: chisq(d, "stype", "sch.wide", "G"), "statistic is one of F, Chisq, .* not “G”"),
        (lambda d: chisq(d.where("stype == 'E'"), "stype", "sch.wide"), "two groups.* “stype” has E"),
        (lambda d: chisq(d, "stype", "stype"), "too many empty cells"),
        (lambda d: chisq(d, "stype", "stype", "Wald"), "too many empty cells"),
        (lambda d: chisq(d.where("dnum == 61"), "stype", "sch.wide", "Chisq"), "Too few primary"),
        (lambda d: goodness_of_fit(d, "sch.wide", {"No": 1}), "for its levels, No, Yes; .* given for No"),
        (lambda d: goodness_of_fit(d, "sch.wide", {"No": 1, "Yes": 0}), "positive number"),
    ],
)
def test_what_cannot_be_tested_is_said(ask, sentence: str) -> None:
    with pytest.raises(DesignError, match=sentence):
        ask(design("clus1"))
