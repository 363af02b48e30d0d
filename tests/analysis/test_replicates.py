"""An analyst takes variances from replicate weights: made from the design, or given with the data."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import (
    Design,
    DesignError,
    Estimate,
    mean,
    poststratify,
    proportion,
    rake,
    ratio,
    replicate,
    total,
)
from analysis.estimation.replicates import Replicates
from analysis.replication.hadamard import hadamard, hadamard_of_at_least
from tests.analysis.r_survey import assert_close, data, design

seeds = st.integers(0, 2**32 - 1)
few = settings(max_examples=20, deadline=None)
PLAN = {"weights": "w", "strata": "stratum", "clusters": "unit", "nest": True}


def sample(seed: int = 0, units: tuple[int, ...] = (2, 2, 4, 2), rows: int = 3) -> pd.DataFrame:
    """Strata with so many units, of `rows` people each, all with weights of their own."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(
        [(stratum, unit) for stratum, n in enumerate(units) for unit in range(n) for _ in range(rows)],
        columns=["stratum", "unit"],
    )
    frame["w"] = random.uniform(1, 9, len(frame))
    frame["y"] = random.normal(50, 10, len(frame)) + 5 * frame["stratum"]
    frame["x"] = random.uniform(1, 2, len(frame))
    frame["sex"] = np.where(random.random(len(frame)) < 0.5, "f", "m")
    frame["N"] = np.array(units)[frame["stratum"]] * 3
    return frame


def made(plan: Design) -> Replicates:
    assert plan.replicates is not None
    return plan.replicates


def matrix(plan: Design) -> np.ndarray:
    """(rows, R) weights."""
    return np.array(list(plan.replicate_weights())).T


def assert_alike(ours: Estimate, theirs: Estimate, tolerance: float = 1e-9) -> None:
    assert np.allclose(ours.table["estimate"], theirs.table["estimate"], rtol=1e-12)
    size = np.nanmax(np.abs(theirs.covariance.to_numpy()))
    assert np.abs(ours.covariance.to_numpy() - theirs.covariance.to_numpy()).max() <= tolerance * size


class TestTotals:
    """A total is linear in the weights, so balanced replicates give its linearised variance."""

    @few
    @given(seeds, st.booleans())
    def test_the_jackknife_gives_the_linearised_variance(self, seed: int, finite: bool) -> None:
        plan = Design(sample(seed, (2, 5, 3)), **PLAN, fpc="N" if finite else None)
        assert_alike(total(replicate(plan, "jackknife"), ["y", "x"]), total(plan, ["y", "x"]))
        assert_alike(total(replicate(plan, "jackknife"), "y", by="sex"), total(plan, "y", by="sex"))

    @few
    @given(seeds)
    def test_so_it_does_without_strata(self, seed: int) -> None:
        plan = Design(sample(seed, (7,)), weights="w", clusters="unit", fpc="N")
        jackknife = replicate(plan, "jackknife")
        assert made(jackknife).kind == "JK1"
        assert_alike(total(jackknife, ["y", "x"]), total(plan, ["y", "x"]))

    @pytest.mark.parametrize(("method", "rho"), [("brr", 0.3), ("fay", 0.3), ("fay", 0.7)])
    def test_half_samples_give_it_in_pairs(self, method: str, rho: float) -> None:
        plan = Design(sample(1, (2,) * 17), **PLAN)
        assert_alike(total(replicate(plan, method, rho=rho), ["y", "x"]), total(plan, ["y", "x"]))

    def test_four_units_make_two_pairs(self) -> None:
        frame = sample(2)
        paired = frame.assign(stratum=frame["stratum"] * 2 + frame["unit"] // 2)
        by_pairs = total(Design(paired, **PLAN), "y")
        assert_alike(total(replicate(Design(frame, **PLAN), "brr"), "y"), by_pairs)

    @pytest.mark.parametrize("finite", [None, "N"])
    @pytest.mark.parametrize("method", ["bootstrap", "rescaling_bootstrap"])
    def test_bootstraps_come_near_it(self, method: str, finite: str | None) -> None:
        plan = Design(sample(3, (20, 20, 20)), **PLAN, fpc=finite)
        drawn = replicate(plan, method, replicates=4000, seed=5)
        ours, theirs = (total(d, "y").table["se"].iloc[0] for d in (drawn, plan))
        assert ours == pytest.approx(theirs, rel=0.05)


def test_half_samples_are_balanced() -> None:
    plan = Design(sample(4), **PLAN)
    halves = replicate(plan, "brr")
    assert matrix(halves).mean(axis=1) == pytest.approx(plan.weights)
    assert made(halves).size == 8  # five pairs: the next multiple of 4
    assert halves.degrees_of_freedom == 5


def test_each_hadamard_matrix_has_rows_at_right_angles() -> None:
    for size in [1, 2, *range(4, 130, 4)]:
        found = hadamard(size)
        if found is not None:
            assert (found @ found.T == size * np.eye(size)).all()
    assert hadamard_of_at_least(21).shape == (24, 24)
    assert (hadamard_of_at_least(38)[0] == 1).all()


class TestAgainstR:
    """R 4.2.2, survey 4.1-1: `d <- as.svrepdesign(svydesign(id=~dnum, weights=~pw, fpc=~fpc, data=apiclus1),
    type="JK1")`, and the same with type="JKn" of `svydesign(id=~1, strata=~stype, weights=~pw, data=lonely)`.
    """

    def test_distances_may_be_from_the_full_sample(self) -> None:
        around_mean = mean(replicate(design("clus1"), "jackknife"), "api00").table["se"].iloc[0]
        around_full = mean(replicate(design("clus1"), "jackknife", mse=True), "api00").table["se"].iloc[0]
        assert around_mean == pytest.approx(26.32936058952761, rel=1e-12)
        assert around_full == pytest.approx(26.334857668459186, rel=1e-12)

    def test_a_domain_has_the_freedom_of_its_own_units(self) -> None:
        # degf(subset(d, stype == "H")): its schools lie in 8 of the 15 districts
        assert replicate(design("clus1"), "jackknife").where("stype == 'H'").degrees_of_freedom == 7

    @pytest.mark.parametrize(
        ("method", "ends"),
        [  # svyciprop(~I(sch.wide == "No"), d, method=method)
            ("logit", (0.087914635487941276, 0.176536451729896376)),
            ("beta", (0.084938402651574846, 0.176857928697146116)),
        ],
    )
    def test_shares_have_their_intervals(self, method: str, ends: tuple[float, float]) -> None:
        jackknife = replicate(design("clus1"), "jackknife")
        table = proportion(jackknife, "sch.wide", "No", method).table
        assert_close(table[["lower", "upper"]].to_numpy()[0], ends)

    @pytest.mark.parametrize(
        ("rule", "df", "errors"),
        [  # options(survey.lonely.psu=rule); SE(svymean(~api00, d)), SE(svytotal(~api00, d))
            ("remove", 148, (10.61630157030778, 57902.36975069776)),
            ("adjust", 149, (10.625924018092, 1474644.647615404)),
            ("average", 148, (10.65163045853846, 58095.05703785388)),
        ],
    )
    def test_single_units_under_each_rule(self, rule: str, df: int, errors: tuple[float, float]) -> None:
        jackknife = replicate(design("lonely_strat", lonely=rule), "jackknife")
        assert jackknife.degrees_of_freedom == df
        ours = [estimate(jackknife, "api00").table["se"].iloc[0] for estimate in (mean, total)]
        assert_close(ours, errors)


class TestDegreesOfFreedom:
    def test_they_are_units_less_strata(self) -> None:
        plan = Design(sample(), **PLAN)
        for method in ("jackknife", "rescaling_bootstrap"):
            assert replicate(plan, method).degrees_of_freedom == plan.degrees_of_freedom == 6

    @few
    @given(seeds)
    def test_those_of_a_jackknife_are_the_rank_of_its_weights(self, seed: int) -> None:
        frame = sample(seed, (2, 3, 5), rows=1)
        jackknife = replicate(Design(frame, **PLAN, fpc="N"), "jackknife")
        kept = np.random.default_rng(seed).random(len(frame)) < 0.6
        kept[0] = True
        rank = np.linalg.matrix_rank(matrix(jackknife)[kept])
        assert jackknife.where(kept).degrees_of_freedom == rank - 1

    @pytest.mark.parametrize("drawn", [20, 38, 60])
    def test_those_of_many_units_are_the_rank_of_their_factors(self, drawn: int) -> None:
        plan = Design(sample(7, (15,) * 4, rows=2), **PLAN, fpc="N")
        boot = replicate(plan, "rescaling_bootstrap", replicates=drawn)
        assert boot.degrees_of_freedom == np.linalg.matrix_rank(matrix(boot)) - 1

    def test_replicates_given_twice_count_once(self) -> None:
        frame = sample(8, (40,) * 3, rows=1)
        weights = np.random.default_rng(1).integers(0, 3, (len(frame), 10)).astype(float)
        design = Design.from_replicates(frame, "w", np.hstack([weights, weights]), scale=1.0)
        assert design.degrees_of_freedom == 9

    def test_many_rows_have_the_rank_of_all(self) -> None:
        plan = Design(sample(6, (10,) * 4, rows=60), **PLAN)
        drawn = poststratify(replicate(plan, "bootstrap", replicates=30), "sex", {"f": 900, "m": 1100})
        assert drawn.degrees_of_freedom == np.linalg.matrix_rank(matrix(drawn)) - 1
        by_sex = mean(drawn, "y", by="sex").table["df"]
        assert by_sex.tolist() == [
            np.linalg.matrix_rank(matrix(drawn.where(f"sex == '{s}'"))) - 1 for s in "fm"
        ]


class TestStepsOfWeighting:
    @pytest.mark.parametrize("method", ["jackknife", "rescaling_bootstrap"])
    def test_weighting_before_and_after_replication_is_the_same(self, method: str) -> None:
        frame = sample(7, (6, 6, 8))
        margins = {"sex": {"f": 150, "m": 170}, "stratum": {0: 90, 1: 130, 2: 100}}
        plan = Design(frame, **PLAN)
        before, after = replicate(rake(plan, margins), method), rake(replicate(plan, method), margins)
        for items, by in ((["y", "x"], None), ("y", "sex")):
            assert_alike(mean(before, items, by=by), mean(after, items, by=by))
        assert_alike(ratio(before, "y", "x"), ratio(after, "y", "x"))

    def test_what_is_calibrated_does_not_vary(self) -> None:
        plan = replicate(Design(sample(8, (6, 6)), **PLAN), "jackknife")
        table = mean(poststratify(plan, "sex", {"f": 100, "m": 120}), "sex").table
        assert table["se"].tolist() == pytest.approx([0, 0], abs=1e-12)

    def test_a_replicate_that_loses_a_cell_is_left_out(self) -> None:
        frame = sample(9, (4, 4)).assign(cell="usual")
        frame.loc[0, "cell"] = "rare"
        drawn = replicate(Design(frame, **PLAN), "bootstrap", replicates=40)
        post = poststratify(drawn, "cell", {"usual": 100, "rare": 5})
        lost = ~np.isfinite(matrix(post)).all(axis=0)
        assert 0 < lost.sum() < 40
        estimates = np.array([(w * frame["y"]).sum() / w.sum() for w in matrix(post)[:, ~lost].T])
        scale = made(post).scale
        se = np.sqrt(scale * ((estimates - estimates.mean()) ** 2).sum())
        assert mean(post, "y").table["se"].iloc[0] == pytest.approx(se)


def test_the_same_seed_draws_the_same_replicates() -> None:
    plan = Design(sample(), **PLAN, fpc="N")
    for method in ("bootstrap", "rescaling_bootstrap"):
        again = [matrix(replicate(plan, method, replicates=9, seed=seed)) for seed in (1, 1, 2)]
        assert np.array_equal(again[0], again[1])
        assert not np.array_equal(again[0], again[2])


def test_a_stratum_sampled_completely_does_not_vary() -> None:
    frame = sample(units=(3, 4)).assign(N=[3] * 9 + [40] * 12)
    plan = Design(frame, **PLAN, fpc="N")
    for method in ("jackknife", "bootstrap", "rescaling_bootstrap"):
        assert np.allclose(matrix(replicate(plan, method, 20))[:9], plan.weights[:9, None])
    with pytest.raises(DesignError, match="sampled completely"):
        replicate(Design(frame.assign(N=[3] * 9 + [4] * 12), **PLAN, fpc="N"), "jackknife")


class TestSingleUnits:
    frame = sample(units=(3, 1, 4))

    @pytest.mark.parametrize("method", ["jackknife", "brr", "bootstrap", "rescaling_bootstrap"])
    def test_they_are_refused_unless_a_rule_is_chosen(self, method: str) -> None:
        with pytest.raises(DesignError, match="Stratum “1” has a single sampled unit"):
            replicate(Design(self.frame, **PLAN), method)

    @pytest.mark.parametrize("method", ["jackknife", "bootstrap", "rescaling_bootstrap"])
    def test_they_may_add_nothing(self, method: str) -> None:
        plan = replicate(Design(self.frame, **PLAN, lonely="remove"), method, replicates=20)
        alone = self.frame["stratum"] == 1
        assert (matrix(plan)[alone] == self.frame.loc[alone, ["w"]].to_numpy()).all()

    def test_other_rules_are_the_jackknifes_alone(self) -> None:
        plan = Design(self.frame, **PLAN, lonely="adjust")
        assert made(replicate(plan, "jackknife")).size == 8
        with pytest.raises(DesignError, match="remove or certainty"):
            replicate(plan, "bootstrap")


def refused(match: str, method: str = "jackknife", plan: Design | None = None, **options: object) -> None:
    with pytest.raises(DesignError, match=match):
        replicate(plan or Design(sample(), **PLAN), method, **options)


def test_what_cannot_be_replicated_is_refused() -> None:
    refused("method is one of jackknife, brr", "jack")
    refused("at least two replicates", "bootstrap", replicates=1)
    refused("rho, at least 0 and below 1", "fay", rho=1)
    refused("has 3. Join units or strata", "brr", Design(sample(units=(2, 3)), **PLAN))
    refused("has replicate weights already", plan=replicate(Design(sample(), **PLAN), "jackknife"))


def test_missing_answers_count_item_by_item() -> None:
    frame = data("nhanes").query("SDMVSTRA < 79")
    plan = {"weights": "WTMEC2YR", "strata": "SDMVSTRA", "clusters": "SDMVPSU", "nest": True}
    jackknife = replicate(Design(frame, **plan), "jackknife")
    alone = replicate(Design(frame.dropna(subset="HI_CHOL"), **plan), "jackknife")
    assert_alike(mean(jackknife, "HI_CHOL", by="race"), mean(alone, "HI_CHOL", by="race"))
