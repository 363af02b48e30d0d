"""The same, done by R's package `survey`; R times its own work, so that starting it does not count."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from benchmarks.cases.ours import Figures
from benchmarks.cases.sizes import Sizes
from benchmarks.cases.surveys import MARGINS, TOLERANCE, clustered_survey, item_names, raking_survey

_START = """
suppressMessages(library(survey))
folder <- commandArgs(trailingOnly = TRUE)[1]
read <- function(name) read.csv(file.path(folder, paste0(name, ".csv")))
give <- function(name, values) write.csv(data.frame(value = format(values, digits = 17)),
                                         file.path(folder, paste0(name, ".out")), row.names = FALSE)
d <- read("survey")
"""

_RAKING = """
des <- svydesign(ids = ~1, weights = ~weight, data = d)
margins <- list({margins})
totals <- list({totals})
time <- system.time(raked <- rake(des, margins, totals,
                                  control = list(maxit = 1000, epsilon = {tolerance})))
give("weights", weights(raked))
"""

_MEANS = """
des <- svydesign(ids = ~commune, strata = ~province, weights = ~weight, data = d)
time <- system.time(m <- svymean({items}, des))
give("estimates", coef(m)); give("errors", SE(m))
"""

_BOOTSTRAP = """
des <- svydesign(ids = ~commune, strata = ~province, weights = ~weight, data = d)
set.seed(1)
time <- system.time(m <- svymean({items}, as.svrepdesign(des, type = "subbootstrap",
                                                         replicates = {replicates})))
give("estimates", coef(m)); give("drawn errors", SE(m))
"""


def rake_margins(sizes: Sizes) -> tuple[float, Figures]:
    frame, totals = raking_survey(sizes.rows)
    script = _RAKING.format(
        margins=", ".join(f"~{name}" for name in MARGINS),
        totals=", ".join(f'read("{name}")' for name in MARGINS),
        tolerance=TOLERANCE,
    )
    tables = {
        name: pd.DataFrame({name: series.index, "Freq": series.to_numpy()}) for name, series in totals.items()
    }
    return _run(script, {"survey": frame, **tables})


def item_means(sizes: Sizes) -> tuple[float, Figures]:
    frame = clustered_survey(sizes.rows, sizes.units, sizes.items)
    return _run(_MEANS.format(items=_formula(frame)), {"survey": frame})


def bootstrap(sizes: Sizes) -> tuple[float, Figures]:
    frame = clustered_survey(sizes.rows, sizes.units, sizes.items)
    script = _BOOTSTRAP.format(items=_formula(frame), replicates=sizes.replicates)
    return _run(script, {"survey": frame})


def _formula(frame: pd.DataFrame) -> str:
    return "~" + " + ".join(item_names(frame))


def _run(script: str, tables: Mapping[str, pd.DataFrame]) -> tuple[float, Figures]:
    """Seconds that R measured, and what it wrote. Raises RuntimeError with R's words where it fails."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for table, frame in tables.items():
            frame.to_csv(folder / f"{table}.csv", index=False)
        (folder / "work.R").write_text(_START + script + 'cat(time[["elapsed"]])\n')
        command = ["Rscript", str(folder / "work.R"), name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        figures = {path.stem: pd.read_csv(path)["value"].to_numpy(float) for path in folder.glob("*.out")}
        return float(done.stdout.split()[-1]), {name: np.asarray(values) for name, values in figures.items()}


CASES = {"raking": rake_margins, "means": item_means, "bootstrap": bootstrap}
