"""Cronbach's alpha: how much of the spread of a sum of items the items share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.estimation.design import Columns, Design
from analysis.estimation.domains import degrees_of_freedom, split
from analysis.estimation.estimate import Estimate
from analysis.estimation.estimation import Missing, divide, domain_columns
from analysis.scales.answers import Answers, check_spread, read_answers
from analysis.scales.moments import infer_moments
from analysis.scales.tables import stack, tabulate_scales


@dataclass(frozen=True, eq=False)
class Alpha(Estimate):
    """Alpha by domain, with a table of its items.

    `items`: a row per domain and item: the columns of `by`, item, n (answers), mean, sd, item_total and
    item_rest (correlation with the sum of all items, and of the others), alpha_if_deleted (nan in a scale
    of two).
    """

    items: pd.DataFrame = field(default_factory=pd.DataFrame)


def cronbach_alpha(
    design: Design,
    items: Sequence[str],
    by: Columns = None,
    missing: Missing = "listwise",
    level: float = 0.95,
) -> Alpha:
    """Weighted Cronbach's alpha of k items, by domain, with its design-based error.

    α = k/(k−1) · (1 − Σ s_jj / Σ s_jl) over the weighted covariance matrix (Cronbach, 1951, Psychometrika
    16). The error is that of its influence function (van Zyl, Neudecker & Nel, 2000, Psychometrika 65;
    Maydeu-Olivares, Coffman & Hartmann, 2007, Psychological Methods 12), without assuming normal answers;
    in a design with replicate weights, that of the replicates. Interval by Student's t.

    `missing`: rows with every item answered ("listwise", as R's `svycralpha`), or each pair of items over
    the rows that answered both ("available"). A domain where alpha is not defined gets nan. Raises
    DesignError: one item, no numbers, fewer than two rows; an item everybody answers alike, without `by`.
    """
    columns = domain_columns(by)
    domains, values = split(design, columns)
    samples = read_answers(design, items, domains, missing)
    if not columns:
        check_spread(samples[0], design.weights)
    inferred = infer_moments(design, domains, samples, _alpha, _alpha_gradient)
    df = degrees_of_freedom(design, domains, design.weights)
    found = tabulate_scales(["alpha"], samples, values, df, inferred, level)
    tables = [_item_table(answers, design.weights) for answers in samples]
    return Alpha(found.table, found.covariance, found.confidence, found.by, stack(tables, values))


def alpha_of(covariance: np.ndarray) -> float:
    """Alpha of the items with this covariance matrix; nan where their sum has no spread."""
    count, whole = len(covariance), covariance.sum()
    if count < 2 or not whole > 0:
        return np.nan
    return count / (count - 1) * (1 - np.trace(covariance) / whole)


def _alpha(covariance: np.ndarray) -> np.ndarray:
    return np.array([alpha_of(covariance)])


def _alpha_gradient(covariance: np.ndarray) -> np.ndarray:
    """k/(k−1) · (tr S · 11′ / T² − I / T), T the sum of all covariances."""
    count, whole = len(covariance), covariance.sum()
    slope = divide(np.trace(covariance), whole**2) - divide(np.eye(count), whole)
    return (count / (count - 1) * slope)[None]


def _item_table(answers: Answers, weights: np.ndarray) -> pd.DataFrame:
    matrix = answers.covariance(weights)
    count = len(answers.items)
    n = np.full(count, answers.n) if answers.answered is None else answers.answered.sum(axis=0)
    own, with_all, whole = np.diag(matrix), matrix.sum(axis=1), matrix.sum()
    rest = whole - 2 * with_all + own
    return pd.DataFrame(
        {
            "item": answers.items,
            "n": n,
            "mean": _means(answers, weights),
            "sd": np.sqrt(divide(np.maximum(own, 0.0) * n, n - 1)),
            "item_total": divide(with_all, _root(own * whole)),
            "item_rest": divide(with_all - own, _root(own * rest)),
            "alpha_if_deleted": [alpha_of(np.delete(np.delete(matrix, j, 0), j, 1)) for j in range(count)],
        }
    )


def _means(answers: Answers, weights: np.ndarray) -> np.ndarray:
    own = weights[answers.rows]
    if answers.answered is None:
        return answers.means + divide(own @ answers.values, own.sum())
    return answers.means + divide(own @ answers.values, own @ answers.answered)


def _root(squares: np.ndarray) -> np.ndarray:
    """Roots, nan where nothing is left to take the root of."""
    return np.sqrt(np.where(squares > 0, squares, np.nan))
