"""What is measured, done by `analysis`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis import Design, Estimate, mean, rake, replicate
from benchmarks.cases.sizes import Sizes
from benchmarks.cases.surveys import TOLERANCE, clustered_survey, item_names, large_survey, raking_survey

Figures = dict[str, np.ndarray]
"""What came out, by name, for comparison with others."""


def rake_margins(sizes: Sizes) -> Callable[[], Figures]:
    frame, totals = raking_survey(sizes.rows)
    design = Design(frame, weights="weight")
    return lambda: {"weights": rake(design, totals, tolerance=TOLERANCE).weights}


def item_means(sizes: Sizes) -> Callable[[], Figures]:
    frame = clustered_survey(sizes.rows, sizes.units, sizes.items)
    design = _clustered(frame)
    return lambda: _figures(mean(design, item_names(frame)))


def bootstrap(sizes: Sizes) -> Callable[[], Figures]:
    frame = clustered_survey(sizes.rows, sizes.units, sizes.items)
    design = _clustered(frame)

    def work() -> Figures:
        replicated = replicate(design, "rescaling_bootstrap", replicates=sizes.replicates, seed=1)
        e = mean(replicated, item_names(frame))
        return {"estimates": e.table["estimate"].to_numpy(), "drawn errors": e.table["se"].to_numpy()}

    return work


def domain_means(sizes: Sizes) -> Callable[[], Figures]:
    frame = large_survey(sizes.rows, sizes.units, sizes.items)
    design = _clustered(frame)
    return lambda: _figures(mean(design, item_names(frame), by="province"))


def _clustered(frame: pd.DataFrame) -> Design:
    return Design(frame, weights="weight", strata="province", clusters="commune")


def _figures(e: Estimate) -> Figures:
    return {"estimates": e.table["estimate"].to_numpy(), "errors": e.table["se"].to_numpy()}


CASES = {"raking": rake_margins, "means": item_means, "bootstrap": bootstrap, "domains": domain_means}
"""Name of a case → from its sizes, the work with all data at hand."""
