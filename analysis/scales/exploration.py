"""How many factors the items show by themselves, and which items go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import optimize

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimation import Missing, check_option
from analysis.scales.answers import read_whole
from analysis.scales.moments import correlations
from analysis.scales.rotation import promax, varimax
from analysis.scales.structure import check_correlations
from questionnaires.faults import N_

Rotation = Literal["varimax", "promax", "none"]

# No item is explained wholly: the least unique variance.
_LEAST_UNIQUE = 0.005


@dataclass(frozen=True, eq=False)
class Exploration:
    """`loadings`: items by factor, the factor that explains most first. `unique`: each item's own variance.
    `factor_correlations`: the identity unless rotated by promax. `discrepancy`: F at the minimum.
    """

    loadings: pd.DataFrame
    unique: pd.Series
    factor_correlations: pd.DataFrame
    discrepancy: float


def explore_factors(
    design: Design,
    items: Sequence[str],
    factors: int,
    rotation: Rotation = "varimax",
    missing: Missing = "listwise",
) -> Exploration:
    """Loadings of `factors` common factors, by maximum likelihood from the weighted correlations, rotated.

    The method of R's `factanal` (Lawley & Maxwell, 1971, Factor Analysis as a Statistical Method, 4), with
    Kaiser's normalisation in varimax and the power 4 in promax. Raises DesignError: more factors than the
    items can show, items without spread or that follow from one another.
    """
    check_option("rotation", rotation, Rotation)
    answers, covariance = read_whole(design, items, missing)
    observed = correlations(covariance)
    check_correlations(answers.items, observed)
    width = len(answers.items)
    if factors < 1 or (width - factors) ** 2 < width + factors:
        raise DesignError(
            N_("%(items)s items cannot show %(factors)s factors."), items=width, factors=factors
        )
    unique, discrepancy = _unique_variances(observed, factors)
    loadings, between = _rotated(_loadings(observed, unique, factors), rotation)
    names = [f"F{place}" for place in range(1, factors + 1)]
    return Exploration(
        pd.DataFrame(loadings, list(answers.items), names),
        pd.Series(unique, list(answers.items)),
        pd.DataFrame(between, names, names),
        discrepancy,
    )


def number_of_factors(
    design: Design,
    items: Sequence[str],
    draws: int = 500,
    seed: int = 1,
    quantile: float = 0.95,
    missing: Missing = "listwise",
) -> pd.DataFrame:
    """Parallel analysis: a row per component of the weighted correlation matrix: component, eigenvalue,
    random (that quantile of the eigenvalues of unrelated normal items), kept (it and all before exceed it).

    Random samples have as many rows as Kish's effective sample size (Σw)² / Σw² (Horn, 1965, Psychometrika
    30; quantile: Glorfeld, 1995). Strongly correlated factors show as fewer components. The same `seed`
    gives the same numbers. Raises DesignError for no more rows than items.
    """
    answers, covariance = read_whole(design, items, missing)
    weights = design.weights[answers.rows]
    size = int(weights.sum() ** 2 / (weights**2).sum() + 1e-9)
    width = len(answers.items)
    if size <= width:
        raise DesignError(
            N_("%(rows)s effective rows are too few for %(items)s items: more rows than items are needed."),
            rows=size,
            items=width,
        )
    if draws < 2 or not 0 < quantile < 1:
        raise DesignError(N_("Parallel analysis takes at least two draws, and a quantile between 0 and 1."))
    values = np.linalg.eigvalsh(correlations(covariance))[::-1]
    random = np.quantile(_random_eigenvalues(size, width, draws, seed), quantile, axis=0)
    kept = np.logical_and.accumulate(values > random)
    return pd.DataFrame(
        {"component": np.arange(1, width + 1), "eigenvalue": values, "random": random, "kept": kept}
    )


def _random_eigenvalues(size: int, width: int, draws: int, seed: int) -> np.ndarray:
    """(draws, p) of correlation matrices of unrelated normal items.

    Their covariance is drawn whole, from Wishart's distribution (Bartlett, 1933): the triangle T of T T′ has
    normal numbers below roots of chi-squares. So the draws cost the same for a million rows.
    """
    random = np.random.default_rng(seed)
    triangle = np.tril(random.normal(size=(draws, width, width)), -1)
    places = np.arange(width)
    triangle[:, places, places] = np.sqrt(random.chisquare(size - 1 - places, (draws, width)))
    scaled = triangle / np.sqrt((triangle**2).sum(axis=2, keepdims=True))
    return np.linalg.eigvalsh(scaled @ scaled.transpose(0, 2, 1))[:, ::-1]


def _unique_variances(observed: np.ndarray, factors: int) -> tuple[np.ndarray, float]:
    start = (1 - factors / (2 * len(observed))) / np.diag(np.linalg.inv(observed))

    def value(unique: np.ndarray) -> float:
        root = np.sqrt(unique)
        small = np.linalg.eigvalsh(observed / np.outer(root, root))[: len(root) - factors]
        return float((small - np.log(small) - 1).sum())

    def slope(unique: np.ndarray) -> np.ndarray:
        loadings = _loadings(observed, unique, factors)
        return ((loadings**2).sum(axis=1) + unique - np.diag(observed)) / unique**2

    found = optimize.minimize(
        value,
        np.clip(start, _LEAST_UNIQUE, 1),
        jac=slope,
        method="L-BFGS-B",
        bounds=[(_LEAST_UNIQUE, 1)] * len(start),
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 5000},
    )
    return found.x, float(found.fun)


def _loadings(observed: np.ndarray, unique: np.ndarray, factors: int) -> np.ndarray:
    root = np.sqrt(unique)
    values, vectors = np.linalg.eigh(observed / np.outer(root, root))
    largest = slice(None, -factors - 1, -1)
    return root[:, None] * vectors[:, largest] * np.sqrt(np.maximum(values[largest] - 1, 0))


def _rotated(loadings: np.ndarray, rotation: Rotation) -> tuple[np.ndarray, np.ndarray]:
    """Loadings and correlations of the factors, in order of what they explain, each mostly positive."""
    between = np.eye(loadings.shape[1])
    if rotation != "none" and loadings.shape[1] > 1:
        loadings = varimax(loadings)
        loadings, between = promax(loadings) if rotation == "promax" else (loadings, between)
    order = np.argsort(-(loadings**2).sum(axis=0), kind="stable")
    sign = np.where(loadings[:, order].sum(axis=0) < 0, -1.0, 1.0)
    return loadings[:, order] * sign, between[np.ix_(order, order)] * np.outer(sign, sign)
