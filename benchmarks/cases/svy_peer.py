"""The same, done by the Python package `svy`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from benchmarks.cases.ours import Figures
from benchmarks.cases.sizes import Sizes
from benchmarks.cases.surveys import TOLERANCE, clustered_survey, item_names, raking_survey


def rake_margins(sizes: Sizes) -> Callable[[], Figures]:
    import svy

    frame, totals = raking_survey(sizes.rows)
    sample = svy.Sample(_polars(frame), svy.Design(wgt="weight"))
    controls = {name: series.to_dict() for name, series in totals.items()}

    def work() -> Figures:
        raked = sample.weighting.rake(controls=controls, wgt_name="raked", tol=TOLERANCE, max_iter=1000)
        return {"weights": raked.data["raked"].to_numpy()}

    return work


def item_means(sizes: Sizes) -> Callable[[], Figures]:
    frame = clustered_survey(sizes.rows, sizes.units, sizes.items)
    sample = _clustered(frame)

    def work() -> Figures:
        estimates = _estimates(sample.estimation.mean(item_names(frame)))
        return {"estimates": estimates[0], "errors": estimates[1]}

    return work


def bootstrap(sizes: Sizes) -> Callable[[], Figures]:
    frame = clustered_survey(sizes.rows, sizes.units, sizes.items)
    sample = _clustered(frame)

    def work() -> Figures:
        replicated = sample.weighting.create_bs_wgts(sizes.replicates, rstate=1)
        estimates = _estimates(replicated.estimation.mean(item_names(frame), method="replication"))
        return {"estimates": estimates[0], "drawn errors": estimates[1]}

    return work


def _polars(frame: pd.DataFrame):
    import polars

    return polars.DataFrame({name: frame[name].to_numpy() for name in frame})


def _clustered(frame: pd.DataFrame):
    import svy

    return svy.Sample(_polars(frame), svy.Design(wgt="weight", stratum="province", psu="commune"))


def _estimates(results) -> np.ndarray:
    """(2, K) estimates and their errors."""
    rows = [result.estimates[0] for result in results]
    return np.array([[row.est for row in rows], [row.se for row in rows]])


CASES = {"raking": rake_margins, "means": item_means, "bootstrap": bootstrap}
