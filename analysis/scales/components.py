"""Principal components of items under sampling weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.items import read_numbers
from questionnaires.faults import N_


@dataclass(frozen=True, eq=False)
class Components:
    """`sdev`: standard deviation of each component. `share`: of the variance. `rotation`: (p, c) items by
    component. `centre`, `scale`: what the weighted columns were moved and divided by. `scores`: (rows of
    the frame, c), nan where an answer is missing or outside the domain. `n`: rows used.
    """

    sdev: pd.Series
    share: pd.Series
    rotation: pd.DataFrame
    centre: pd.Series
    scale: pd.Series
    scores: pd.DataFrame
    n: int


def principal_components(design: Design, items: Sequence[str], scale: bool = True) -> Components:
    """Principal components as R's `svyprcomp` gives them, over rows with every item answered.

    The columns √(w/w̄)·x, w̄ the rows' mean weight, are centred, with `scale` divided by their standard
    deviation, and decomposed; sdev = singular value / √(n−1). Note that it is the weighted columns that
    are centred and scaled, not the answers: for eigenvalues of the weighted correlation matrix see
    `number_of_factors`. The largest entry of each component is positive. Scores are the centred columns
    times the rotation, over √(w/w̄). Raises DesignError: fewer than two rows, an item without spread.
    """
    names = (items,) if isinstance(items, str) else tuple(items)
    columns = read_numbers(design.frame, names)
    used = design.inside & np.logical_and.reduce([item.answered for item in columns])
    weights = design.weights[used]
    if len(weights) < 2 or not weights.any():
        raise DesignError(
            N_("%(count)s row(s) answer these items: %(items)s. At least two are needed."),
            count=len(weights) if weights.any() else 0,
            items=listed(names),
        )
    roots = np.sqrt(weights / weights.mean())
    table = np.column_stack([next(item.columns())[1][used] for item in columns]) * roots[:, None]
    centre = table.mean(axis=0)
    table -= centre
    spread = _spread(names, table) if scale else np.ones(len(names))
    table /= spread
    _, singular, turned = np.linalg.svd(table, full_matrices=False)
    return _record(design, names, used, table, roots, singular, turned.T, centre, spread)


def _spread(names: Sequence[str], table: np.ndarray) -> np.ndarray:
    spread = table.std(axis=0, ddof=1)
    constant = [name for name, size in zip(names, spread, strict=True) if not size > 0]
    if constant:
        raise DesignError(
            N_("Everybody gives the same answer to: %(items)s. Leave such items out of the scale."),
            items=listed(constant),
        )
    return spread


def _record(
    design: Design,
    names: Sequence[str],
    used: np.ndarray,
    table: np.ndarray,
    roots: np.ndarray,
    singular: np.ndarray,
    rotation: np.ndarray,
    centre: np.ndarray,
    spread: np.ndarray,
) -> Components:
    rotation = rotation * np.sign(rotation[np.abs(rotation).argmax(axis=0), np.arange(len(singular))])
    labels = [f"PC{place}" for place in range(1, len(singular) + 1)]
    scores = np.full((len(design.frame), len(singular)), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores[used] = np.where(roots[:, None] > 0, table @ rotation / roots[:, None], np.nan)
    return Components(
        sdev=pd.Series(singular / np.sqrt(len(table) - 1), labels),
        share=pd.Series(singular**2 / (singular**2).sum(), labels),
        rotation=pd.DataFrame(rotation, list(names), labels),
        centre=pd.Series(centre, list(names)),
        scale=pd.Series(spread, list(names)),
        scores=pd.DataFrame(scores, design.frame.index, labels),
        n=len(table),
    )
