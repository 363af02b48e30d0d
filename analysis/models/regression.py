"""Regression of survey answers: weighted estimates, errors from the design."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimation.design import Design
from analysis.estimation.inference import infer
from analysis.models.fit import Fit, coefficient_table, ratio_name
from analysis.models.formula import formula_of, read_formula, term_name
from analysis.models.model_matrix import INTERCEPT
from analysis.models.solution import Equations, Solution, Stopping
from analysis.models.specification import Specification, rows_counted, specify

ModelFamily = Literal["linear", "logistic", "poisson", "ordinal"]


def regress(
    design: Design,
    outcome: str,
    predictors: str | Sequence[str] = (),
    family: ModelFamily = "linear",
    link: str | None = None,
    offset: str | None = None,
    level: float = 0.95,
    stopping: Stopping = "tight",
) -> Fit:
    """Regress `outcome` on `predictors`, in a domain or the whole of `design`.

    `predictors`: columns, "a:b" for an interaction, "a * b" for both and their interaction, "C(a)" to take
    numbers for categories, "log(a)". Or `outcome` is a formula: "api00 ~ ell + meals + C(year)", without
    predictors. Categories become differences from their first level. `offset`: a column whose coefficient is
    1, also "log(a)". Rows without all answers are left out and counted; with that the result is that of the
    domain of complete rows.

    Families: "linear"; "logistic" (link logit, probit or cloglog) for an outcome of 0 and 1 or of two
    categories, of which the second counts as 1; "poisson" (log) for counts; "ordinal", P(Y ≤ k) = F(ζ_k −
    x'β), for ordered categories (in the order of the categorical column, else sorted). Dispersions differ
    from 1 freely, as in R's quasi-families. The weighted estimating equations Σ w x (y − μ) μ'/V(μ) = 0 and
    their sandwich covariance are those of Binder (1983, International Statistical Review 51); in a design
    with replicates the model is fitted anew with each, from the full sample's coefficients. `stopping`:
    "tight" until nothing moves; "R" where `svyglm` stops by default, with errors good to about 1e-5 (ordinal
    models are always tight).

    Raises DesignError for what is neither number nor category, aliased columns, outcomes that a column
    separates perfectly, an outcome outside the family's range.
    """
    known = list(design.frame.columns)
    by_formula = "~" in outcome and outcome not in known
    formula = (
        read_formula(outcome, offset, known) if by_formula else formula_of(outcome, predictors, offset, known)
    )
    specification, domain = specify(design, formula, family, link, stopping)
    return fit(specification, design, domain, level)


def fit(specification: Specification, design: Design, domain: Design, level: float) -> Fit:
    """Fit a model on the complete rows, `domain`, of `design`."""
    used = domain.inside
    equations = specification.equations(domain)
    weights = domain.weights[used] * specification.weight_scale
    solution = equations.solve(weights)
    covariance = _covariance(domain, equations, solution, weights)
    names = specification.names
    df = int(_whole_df(design, domain)) + 1 - len(names) + max(len(specification.cut_names) - 1, 0)
    labels = pd.Index(names)
    dispersion, r_squared = equations.spread(solution, weights)
    dispersion *= weights.sum() / rows_counted(domain)  # R's residuals keep the scale of all rows' weights
    return Fit(
        specification,
        domain,
        coefficient_table(
            names,
            _terms(specification),
            solution.coefficients,
            covariance,
            df,
            level,
            ratio_name(specification.family, specification.link),
            len(specification.columns.names),
        ),
        pd.DataFrame(covariance, labels, labels),
        pd.DataFrame(solution.inverse, labels, labels),
        dispersion,
        solution.deviance,
        r_squared,
        df,
        int(used.sum()),
        int(design.inside.sum() - used.sum()),
        solution.rounds,
        specification.stopping,
        level,
    )


def deviance_of(specification: Specification, domain: Design) -> float:
    """Of the model on the rows of `domain`, without its errors."""
    weights = domain.weights[domain.inside] * specification.weight_scale
    return specification.equations(domain).solve(weights).deviance


def _covariance(domain: Design, equations: Equations, solution: Solution, weights: np.ndarray) -> np.ndarray:
    used = domain.inside

    def refit(replicate: np.ndarray) -> np.ndarray:
        chosen = replicate[used]
        return equations.solve(chosen / chosen.sum(), solution.coefficients).coefficients

    def scores(_: np.ndarray) -> np.ndarray:
        return _spread_out(equations.influence(solution, weights), used)

    return infer(domain, _known_first(refit, solution.coefficients), scores)[1]


def _known_first(
    refit: Callable[[np.ndarray], np.ndarray], full: np.ndarray
) -> Callable[[np.ndarray], np.ndarray]:
    """The full sample comes first and is solved: a round more would not stop where R does."""
    asked = 0

    def statistic(weights: np.ndarray) -> np.ndarray:
        nonlocal asked
        asked += 1
        return full if asked == 1 else refit(weights)

    return statistic


def _spread_out(rows: np.ndarray, used: np.ndarray) -> np.ndarray:
    if used.all():
        return rows
    whole = np.zeros((len(used), rows.shape[1]))
    whole[used] = rows
    return whole


def _whole_df(design: Design, domain: Design) -> int:
    """Replicates have the degrees of freedom of the sample, answered or not; units those with an answer."""
    return (domain if design.replicates is None else design).degrees_of_freedom


def _terms(specification: Specification) -> list[str]:
    columns = specification.columns
    terms = [term_name(columns.terms[number]) or INTERCEPT for number in columns.term_numbers]
    return [*terms, *specification.cut_names]
