"""What cannot be asked of rows that lie elsewhere is refused in words; memory stays small."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from analysis import (
    Design,
    DesignError,
    calibrate,
    chisq,
    mean,
    poststratify,
    proportion,
    quantile,
    rake,
    regress,
    replicate,
    trim,
    variance,
)
from analysis.engines import FrameSource, ParquetSource, ShardSource, SourceDesign
from tests.analysis.sources import survey_frame, write_parquet

FRAME = survey_frame()


@pytest.fixture
def survey() -> SourceDesign:
    frame = FRAME.assign(few=(FRAME["age"] > 70) * 2.0)  # zeros and twos, of which the mean is below 1
    return SourceDesign(FrameSource(frame, block=500), weights="weight", clusters="commune")


def test_a_condition_that_each_block_would_answer_in_its_own_way_is_refused(survey: SourceDesign) -> None:
    for condition in ("age > age.mean()", "age < age.size", "max(age) > 3"):
        with pytest.raises(DesignError, match="calls a function of many rows"):
            survey.where(condition)


def test_a_condition_may_call_what_answers_row_by_row(survey: SourceDesign) -> None:
    ours = mean(survey.where("sex.isna() or place.isin(['web', 'post'])"), "trust").table
    rows = Design(FRAME, weights="weight", clusters="commune")
    theirs = mean(rows.where("sex.isna() or place.isin(['web', 'post'])"), "trust").table
    assert ours["n"].tolist() == theirs["n"].tolist()


def test_names_with_spaces_go_in_backticks() -> None:
    frame = FRAME.rename(columns={"age": "age in years"})
    survey = SourceDesign(FrameSource(frame), weights="weight").where("`age in years` > 40")
    assert mean(survey, "trust").table["n"].item() < mean(Design(frame), "trust").table["n"].item()


@pytest.mark.parametrize(
    "ask",
    [
        lambda d: quantile(d, "age", 0.5),
        lambda d: variance(d, "age"),
        lambda d: chisq(d, "place", "sex"),
        lambda d: regress(d, "trust ~ age"),
        lambda d: poststratify(d, "sex", {"m": 1.0, "f": 1.0}),
        lambda d: rake(d, {"sex": {"m": 1.0, "f": 1.0}}),
        lambda d: calibrate(d, "sex", {"sex": {"m": 1.0, "f": 1.0}}),
        lambda d: trim(d, upper=2.0),
        lambda d: replicate(d, "jackknife"),
    ],
)
def test_what_needs_the_rows_says_so(survey: SourceDesign, ask: Callable[[SourceDesign], object]) -> None:
    with pytest.raises(DesignError, match="needs the rows of the data"):
        ask(survey)


def test_a_share_names_a_level_and_an_interval_that_sums_can_give(survey: SourceDesign) -> None:
    with pytest.raises(DesignError, match=r"fitted to the rows.*choose one of"):
        proportion(survey, "place", "web")
    for level in (None, "kiosk"):
        with pytest.raises(DesignError, match="none of its levels: desk, post, web"):
            proportion(survey, "place", level, method="beta")
    for numbers in ("trust", "few"):
        with pytest.raises(DesignError, match="zeros and ones"):
            proportion(survey, numbers, method="beta")


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"weights": "wait"}, "There is no column “wait”"),
        ({"weights": "place"}, "“place” .weights. lacks"),
        ({"weights": "province"}, "“province” .weights. does not hold numbers"),
        ({"clusters": "commune", "strata": "sex"}, "“sex” .strata. lacks"),
        ({"clusters": "household", "strata": "province"}, "lies in two strata"),
        ({"strata": "province", "fpc": "age"}, "differs within stratum"),
        ({"strata": "province", "fpc": "few"}, "more than its population of 3"),
        ({"weights": "weight", "lonely": "ask"}, "lonely is one of fail, remove"),
        ({"weights": "weight", "lonely_in_domains": True}, "Name the clusters"),
    ],
)
def test_a_bad_design_is_refused_when_it_is_made(columns: dict, message: str) -> None:
    with pytest.raises(DesignError, match=message):
        SourceDesign(FrameSource(FRAME.assign(few=3.0), block=500), **columns)


def test_a_bad_weight_is_named_with_its_row(tmp_path: Path) -> None:
    paths = write_parquet(FRAME.assign(weight=FRAME["weight"].where(FRAME.index != 1201, -2)), tmp_path)
    with pytest.raises(DesignError, match=r"“weight” .weights. has -2 in row 1201"):
        SourceDesign(ParquetSource(paths), weights="weight")


def test_unknown_columns_and_empty_domains_are_refused(survey: SourceDesign) -> None:
    with pytest.raises(DesignError, match="There is no column “trusty”"):
        mean(survey, "trusty")
    with pytest.raises(DesignError, match="No row lies in the domain"):
        mean(survey.where("age > 200"), "trust")
    with pytest.raises(DesignError, match="a column of the result has that name"):
        mean(survey, "trust", by="se")


def test_shards_must_agree_on_what_is_a_number() -> None:
    parts = [FRAME, FRAME.assign(trust="high")]
    with pytest.raises(DesignError, match="“trust” holds numbers in one place and categories in another"):
        mean(SourceDesign(ShardSource(parts), weights="weight"), "trust")


def test_files_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DesignError, match="Parquet files cannot be read"):
        SourceDesign(ParquetSource(tmp_path / "none.parquet"), weights="weight")


@pytest.mark.parametrize(
    ("library", "source"), [("duckdb", ParquetSource("a.parquet")), ("dask", ShardSource([FRAME]))]
)
def test_a_missing_library_is_named_with_the_way_to_get_it(
    library: str, source: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(DesignError, match=rf"“{library}”, which is not installed.*hailong\[big\]"):
        SourceDesign(source, weights="weight")  # type: ignore[arg-type]


LARGE = """
import resource, sys
import duckdb, analysis
from analysis import mean
from analysis.engines import ParquetSource, SourceDesign

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

source = ParquetSource(sys.argv[1], memory_limit="60MB", block=20_000)
before = peak()
survey = SourceDesign(source, weights="w", strata="stratum", clusters="psu")
e = mean(survey, [f"q{i}" for i in range(20)], by="stratum")
print(len(e.table), peak() - before)
"""


def test_files_larger_than_the_memory_allowed_are_summed(tmp_path: Path) -> None:
    rows, path = 1_000_000, tmp_path / "large.parquet"
    answers = ", ".join(f"random() * 5 AS q{i}" for i in range(20))  # 8 bytes each, 160 MB in all
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT random() AS w, range % 10 AS stratum, range % 500 AS psu, {answers} "
            f"FROM range({rows})) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 20000)"
        )
    command = [sys.executable, "-c", LARGE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    estimates, megabytes = map(float, done.stdout.split())
    assert estimates == 200
    assert megabytes < 120
