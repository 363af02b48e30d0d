"""A department asks what has changed since last year, with other people, the same people, or some of both."""

import numpy as np
import pytest

from analysis import (
    Design,
    DesignError,
    compare_waves,
    contrast,
    mean,
    poststratify,
    ratio,
    replicate,
    stack_waves,
    wave_changes,
)
from tests.analysis.r_survey import assert_close, data, design
from tests.analysis.two_stages import two_stages

STYPE = {"E": 4421, "H": 755, "M": 1018}


def schools(item: str, districts: np.ndarray) -> Design:
    """A year's answers in some of the districts of R's apiclus1."""
    frame = data("clus1")
    chosen = frame[frame["dnum"].isin(districts)]
    return Design(chosen.assign(points=chosen[item]), weights="pw", clusters="dnum")


def panel(item: str, shuffled: bool = False) -> Design:
    """A year's answers of the same 200 schools of R's apistrat."""
    frame = data("strat").assign(school=range(200))
    frame["points"] = frame[item]
    rows = frame.sample(frac=1, random_state=1) if shuffled else frame
    return Design(rows, weights="pw", strata="stype", fpc="fpc")


def test_independent_samples_add_their_variances() -> None:
    last, this = mean(design("srs"), ["api00", "stype"]), mean(design("strat"), ["stype", "api00"])
    change = compare_waves(last, this).table.loc["api00"]
    before, after = last.table.loc["api00"], this.table.loc["api00"]
    assert change["estimate"] == after["estimate"] - before["estimate"]
    assert change["se"] == pytest.approx(np.hypot(before["se"], after["se"]))
    assert change["n"] == 200
    assert before["df"] < change["df"] < before["df"] + after["df"]


def test_an_index_of_changes_has_their_covariance() -> None:
    last, this = mean(design("srs"), ["api00", "api99"]), mean(design("strat"), ["api00", "api99"])
    index = {"index": {"api00": 0.5, "api99": 0.5}}
    of_changes = contrast(compare_waves(last, this), index).table.loc["index"]
    by_hand = np.hypot(*(contrast(e, index).table.loc["index", "se"] for e in (last, this)))
    assert of_changes["se"] == pytest.approx(by_hand)


def test_only_rows_of_both_waves_are_compared_by_domain() -> None:
    last = mean(design("strat").where("stype != 'H'"), ["api00", "meals"], by="stype")
    this = mean(design("clus1"), ["ell", "api00"], by="stype")
    changes = compare_waves(last, this, level=0.9)
    assert changes.table.index.tolist() == ["E:api00", "M:api00"]
    assert changes.table["stype"].tolist() == ["E", "M"]
    assert changes.confidence == 0.9
    assert changes.position(("M", "api00")) == 1


@pytest.mark.parametrize(
    "sample",
    [
        two_stages,
        lambda: design("strat"),
        lambda: poststratify(two_stages(), "stype", STYPE),
        lambda: two_stages().where("meals > 20"),
    ],
)
def test_stacking_waves_that_share_nobody_is_the_same(sample) -> None:
    """Stages, population counts, weighting steps and domains come along."""
    e = mean(sample(), ["api00", "sch.wide"], by="comp.imp")
    stacked = stack_waves({"last": sample(), "this": sample()}, shared=0)
    changes = wave_changes(mean(stacked, ["api00", "sch.wide"], by=["wave", "comp.imp"]))
    independent = compare_waves(e, e)
    assert changes.table.index.equals(independent.table.index)
    assert changes.by == ("comp.imp",)
    assert_close(changes.table["se"], independent.table["se"])
    # What post-stratification fixes leaves rounding of other sizes; the variances above are above it.
    far = np.abs(changes.covariance - independent.covariance).to_numpy().max()
    assert far < 1e-10 * independent.covariance.to_numpy().max()


def test_the_same_schools_twice_are_paired() -> None:
    """R 4.2.2, survey 4.1-1: svyby(~y, ~wave, svydesign(id = ~id, strata = ~stype, weights = ~pw, fpc = ~fpc,
    data = both years of apistrat), svymean, covmat = TRUE), and svycontrast(., c(-1, 1))."""
    stacked = stack_waves({1999: panel("api99"), 2000: panel("api00", shuffled=True)}, shared="school")
    e = mean(stacked, "points", by="wave")
    assert_close(
        e.covariance, [[99.28024577061109, 91.80067534592563], [91.80067534592563, 88.52816703030452]]
    )
    change = wave_changes(e).table.loc["points"]
    paired = mean(
        Design(data("strat").assign(d=data("strat").eval("api00 - api99")), "pw", strata="stype", fpc="fpc"),
        "d",
    )
    assert_close(
        [change["estimate"], change["se"]], paired.table.loc["d", ["estimate", "se"]].to_numpy(float)
    )


def test_some_districts_twice_are_rotation_groups() -> None:
    """R 4.2.2, survey 4.1-1: svydesign(id = ~dnum, strata = ~part, weights = ~pw) with part the years
    in which a district of apiclus1 is: the first three in 1999, the next seven in both, the last five in
    2000.
    """
    districts = data("clus1")["dnum"].unique()
    waves = {1999: schools("api99", districts[:10]), 2000: schools("api00", districts[3:])}
    e = mean(stack_waves(waves), "points", by="wave")
    assert_close(
        e.covariance, [[262.0210076380949, 117.8276503083941], [117.8276503083941, 763.9260696331135]]
    )
    change = wave_changes(e).table.loc["points"]
    assert_close([change["estimate"], change["se"]], [30.113240842157, 28.112129], 1e-7)


def test_a_single_district_in_common_leaves_the_stratum_whole() -> None:
    districts = data("clus1")["dnum"].unique()
    stacked = stack_waves({1: schools("api99", districts[:8]), 2: schools("api00", districts[7:])})
    assert len(stacked.stages[0].sampled) == 1
    assert len(stacked.stages[0].strata) == 15


def test_the_same_people_in_the_same_places_do_not_change() -> None:
    for shared, zero in ((1, False), (2, True)):
        stacked = stack_waves({"a": two_stages(), "b": two_stages()}, shared=shared)
        change = wave_changes(mean(stacked, "api00", by="wave")).table.loc["api00"]
        assert (change["estimate"], change["se"] < 1e-9) == (0, zero)


def test_replicates_of_stacked_waves_keep_the_tie() -> None:
    stacked = stack_waves({1999: panel("api99"), 2000: panel("api00")}, shared="school")
    for d in (stacked, replicate(stacked, "jackknife")):
        change = wave_changes(mean(d, "points", by="wave"))
        assert_close(change.table["se"], [2.051112407710604], 1e-10)
    assert wave_changes(ratio(stacked, "points", "meals", by="wave")).table.index.tolist() == ["points/meals"]


def test_three_waves_name_the_two_to_compare() -> None:
    waves = {year: design("strat") for year in (2023, 2024, 2025)}
    e = mean(stack_waves(waves, shared=0), "stype", by="wave")
    changes = wave_changes(e, first=2023, second=2025)
    assert changes.table["level"].tolist() == ["E", "H", "M"]
    with pytest.raises(DesignError, match=r"Name two of the waves.*2023, 2024, 2025"):
        wave_changes(e)


def test_waves_that_cannot_be_stacked_are_refused() -> None:
    strat, clus = design("strat"), design("clus1")
    named = Design(strat.frame.assign(wave=1), weights="pw")
    twins = Design(strat.frame.assign(person=1), weights="pw")
    for waves, options, sentence in [
        ({1: strat}, {}, "two waves or more"),
        ({1: strat, 2: strat}, {}, "name the column that does"),
        ({1: clus, 2: two_stages()}, {}, "different numbers of stages"),
        ({1: clus, 2: design("clus1", lonely="adjust")}, {}, "different rules"),
        ({1: named, 2: named}, {"shared": 0}, "a column “wave” already"),
        ({1: twins, 2: twins}, {"shared": "person"}, "“person” does not name primary units"),
        ({1: strat, 2: strat}, {"shared": "person"}, "no column “person”"),
        ({1: replicate(clus, "jackknife"), 2: clus}, {}, "before making replicates"),
    ]:
        with pytest.raises(DesignError, match=sentence):
            stack_waves(waves, **options)


def test_estimates_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(DesignError, match="no estimate in common: one has api00, the other meals"):
        compare_waves(mean(design("srs"), "api00"), mean(design("srs"), "meals"))
    with pytest.raises(DesignError, match="not by “wave” but by none"):
        wave_changes(mean(design("srs"), "api00"))
    with pytest.raises(DesignError, match="A confidence level lies between 0 and 1"):
        compare_waves(mean(design("srs"), "api00"), mean(design("srs"), "api00"), level=0)
    twice = mean(design("srs"), ["api00", "api00"])
    with pytest.raises(DesignError, match="several rows are called “api00”"):
        compare_waves(twice, twice)
