"""Do the items follow the factors they are said to measure?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimate import t_quantile
from analysis.estimation.estimation import Missing
from analysis.scales.answers import read_whole
from analysis.scales.correlations import Correlations, Kind, infer_correlations
from analysis.scales.exploration import number_of_factors
from analysis.scales.fit_indices import Fit, fit_indices, weight_of
from analysis.scales.structure import Discrepancy, Structure, check_correlations, fit
from analysis.scales.validity import (
    average_variance,
    composite_reliability,
    htmt,
    placement,
    validity_slopes,
)
from analysis.scales.verdicts import limits_with, verdicts
from questionnaires.faults import N_


@dataclass(frozen=True, eq=False)
class FactorCheck:
    """A factor model and how it stands up.

    `loadings`: factor, item, estimate (standardised), se, lower, upper. `correlations`: factor, other,
    estimate, se, lower, upper, htmt. `covariance`: of both, in their order. `factors`: factor, items,
    average_variance (AVE) and composite_reliability with _se, _lower, _upper, most_shared (the largest
    squared correlation with another factor, nan if there is none). `fit`: see `Fit`. `residuals`: observed
    less implied correlations. `placement`: see `placement`. `components`: see `number_of_factors`.
    `verdicts`: key, subject, value, limit, holds. `holds`: whether every verdict does.
    """

    n: int
    confidence: float
    loadings: pd.DataFrame
    correlations: pd.DataFrame
    covariance: pd.DataFrame
    factors: pd.DataFrame
    fit: Fit
    residuals: pd.DataFrame
    placement: pd.DataFrame
    components: pd.DataFrame
    verdicts: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def holds(self) -> bool:
        return bool(self.verdicts["holds"].all())


def factor_check(
    design: Design,
    factors: Mapping[str, Sequence[str]],
    missing: Missing = "listwise",
    level: float = 0.95,
    limits: Mapping[str, float] | None = None,
    seed: int = 1,
    correlation: Kind = "pearson",
) -> FactorCheck:
    """Check that the items follow the correlated factors `factors` (factor → its items), one each.

    The model is fitted by maximum likelihood to the weighted correlations (Jöreskog, 1969), by default of
    the answers as numbers; `correlation="polychoric"` correlates the normal quantities behind answers in
    steps (Olsson, 1979), which takes seconds for twenty items, and again for every replicate. Loadings,
    factor correlations, average variance extracted and composite reliability carry design-based errors:
    sandwich errors through the covariance of the correlations, or, in a design with replicate weights,
    those of fitting anew. Intervals by Student's t. Chi-square, RMSEA and CFI are corrected for the design
    after Satorra & Bentler (1994); see `fit_indices`. `limits` changes the usual limits of the verdicts
    (`LIMITS`); `seed` is that of the parallel analysis, which is shown, not judged.

    `missing`: rows with every item answered ("listwise"), or each pair of items over the rows that
    answered both ("available"). Raises DesignError: a factor of one item, or one alone of two; items
    everybody answers alike, perfectly correlated, or following from one another; no more rows than items;
    a model that does not settle.
    """
    bounds, structure = limits_with(limits), Structure.read(factors)
    answers, moments = read_whole(design, structure.items, missing)
    _check_rows(answers.n, structure)
    found = infer_correlations(design, answers, correlation)
    check_correlations(structure.items, found.matrix)
    theta = fit(structure, found.matrix)
    discrepancy = Discrepancy(structure, found.matrix)
    weight = weight_of(discrepancy, theta)
    values, covariance = _with_validity(found, discrepancy, theta)
    reach = t_quantile(level, design.degrees_of_freedom) * np.sqrt(np.maximum(np.diag(covariance), 0.0))
    table = pd.DataFrame({"estimate": values, "se": np.sqrt(np.maximum(np.diag(covariance), 0.0))}).assign(
        lower=values - reach, upper=values + reach
    )
    labels = _labels(structure)
    check = FactorCheck(
        n=answers.n,
        confidence=level,
        loadings=_loading_table(structure, table),
        correlations=_correlation_table(structure, table, found.matrix),
        covariance=pd.DataFrame(covariance[: len(labels), : len(labels)], labels, labels),
        factors=_factor_table(structure, table, theta),
        fit=fit_indices(discrepancy, theta, weight, found.covariance, answers.n),
        residuals=_square(structure, found.matrix - structure.correlations(theta)),
        placement=placement(discrepancy, theta, weight, found.covariance, moments),
        components=number_of_factors(design, structure.items, seed=seed, missing=missing),
    )
    return replace(check, verdicts=verdicts(check, bounds))


def _check_rows(n: int, structure: Structure) -> None:
    if n <= len(structure.items):
        raise DesignError(
            N_("%(rows)s row(s) are too few for %(items)s items: more rows than items are needed."),
            rows=n,
            items=len(structure.items),
        )


def _with_validity(
    found: Correlations, discrepancy: Discrepancy, theta: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """θ, then AVE, then composite reliability of each factor, and the covariance of all."""
    structure = discrepancy.structure
    followed = 2 * discrepancy.sensitivity(theta)[:, *found.pairs]
    slopes = np.vstack([followed, validity_slopes(structure, theta) @ followed])
    values = _values(structure, theta)

    def fitted(matrix: np.ndarray) -> np.ndarray:
        return _values(structure, fit(structure, matrix, near=theta))

    return values, found.covariance_of(values, slopes, fitted)


def _values(structure: Structure, theta: np.ndarray) -> np.ndarray:
    return np.concatenate(
        [theta, average_variance(structure, theta), composite_reliability(structure, theta)]
    )


def _labels(structure: Structure) -> list[str]:
    pairs = zip(*structure.pairs, strict=True)
    between = [f"{structure.factors[one]}~{structure.factors[other]}" for one, other in pairs]
    return [*structure.items, *between]


def _loading_table(structure: Structure, table: pd.DataFrame) -> pd.DataFrame:
    named = pd.DataFrame(
        {"factor": [structure.factors[factor] for factor in structure.of], "item": structure.items}
    )
    return pd.concat([named, table.iloc[: len(named)]], axis=1)


def _correlation_table(structure: Structure, table: pd.DataFrame, observed: np.ndarray) -> pd.DataFrame:
    one, other = ([structure.factors[factor] for factor in side] for side in structure.pairs)
    own = table.iloc[len(structure.items) : structure.size].reset_index(drop=True)
    named = pd.DataFrame({"factor": one, "other": other}, dtype=object)
    return pd.concat([named, own], axis=1).assign(htmt=htmt(structure, observed))


def _factor_table(structure: Structure, table: pd.DataFrame, theta: np.ndarray) -> pd.DataFrame:
    count = len(structure.factors)
    named = pd.DataFrame({"factor": structure.factors, "items": np.bincount(structure.of)})
    for start, name in (
        (structure.size, "average_variance"),
        (structure.size + count, "composite_reliability"),
    ):
        own = table.iloc[start : start + count].reset_index(drop=True)
        named = pd.concat(
            [named, own.add_prefix(f"{name}_").rename(columns={f"{name}_estimate": name})], axis=1
        )
    squares = structure.factor_correlations(theta) ** 2
    np.fill_diagonal(squares, -1.0)
    return named.assign(most_shared=squares.max(axis=1) if count > 1 else np.nan)


def _square(structure: Structure, matrix: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(matrix, list(structure.items), list(structure.items))
