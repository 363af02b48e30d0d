"""What must hold for every sample, tried on random ones."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis.estimation.linearise
from analysis import Design, Estimate, contrast, mean, poststratify, ratio, total
from tests.analysis.textbook import covariance

seeds = st.integers(0, 2**32 - 1)
few = settings(max_examples=25, deadline=None)
TWO_STAGES = {"strata": ["region", "part"], "clusters": ["village", "house"], "fpc": ["villages", "houses"]}
DESIGNS = [
    {},
    {"strata": "region"},
    {"strata": "region", "clusters": "village"},
    {"strata": "region", "clusters": "village", "fpc": "villages"},
    TWO_STAGES,
]


def draw(seed: int) -> pd.DataFrame:
    """A two-stage sample: 2 regions, 2 to 4 villages in each, 2 parts of a village with 2 or 3 houses, 1
    to 3 people.
    """
    random = np.random.default_rng(seed)
    rows = [
        {"region": region, "village": f"{region}{village}", "part": part, "house": f"{part}{house}"}
        for region in "AB"
        for village in range(random.integers(2, 5))
        for part in "xy"
        for house in range(random.integers(2, 4))
        for _ in range(random.integers(1, 4))
    ]
    frame = pd.DataFrame(rows)
    frame["villages"] = frame["region"].map({"A": 9, "B": 4})
    frame["houses"] = frame["part"].map({"x": 3, "y": 20})
    frame["w"] = random.uniform(1, 20, len(frame))
    frame["y"] = random.normal(50, 10, len(frame))
    frame["z"] = random.uniform(1, 2, len(frame))
    frame["sex"] = [*"fm", *random.choice(["f", "m"], len(frame) - 2)]
    frame.loc[random.random(len(frame)) < 0.2, "y"] = np.nan
    return frame


def assert_alike(ours: Estimate, theirs: Estimate, scale: float = 1.0) -> None:
    numbers = ["estimate", "se", "lower", "upper"]
    assert np.allclose(ours.table[numbers], theirs.table[numbers] * scale, rtol=1e-9, equal_nan=True)
    size = np.nanmax(np.abs(theirs.covariance.to_numpy())) * scale**2
    gap = np.abs(ours.covariance.to_numpy() - theirs.covariance.to_numpy() * scale**2)
    assert np.nanmax(gap) <= 1e-10 * size


@few
@given(seeds)
def test_totals_by_domain_vary_as_the_textbook_says(seed: int) -> None:
    frame = draw(seed)
    design = Design(frame, weights="w", **TWO_STAGES)
    ours = total(design, ["y", "z"], by="sex")
    scores = pd.DataFrame(
        {
            f"{sex}:{item}": (frame["w"] * frame[item]).where(frame["sex"] == sex, 0).fillna(0)
            for sex in "fm"
            for item in ("y", "z")
        }
    )
    theirs = covariance(scores, frame, *TWO_STAGES.values())
    assert np.allclose(ours.covariance.loc[list(scores), list(scores)], theirs, rtol=1e-10)


@few
@given(seeds, st.sampled_from(DESIGNS))
def test_the_order_of_rows_does_not_matter(seed: int, options: dict) -> None:
    frame = draw(seed)
    mixed = frame.sample(frac=1, random_state=seed)
    for estimate in (mean, total):
        ours, theirs = (
            estimate(Design(rows, weights="w", **options), ["y", "sex"], by="part") for rows in (mixed, frame)
        )
        assert_alike(ours, theirs)


@few
@given(seeds, st.sampled_from(DESIGNS), st.floats(0.01, 100))
def test_scaling_the_weights_scales_totals_alone(seed: int, options: dict, factor: float) -> None:
    frame = draw(seed)
    design = Design(frame, weights="w", **options)
    scaled = Design(frame.assign(w=frame["w"] * factor), weights="w", **options)
    assert_alike(mean(scaled, "y", by="sex"), mean(design, "y", by="sex"))
    assert_alike(ratio(scaled, "y", "z"), ratio(design, "y", "z"))
    assert_alike(total(scaled, "y"), total(design, "y"), factor)


@few
@given(seeds)
def test_a_census_has_no_error(seed: int) -> None:
    frame = draw(seed)
    frame["people"] = len(frame)
    frame["villages"] = frame.groupby("region")["village"].transform("nunique")
    people = Design(frame, fpc="people")
    villages = Design(frame, clusters="village", strata="region", fpc="villages")
    for census in (people, villages):
        assert (mean(census, ["y", "sex"], by="region").table["se"] == 0).all()
        assert (total(census, "y").table["se"] == 0).all()


@few
@given(seeds, st.sampled_from(DESIGNS))
def test_a_mean_is_the_ratio_of_totals_and_domains_add_up(seed: int, options: dict) -> None:
    design = Design(draw(seed).assign(one=1.0), weights="w", **options)
    columns = ["estimate", "se", "deff"]
    as_ratio, as_mean = ratio(design, "y", "one", by="sex"), mean(design, "y", by="sex")
    assert np.allclose(as_ratio.table[columns], as_mean.table[columns])
    both = contrast(total(design, "y", by="sex"), {"all": {("f", "y"): 1, ("m", "y"): 1}})
    assert np.allclose(both.table[columns[:2]], total(design, "y").table[columns[:2]])


@few
@given(seeds, st.sampled_from(DESIGNS))
def test_a_domain_taken_first_is_the_domain_estimated_by(seed: int, options: dict) -> None:
    design = Design(draw(seed), weights="w", **options)
    [alone] = mean(design.where("sex == 'f'"), "y").table.to_dict("records")
    among = mean(design, "y", by="sex").table.loc["f:y"].to_dict()
    for column in ("estimate", "se", "lower", "upper", "n", "deff", "df"):
        assert alone[column] == pytest.approx(among[column])


@few
@given(seeds, st.sampled_from(DESIGNS), st.integers(0, 2), st.sampled_from(["part", "region", "house"]))
def test_sums_by_occurring_pairs_give_what_the_full_grid_gives(
    seed: int, options: dict, calibrations: int, by: str
) -> None:
    design = Design(draw(seed), weights="w", **options)
    if calibrations > 0:
        design = poststratify(design, "sex", {"f": 500, "m": 700})
    if calibrations > 1:
        design = poststratify(design, "region", {"A": 800, "B": 400})
    grid = [estimate(design.where("z > 1.1"), ["y", "sex"], by=by) for estimate in (mean, total)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis.estimation.linearise, "GRID_LIMIT", 0)
        pairs = [estimate(design.where("z > 1.1"), ["y", "sex"], by=by) for estimate in (mean, total)]
    for ours, theirs in zip(pairs, grid, strict=True):
        largest = np.nanmax(np.abs(theirs.covariance.to_numpy()))
        assert np.allclose(ours.covariance, theirs.covariance, rtol=0, atol=1e-12 * largest, equal_nan=True)


@few
@given(seeds, st.sampled_from(DESIGNS))
def test_post_stratification_hits_its_totals_without_error(seed: int, options: dict) -> None:
    design = poststratify(Design(draw(seed), weights="w", **options), "sex", {"f": 500, "m": 700})
    counts = total(design, "sex").table
    assert counts["estimate"].tolist() == pytest.approx([500, 700])
    assert (counts["se"] <= 1e-9 * counts["estimate"]).all()
