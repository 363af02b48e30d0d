"""Synthetic surveys of any size, the same for the same seed: no row is a person."""

from __future__ import annotations

import numpy as np
import pandas as pd

PROVINCES = 63
MARGINS = {"province": PROVINCES, "sex": 2, "age": 6, "education": 5}
SEED = 20260722

TOLERANCE = 1e-10
"""How near to its margins every library rakes."""


def raking_survey(rows: int) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """A sample that misses its margins by up to a half, and the totals of each margin, which agree."""
    rng = np.random.default_rng(SEED)
    frame = pd.DataFrame(
        {name: rng.integers(0, size, rows, dtype=np.int16) for name, size in MARGINS.items()}
    )
    frame["weight"] = rng.uniform(5, 15, rows)
    totals = {}
    for name, size in MARGINS.items():
        wanted = np.bincount(frame[name], frame["weight"], size) * rng.uniform(0.7, 1.4, size)
        totals[name] = pd.Series(wanted / wanted.sum() * rows * 10, index=range(size))
    return frame, totals


def clustered_survey(rows: int, units: int, items: int, missing: float = 0.0) -> pd.DataFrame:
    """`units` communes in provinces, `items` answers from 1 to 5 with a commune's own leaning."""
    rng = np.random.default_rng(SEED)
    commune = np.sort(rng.integers(0, units, rows))
    frame = pd.DataFrame(
        {"province": commune * PROVINCES // units, "commune": commune, "weight": rng.uniform(1, 3, rows)}
    )
    lean = rng.normal(0, 0.4, (units, items))
    answers = {}
    for item in range(items):
        answer = np.clip(np.rint(3 + lean[commune, item] + rng.normal(0, 1, rows)), 1, 5)
        answers[f"q{item}"] = np.where(rng.random(rows) < missing, np.nan, answer) if missing else answer
    return pd.concat([frame, pd.DataFrame(answers)], axis=1)


def large_survey(rows: int, units: int, items: int) -> pd.DataFrame:
    """As `clustered_survey`, in one byte an answer and drawn with less care."""
    rng = np.random.default_rng(SEED)
    commune = np.arange(rows, dtype=np.int32) % units
    columns = {
        "province": (commune * PROVINCES // units).astype(np.int8),
        "commune": commune,
        "weight": rng.uniform(1, 3, rows),
    }
    for item in range(items):
        columns[f"q{item}"] = rng.integers(1, 6, rows, dtype=np.int8)
    return pd.DataFrame(columns)


def item_names(frame: pd.DataFrame) -> list[str]:
    return [name for name in frame.columns if name.startswith("q")]
