"""Tests of independence, of means and of ranks."""

from analysis import ChiSquareTest, TTest, chisq, ranktest, ttest
from tests.analysis.r_survey import assert_close, compares, result, survey

# Rao and Scott's numbers go through eigenvalues and distribution functions.
TOLERANCE = 1e-8


def assert_same_test(ours: ChiSquareTest, theirs: dict) -> None:
    assert_close([ours.statistic, ours.p], [theirs["statistic"], theirs["p"]], TOLERANCE)
    parameters = theirs["parameter"] if isinstance(theirs["parameter"], list) else [theirs["parameter"]]
    assert_close([ours.df, ours.ddf][: len(parameters)], parameters, TOLERANCE)


@compares("*/chisq_[!c]*")
def independence_under_each_statistic(check: str) -> None:
    statistic = check.split("_")[-1]
    rows, columns = ("HI_CHOL", "race") if check.startswith("nhanes") else ("sch.wide", "stype")
    assert_same_test(chisq(survey(check), rows, columns, statistic), result(check))


@compares("*/chisq_comp_imp_stype_F")
def independence_of_another_pair(check: str) -> None:
    assert_same_test(chisq(survey(check), "comp.imp", "stype"), result(check))


@compares("*/ttest_two")
def two_groups_differ_in_their_means(check: str) -> None:
    assert_same_t(ttest(survey(check), "enroll", group="comp.imp"), result(check))


@compares("*/ttest_paired")
def answers_of_the_same_schools_differ(check: str) -> None:
    assert_same_t(ttest(survey(check), "api00", paired="api99"), result(check))


def assert_same_t(ours: TTest, theirs: dict) -> None:
    numbers = [ours.estimate, ours.t, ours.df, ours.p, ours.lower, ours.upper]
    assert_close(numbers, [theirs[name] for name in ("estimate", "t", "df", "p")] + theirs["ci"])


@compares("*/ranktest_[!K]*")
def two_groups_differ_in_their_ranks(check: str) -> None:
    theirs = result(check)
    ours = ranktest(survey(check), "api00", "comp.imp", test=check.split("_")[-1])
    assert_close(
        [ours.estimate, ours.statistic, ours.df, ours.p],
        [theirs[name] for name in ("estimate", "statistic", "df", "p")],
    )


@compares("*/ranktest_KruskalWallis")
def several_groups_differ_in_their_ranks(check: str) -> None:
    # R's record of several groups has the chi-square under "parameter" and its degrees under "statistic".
    theirs = result(check)
    ours = ranktest(survey(check), "api00", "stype", test="KruskalWallis")
    assert_close([ours.df, ours.statistic, ours.p], [theirs[name] for name in ("statistic", "df", "p")])
