"""R's numbers, and the same designs in our words. Their origin stands in reference/README.md."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import Design

REFERENCE = Path(__file__).parent / "reference"
CHECKS = {check["id"]: check for check in json.loads((REFERENCE / "r_survey_4.5.json").read_text())["checks"]}

DESIGNS = {
    "srs": {"fpc": "fpc"},
    "strat": {"weights": "pw", "strata": "stype", "fpc": "fpc"},
    "clus1": {"weights": "pw", "clusters": "dnum", "fpc": "fpc"},
    "nhanes": {"weights": "WTMEC2YR", "strata": "SDMVSTRA", "clusters": "SDMVPSU", "nest": True},
    "scd": {"probabilities": "probability", "strata": "ESA", "clusters": "ambulance", "nest": True},
    "fpc": {"weights": "weight", "strata": "stratid", "clusters": "psuid", "fpc": "Nh", "nest": True},
    "lonely_strat": {"weights": "pw", "strata": "stype"},
}
FILES = {"srs": "apisrs", "strat": "apistrat", "clus1": "apiclus1"}


@cache
def data(name: str) -> pd.DataFrame:
    frame = pd.read_csv(REFERENCE / f"{FILES.get(name, name)}.csv")
    return frame.assign(probability=1.0) if name == "scd" else frame


def design(name: str, **options: object) -> Design:
    return Design(data(name), **DESIGNS[name], **options)


def result(check: str) -> dict:
    return CHECKS[check]["result"]


def ids(*endings: str) -> list[str]:
    """The checks whose id ends in one of these words."""
    return [check for check in CHECKS if check.split("/")[1] in endings]


def assert_close(ours: object, theirs: object, tolerance: float = 1e-10) -> None:
    """Relative agreement; numbers below 1e-9 of the largest count as noise around 0."""
    ours, theirs = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    assert ours.shape == theirs.shape
    largest = np.abs(theirs).max() if theirs.size else 0.0
    far = np.abs(ours - theirs) > tolerance * np.maximum(np.abs(theirs), 1e-9 * largest / tolerance)
    assert not far.any(), f"{ours[far]} is not {theirs[far]}"
