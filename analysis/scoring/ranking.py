"""Places within ranking groups, and what happens when two units are equal."""

from __future__ import annotations

import pandas as pd

from questionnaires.framework import Framework

DIGITS = 9
"""Indexes equal to this many decimals are equal: sums of floating-point numbers lose their last digits."""


def place_units(framework: Framework, index: pd.DataFrame, percents: pd.DataFrame) -> pd.DataFrame:
    """`index` with the columns ranked, rank, rank_shared; rows of `percents` match those of `index`.

    The highest index of a group is first; equals share the best of their places (1, 1, 3). Where the tie rule
    names a criterion, its percent decides between equals first. Units of groups that are only scored, and
    units without an index, have no rank.
    """
    scored_only = {group.code for group in framework.ranking_groups if not group.ranked}
    ranked = ~index["ranking_group"].isin(scored_only)
    order = _order(framework, index, percents).where(ranked & index["index"].notna())
    ranks = order.groupby(index["ranking_group"]).rank(method="min", ascending=False)
    sharers = ranks.groupby([index["ranking_group"], ranks]).transform("size")
    return index.assign(ranked=ranked, rank=ranks, rank_shared=sharers.gt(1) & ranks.notna())


def _order(framework: Framework, index: pd.DataFrame, percents: pd.DataFrame) -> pd.Series:
    """A number per unit that rises with its place: equal only where the tie rule finds units equal."""
    keys = pd.DataFrame({"index": index["index"].round(DIGITS)})
    if framework.tie.rule == "criterion" and framework.tie.criterion in percents:
        keys["criterion"] = percents[framework.tie.criterion].round(DIGITS).fillna(-1.0)
    return keys.groupby(list(keys.columns), sort=True).ngroup().astype(float)
