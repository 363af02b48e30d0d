"""Schools drawn in districts that were drawn first, both without replacement (columns of R's apiclus2)."""

from pathlib import Path

import pandas as pd

from analysis import Design


def two_stages() -> Design:
    """In R: svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2, data = apiclus2)."""
    frame = pd.read_csv(Path(__file__).with_name("two_stages.csv"))
    return Design(frame, clusters=["dnum", "snum"], fpc=["fpc1", "fpc2"])
