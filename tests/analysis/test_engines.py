"""The rows lie in a table, in Parquet files or in shards: the answers are those of a design over all rows."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import Design, DesignError, contrast, domain_means, mean, proportion, ratio, total
from analysis.engines import FrameSource, ShardSource, Source, SourceDesign
from tests.analysis.sources import SOURCES, assert_same, survey_frame, write_parquet

FRAME = survey_frame()
TWO_STAGES = {
    "weights": "weight",
    "strata": "province",
    "clusters": ["commune", "household"],
    "fpc": ["communes", "households"],
}
DESIGNS = {
    "two stages with population sizes": TWO_STAGES,
    "two stages, weights from population sizes": {**TWO_STAGES, "weights": None},
    "two stages with replacement": {**TWO_STAGES, "fpc": None},
    "rows in strata with population sizes": {"weights": "weight", "strata": "province", "fpc": "rows"},
    "rows in strata, weights from population sizes": {"strata": "province", "fpc": "rows"},
    "rows": {"weights": "weight"},
}
ITEMS = ["trust", "speed", "place"]


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Source:
    return SOURCES[request.param](FRAME, tmp_path)


@pytest.fixture(params=DESIGNS)
def options(request: pytest.FixtureRequest) -> dict:
    return DESIGNS[request.param]


def test_means_and_shares_by_domain(source: Source, options: dict) -> None:
    ours = domain_means(SourceDesign(source, **options), ITEMS, by=["province", "sex"])
    assert_same(ours, domain_means(Design(FRAME, **options), ITEMS, by=["province", "sex"]))


def test_totals_of_complete_rows_in_a_domain(source: Source, options: dict) -> None:
    adults = "age > 30 and sex == 'f'"
    ours = total(SourceDesign(source, **options).where(adults), ITEMS, missing="listwise")
    assert_same(ours, total(Design(FRAME, **options).where(adults), ITEMS, missing="listwise"))


def test_ratios_and_what_is_made_of_them(source: Source, options: dict) -> None:
    ours = ratio(SourceDesign(source, **options), ["paid", "trust"], "speed", by="sex", deff="replace")
    rows = ratio(Design(FRAME, **options), ["paid", "trust"], "speed", by="sex", deff="replace")
    assert_same(ours, rows)
    gap = {"gap": {("f", "paid/speed"): 1, ("m", "paid/speed"): -1}}
    assert_same(contrast(ours, gap), contrast(rows, gap))


@pytest.mark.parametrize("method", ["xlogit", "asin", "beta", "mean", "wilson"])
def test_shares_with_their_intervals(source: Source, method: str) -> None:
    adults = "age > 30"
    ours = proportion(SourceDesign(source, **TWO_STAGES).where(adults), "place", "web", method, by="sex")
    assert_same(ours, proportion(Design(FRAME, **TWO_STAGES).where(adults), "place", "web", method, by="sex"))


def test_the_share_of_ones() -> None:
    frame = FRAME.assign(old=(FRAME["age"] > 60) * 1.0)
    ours = proportion(SourceDesign(FrameSource(frame, block=99), weights="weight"), "old", method="beta")
    assert_same(ours, proportion(Design(frame, weights="weight"), "old", method="beta"))


@pytest.mark.parametrize("lonely", ["remove", "certainty", "adjust", "average"])
@pytest.mark.parametrize("stages", [{"clusters": "commune"}, {}], ids=["communes", "rows"])
def test_every_rule_for_lonely_units(lonely: str, stages: dict) -> None:
    alone = {"province": np.where(FRAME.index < 2, FRAME.index.astype(str), FRAME["province"])}
    frame = FRAME.assign(**alone, commune=np.where(FRAME.index < 2, -1 - FRAME.index, FRAME["commune"]))
    options = {"weights": "weight", "strata": "province", "lonely": lonely, **stages}
    ours = mean(SourceDesign(FrameSource(frame, block=100), **options), ITEMS, by="sex")
    assert_same(ours, mean(Design(frame, **options), ITEMS, by="sex"))


def test_a_lonely_unit_is_refused_unless_a_rule_is_named() -> None:
    frame = FRAME.assign(province=np.where(FRAME.index == 7, "Huế", FRAME["province"]))
    with pytest.raises(DesignError, match="“Huế” has a single sampled unit"):
        mean(SourceDesign(FrameSource(frame), strata="province"), "trust")


def test_shards_agree_on_categories_that_some_of_them_lack() -> None:
    parts = [FRAME[FRAME["place"] == "web"], FRAME[FRAME["place"].isna()], FRAME[FRAME["place"] == "desk"]]
    ours = mean(SourceDesign(ShardSource(parts), weights="weight"), "place", by="sex")
    assert_same(ours, mean(Design(pd.concat(parts), weights="weight"), "place", by="sex"))


def test_a_level_nobody_chose_keeps_its_place_in_a_declared_order() -> None:
    scale = pd.CategoricalDtype(["post", "desk", "kiosk", "web"])
    frame = FRAME.assign(place=FRAME["place"].astype(scale))
    e = mean(SourceDesign(FrameSource(frame, block=100), weights="weight"), "place")
    assert e.table["level"].tolist() == ["post", "desk", "kiosk", "web"]
    assert e.table["estimate"].iloc[2] == 0


def test_two_worker_processes_send_back_sums_alone(tmp_path: Path) -> None:
    from distributed import Client, LocalCluster

    paths = write_parquet(FRAME, tmp_path)
    rows = domain_means(Design(FRAME, **TWO_STAGES), ITEMS, by="sex")
    cluster = LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)
    with cluster, Client(cluster) as client:
        assert len(client.scheduler_info()["workers"]) == 2
        ours = domain_means(SourceDesign(ShardSource(paths), **TWO_STAGES), ITEMS, by="sex")
        promised = client.scatter([FRAME.iloc[:400], FRAME.iloc[400:]])
        sent = domain_means(SourceDesign(ShardSource(promised), **TWO_STAGES), ITEMS, by="sex")
        with pytest.raises(DesignError, match=r"“place” .strata. lacks"):
            SourceDesign(ShardSource(paths), strata="place")
    assert_same(ours, rows)
    assert_same(sent, rows)
