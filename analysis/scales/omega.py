"""McDonald's omega: the share of a sum's spread that one common factor of its items explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd

from analysis.estimation.design import Columns, Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.domains import degrees_of_freedom, split
from analysis.estimation.estimate import Estimate
from analysis.estimation.estimation import Missing, domain_columns
from analysis.scales.answers import check_spread, read_answers
from analysis.scales.moments import correlations, infer_moments, through_correlations
from analysis.scales.structure import Discrepancy, Structure, fit
from analysis.scales.tables import stack, tabulate_scales
from questionnaires.faults import N_


@dataclass(frozen=True, eq=False)
class Omega(Estimate):
    """Omega by domain. `items`: a row per domain and item: the columns of `by`, item, loading
    (standardised).
    """

    items: pd.DataFrame = field(default_factory=pd.DataFrame)


def omega(
    design: Design,
    items: Sequence[str],
    by: Columns = None,
    missing: Missing = "listwise",
    level: float = 0.95,
) -> Omega:
    """McDonald's omega total of at least three items, by domain, with its design-based error.

    ω = (Σ λ_j)² / ((Σ λ_j)² + Σ ψ_j), λ loadings and ψ unique variances of a one-factor model fitted by
    maximum likelihood to the weighted covariance matrix (McDonald, 1999, Test Theory, 6). It is that of
    the plain sum of the items, in their own units. The error takes the loadings as functions of the
    covariances, by the implicit function theorem, so it holds for answers that are not normal; in a
    design with replicate weights the model is fitted anew in each.

    `missing` as in `cronbach_alpha`. A domain whose model cannot be fitted gets nan. Raises DesignError:
    fewer than three items, an item everybody answers alike, items that follow from one another, and,
    without `by`, a model whose factor explains more than all of an item.
    """
    columns = domain_columns(by)
    domains, values = split(design, columns)
    structure = Structure.read({"omega": items})
    samples = read_answers(design, items, domains, missing)
    if not columns:
        check_proper(structure, fit(structure, correlations(check_spread(samples[0], design.weights))))
    inferred = infer_moments(
        design, domains, samples, partial(_omega, structure), partial(_omega_gradient, structure)
    )
    df = degrees_of_freedom(design, domains, design.weights)
    found = tabulate_scales(["omega"], samples, values, df, inferred, level)
    loadings = [_fitted(structure, answers.covariance(design.weights)) for answers in samples]
    tables = [pd.DataFrame({"item": structure.items, "loading": one}) for one in loadings]
    return Omega(found.table, found.covariance, found.confidence, found.by, stack(tables, values))


def check_proper(structure: Structure, theta: np.ndarray) -> None:
    """Raise DesignError where the factor explains more than all of an item (a Heywood case)."""
    loadings = structure.loadings(theta)
    over = [item for item, loading in zip(structure.items, loadings, strict=True) if abs(loading) >= 1]
    if over:
        raise DesignError(
            N_(
                "The factor explains more than all of: %(items)s. These items do not follow one factor; "
                "leave some out, or add others."
            ),
            items=listed(over),
        )


def _fitted(structure: Structure, covariance: np.ndarray) -> np.ndarray:
    """(p,) loadings, nan where there are no proper ones."""
    try:
        theta = fit(structure, correlations(covariance))
        check_proper(structure, theta)
    except DesignError:
        return np.full(len(structure.items), np.nan)
    return theta


def _omega(structure: Structure, covariance: np.ndarray) -> np.ndarray:
    loadings, spread = _fitted(structure, covariance), np.sqrt(np.maximum(np.diag(covariance), 0.0))
    common = (spread @ loadings) ** 2
    return np.array([common / (common + spread**2 @ (1 - loadings**2))])


def _omega_gradient(structure: Structure, covariance: np.ndarray) -> np.ndarray:
    loadings, spread = _fitted(structure, covariance), np.sqrt(np.maximum(np.diag(covariance), 0.0))
    if np.isnan(loadings).any():
        return np.full((1, *covariance.shape), np.nan)
    shared, unique = spread @ loadings, spread**2 @ (1 - loadings**2)
    # dω = (2AB dA − A² dB) / T², A = Σ s λ, B = Σ s² (1 − λ²), T = A² + B
    by_shared, by_unique = np.array([2 * shared * unique, -(shared**2)]) / (shared**2 + unique) ** 2
    by_loading = by_shared * spread - 2 * by_unique * spread**2 * loadings
    by_spread = by_shared * loadings + 2 * by_unique * spread * (1 - loadings**2)
    followed = Discrepancy(structure, correlations(covariance)).sensitivity(loadings)
    through = through_correlations(covariance, np.tensordot(by_loading, followed, 1)[None])
    return through + np.diag(by_spread / (2 * spread))
