"""R's numbers, and the same designs in our words. Their origin stands in reference/README.md."""

import json
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import Design, Estimate

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


Comparison = Callable[[str], None]
COMPARISONS: dict[str, Comparison] = {}
"""Check id → the comparison that raises AssertionError where our numbers are not R's."""


def compares(*patterns: str) -> Callable[[Comparison], Comparison]:
    """Let a function of the check's id answer for the checks whose ids match, such as "*/chisq_F"."""

    def register(comparison: Comparison) -> Comparison:
        for pattern in patterns:
            found = [check for check in CHECKS if fnmatchcase(check, pattern)]
            assert found, f"no check is called {pattern}"
            twice = [check for check in found if check in COMPARISONS]
            assert not twice, f"two comparisons answer for {twice}"
            COMPARISONS.update(dict.fromkeys(found, comparison))
        return comparison

    return register


def survey(check: str, **options: object) -> Design:
    """The design a check is about."""
    return design(CHECKS[check]["design"], **options)


def assert_close(ours: object, theirs: object, tolerance: float = 1e-10) -> None:
    """Relative agreement; numbers below 1e-9 of the largest count as noise around 0."""
    ours, theirs = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    assert ours.shape == theirs.shape
    largest = np.abs(theirs).max() if theirs.size else 0.0
    far = np.abs(ours - theirs) > tolerance * np.maximum(np.abs(theirs), 1e-9 * largest / tolerance)
    assert not far.any(), f"{ours[far]} is not {theirs[far]}"


# R names a share by item and level in one word.
R_NAMES = {
    f"{item}{level}": f"{item}={level}"
    for item, levels in (("stype", "EHM"), ("sch.wide", ("No", "Yes")))
    for level in levels
}


def assert_same(ours: Estimate, theirs: dict, tolerance: float = 1e-10) -> None:
    """Compare what R gave: estimates, errors, covariance, intervals and design effects, row by row."""
    order = [R_NAMES.get(name, name) for name in theirs["coef"]]
    table = ours.table.loc[order]
    for column, r_column in (
        ("estimate", "coef"),
        ("se", "se"),
        ("lower", "ci_low"),
        ("upper", "ci_high"),
        ("deff", "deff"),
    ):
        if r_column in theirs:
            assert_close(table[column], list(theirs[r_column].values()), tolerance)
    if "vcov" in theirs:
        assert_close(ours.covariance.loc[order, order], theirs["vcov"], tolerance)
    if "df" in theirs:
        assert set(table["df"]) == {theirs["df"]}


def assert_by(ours: Estimate, theirs: dict, tolerance: float = 1e-10) -> None:
    """R names the rows of one item by domain alone."""
    renamed = ours.table.set_axis([label.split(":")[0] for label in ours.table.index])
    assert_close(renamed.loc[theirs["rows"], "estimate"], list(theirs["coef"].values()), tolerance)
    assert_close(renamed.loc[theirs["rows"], "se"], list(theirs["se"].values()), tolerance)
