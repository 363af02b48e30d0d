"""Item means of one unit → the rates of its criteria, each a linear combination with its covariance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.recipe import Recipe
from analysis.scoring.aggregation import item_weights
from analysis.scoring.feeds import Feed
from analysis.scoring.item_means import ItemMeans
from questionnaires.framework import Node

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Panel:
    """What one survey's respondents, all of one group, said of one unit; `means` is None if nobody did."""

    group: str
    feeds: Sequence[Feed]
    means: ItemMeans | None


@dataclass(frozen=True, eq=False)
class Rates:
    """The rates (0..1) of one unit's leaves, their covariance, the responses behind them, degrees of freedom.

    A leaf without a rate has NaN; `absent` names the groups it weighs that gave no answer. `gradients`: for
    each panel, (leaves, columns) what each item mean adds to each rate.
    """

    rate: Numbers
    covariance: Numbers
    n: Numbers
    df: Numbers
    absent: tuple[tuple[str, ...], ...]
    gradients: tuple[Numbers, ...]


def leaf_rates(
    leaves: Sequence[Node], panels: Sequence[Panel], recipe: Recipe, combine: Sequence[str]
) -> Rates:
    """Item means → group rates (by `recipe.aggregation`) → rates, groups combined as `combine` says per leaf.

    Groups are independent samples, so their parts of the covariance add.
    """
    rate, covariance = np.zeros(len(leaves)), np.zeros((len(leaves), len(leaves)))
    n, df = np.zeros(len(leaves)), np.full(len(leaves), np.inf)
    shares = _rows(
        (_shares(*pair, panels, recipe) for pair in zip(leaves, combine, strict=True)), len(panels)
    )
    known = ~np.isnan(shares).any(axis=1) & bool(panels)
    gradients = [np.zeros((len(leaves), len(panel.feeds))) for panel in panels]
    for place, panel in enumerate(panels):
        if panel.means is None:
            continue
        rows = _rows((_item_weights(leaf, panel, recipe.aggregation) for leaf in leaves), len(panel.feeds))
        used = np.where(known, np.nan_to_num(shares[:, place]), 0.0)
        weights = gradients[place] = rows * used[:, None]
        rate += weights @ panel.means.means
        covariance += weights @ panel.means.covariance @ weights.T
        n += np.where(used > 0, np.max(np.where(rows > 0, panel.means.n, 0.0), axis=1, initial=0.0), 0.0)
        df = np.where(used > 0, np.minimum(df, panel.means.df), df)
    absent = tuple(absent_groups(leaf, panels) for leaf in leaves)
    return Rates(np.where(known, rate, np.nan), covariance, n, df, absent, tuple(gradients))


def _rows(rows: Iterable[Numbers], width: int) -> Numbers:
    """The rows as a matrix, also where there are none."""
    stacked = list(rows)
    return np.array(stacked, dtype=float).reshape(len(stacked), width)


def absent_groups(leaf: Node, panels: Sequence[Panel]) -> tuple[str, ...]:
    """The groups that the leaf weighs and that gave no answer to any of its items."""
    present = {panel.group for panel in panels if _item_weights(leaf, panel, "item_mean").any()}
    return tuple(group for group, weight in leaf.groups.items() if weight > 0 and group not in present)


def _item_weights(leaf: Node, panel: Panel, aggregation: str) -> Numbers:
    """(columns,) what each item's mean weighs in the group's rate; zeros where nobody answered any."""
    if panel.means is None:
        return np.zeros(len(panel.feeds))
    feeding = np.array([feed.leaf.code == leaf.code for feed in panel.feeds])
    return item_weights(
        [feed.item.factor for feed in panel.feeds], feeding & (panel.means.n > 0), aggregation
    )


def _shares(leaf: Node, combine: str, panels: Sequence[Panel], recipe: Recipe) -> Numbers:
    """(panels,) what each panel weighs in the leaf's rate; NaN where the rate cannot be formed."""
    if recipe.absent_group == "refuse" and absent_groups(leaf, panels):
        return np.full(len(panels), np.nan)
    people = np.array([_people(leaf, panel) for panel in panels])
    wanted = np.array([leaf.groups.get(panel.group, 0.0) if leaf.groups else 1.0 for panel in panels])
    weights = people * (wanted > 0) if combine == "pooled" else wanted * _within_group(panels, people)
    return weights / weights.sum() if weights.sum() > 0 else np.full(len(panels), np.nan)


def _people(leaf: Node, panel: Panel) -> float:
    """How many people the answers to the leaf's items speak for: the mean weight of the items' answers."""
    weights = _item_weights(leaf, panel, "item_mean")
    return float(weights @ panel.means.weight) if panel.means is not None else 0.0


def _within_group(panels: Sequence[Panel], people: Numbers) -> Numbers:
    """Each panel's part of its group: 1, unless several surveys ask the same group."""
    groups = np.array([panel.group for panel in panels])
    of_group = np.array([people[groups == group].sum() for group in groups])
    return np.divide(people, of_group, out=np.zeros(len(people)), where=of_group > 0)
