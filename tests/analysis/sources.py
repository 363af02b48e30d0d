"""One synthetic survey, and the ways its rows can lie: two stages, population sizes, missing answers."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from analysis import Estimate
from analysis.engines import FrameSource, ParquetSource, ShardSource, Source

CUTS = (0, 250, 700, 701, 1100, 1500)  # shards cut through strata, communes and households


def survey_frame() -> pd.DataFrame:
    """1,500 rows: 5 provinces, 6 communes each, households; synthetic, from a seed."""
    rng = np.random.default_rng(2026)
    rows = 1500
    province = rng.integers(0, 5, rows)
    frame = pd.DataFrame({"province": np.array(["An", "Bình", "Cao", "Đông", "Hà"])[province]})
    frame["commune"] = province * 100 + rng.integers(0, 6, rows)
    frame["household"] = rng.integers(0, 12, rows)
    frame["communes"] = np.array([40.0, 60, 80, 100, 30])[province]
    frame["households"] = 200.0
    frame["rows"] = frame.groupby("province")["province"].transform("size") * 7.0
    frame["weight"] = rng.uniform(1, 3, rows) * (rng.random(rows) > 0.02)
    frame["age"] = rng.integers(18, 80, rows)
    frame["sex"] = pd.Series(np.array(["m", "f", None], dtype=object)[rng.choice(3, rows, p=[0.5, 0.4, 0.1])])
    frame["trust"] = _with_gaps(rng.integers(1, 6, rows).astype(float), rng)
    # Far from zero for what it varies by, so that sums of squares would lose digits.
    frame["speed"] = _with_gaps(2000 + rng.normal(0, 0.1, rows) + province, rng)
    frame["paid"] = _with_gaps(rng.lognormal(3, 1, rows), rng)
    words = np.array(["desk", "web", "post", None], dtype=object)
    frame["place"] = pd.Series(words[rng.choice(4, rows, p=[0.6, 0.2, 0.1, 0.1])])
    return frame


def _with_gaps(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return np.where(rng.random(len(values)) < 0.1, np.nan, values)


def shards(frame: pd.DataFrame) -> list[pd.DataFrame]:
    return [frame.iloc[start:stop] for start, stop in pairwise(CUTS)]


def write_parquet(frame: pd.DataFrame, folder: Path) -> list[Path]:
    paths = []
    for number, shard in enumerate(shards(frame)):
        paths.append(folder / f"shard_{number}.parquet")
        with duckdb.connect() as connection:
            connection.register("shard", shard)
            connection.execute(f"COPY (SELECT * FROM shard) TO '{paths[-1]}' (FORMAT parquet)")
    return paths


SOURCES: dict[str, Callable[[pd.DataFrame, Path], Source]] = {
    "table": lambda frame, _: FrameSource(frame, block=333),
    "parquet": lambda frame, folder: ParquetSource(write_parquet(frame, folder), block=2048),
    "shards": lambda frame, _: ShardSource(shards(frame)),
    "parquet shards": lambda frame, folder: ShardSource(write_parquet(frame, folder)),
}


def assert_same(ours: Estimate, theirs: Estimate, tolerance: float = 1e-10) -> None:
    """The same table, figure for figure, and the same covariance, relative to the errors it is of."""
    labels = ["item", "level", *theirs.by]
    pd.testing.assert_frame_equal(ours.table[labels], theirs.table[labels], check_dtype=False)
    numbers = theirs.table.columns.drop(labels)
    np.testing.assert_allclose(
        ours.table[numbers].to_numpy(float), theirs.table[numbers].to_numpy(float), rtol=tolerance
    )
    errors = theirs.table["se"].to_numpy()
    scale = np.where(errors > 0, errors, 1.0)
    np.testing.assert_allclose(
        ours.covariance / np.outer(scale, scale),
        theirs.covariance / np.outer(scale, scale),
        atol=tolerance,
        rtol=tolerance,
    )
