"""One sample in each stratum."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError, listed
from analysis.samples.columns import check_complete, check_new
from analysis.samples.draws import How, Method, Sort
from analysis.samples.selection import select
from questionnaires.faults import N_


def select_by_stratum(
    frame: pd.DataFrame,
    strata: str,
    sizes: Mapping[str, int] | pd.Series,
    seed: int,
    method: Method = "simple",
    *,
    measure: str | None = None,
    sort: Sort = None,
) -> pd.DataFrame:
    """Draw `sizes[stratum]` rows from each stratum on its own, by any method: "simple", "systematic", "pps"
    or "sampford" (the last two by the column `measure`).

    Beside `probability` and `weight` stand `stratum_population` (N) and `stratum_sampled` (n), the first
    being the `fpc` of a design drawn with equal chances. A stratum's draw depends on the seed and its own
    rows alone, not on the other strata; strata of size 0 or without a size are left out. Raises DesignError
    naming the strata that the frame does not have, or that have too few rows.
    """
    check_new(frame, ["probability", "weight", "stratum_population", "stratum_sampled"])
    check_complete(frame, [strata])
    groups = dict(frame.groupby(strata, observed=True).indices)
    how = How(method, measure, sort)
    parts = [
        select(frame.iloc[groups[name]], size, own_seed(seed, name), how).assign(
            stratum_population=len(groups[name]), stratum_sampled=size
        )
        for name, size in whole_sizes(sizes, {name: len(rows) for name, rows in groups.items()}).items()
    ]
    if not parts:
        raise DesignError(N_("No stratum is given a size above 0."))
    return pd.concat(parts)


def whole_sizes(sizes: Mapping | pd.Series, available: Mapping) -> dict[object, int]:
    """The sizes above 0, by stratum; refuses strata that do not exist, and more rows than a stratum has."""
    wanted = pd.Series(sizes, dtype=float)
    unknown = [name for name in wanted.index if name not in available]
    if unknown:
        raise DesignError(N_("The frame has no stratum %(strata)s."), strata=listed(unknown))
    wrong = [
        f"{name} ({size:g} of {available[name]})"
        for name, size in wanted.items()
        if not (0 <= size <= available[name] and size == int(size))
    ]
    if wrong:
        raise DesignError(
            N_("A stratum gives a whole number of rows, none to all it has; not so in %(strata)s."),
            strata=listed(wrong),
        )
    return {name: int(size) for name, size in wanted.items() if size > 0}


def own_seed(seed: int, name: object) -> int:
    """A seed for one stratum, from its name, the same on every machine."""
    return int(np.random.SeedSequence([seed, *str(name).encode()]).generate_state(1, np.uint64)[0])
