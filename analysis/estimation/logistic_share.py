"""A share as a logistic regression on nothing but a constant finds it, step by step as R's `glm`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.estimation.design import Columns, Design
from analysis.estimation.domains import Domains, split
from analysis.estimation.estimation import Column, divide, domain_columns, estimate_columns
from analysis.estimation.share_intervals import rows_of

# R's glm stops when the deviance changes by less than this share of it.
_DEVIANCE_TOLERANCE = 1e-8
_MOST_ROUNDS = 25


@dataclass(frozen=True, eq=False)
class LogisticShare:
    """Fitted shares `p` and the standard errors of their logits; (D,) each.

    `yes`, `size`: sums of the weights of those who said yes and of all who answered, with weights scaled to
    a mean of 1 over the rows of the domain, answered or not. `answers`: how many have a weight; `rows`: as
    `rows_of` counts those who answered. `information` of the logit, as it stood before the fit's last step.
    """

    p: np.ndarray
    logit_se: np.ndarray
    yes: np.ndarray
    size: np.ndarray
    answers: np.ndarray
    rows: np.ndarray
    information: np.ndarray

    @property
    def varies(self) -> np.ndarray:
        return (self.yes > 0) & (self.yes < self.size)


def fit_share(design: Design, column: Column, values: np.ndarray, by: Columns) -> LogisticShare:
    """The fit of the zeros and ones `values` (rows,), which `column` names."""
    domains, _ = split(design, domain_columns(by))
    answered = column.answered & domains.active
    weights = np.where(domains.active, design.weights, 0.0)
    scale = divide(rows_of(design, domains).astype(float), domains.sums(weights))
    weights = np.where(answered, weights * scale[domains.codes], 0.0)
    eta, at = _fit(values, weights, domains)
    p, size = special.expit(eta), domains.sums(weights)
    return LogisticShare(
        p,
        _linearised(design, column, values, by, p)
        if design.replicates is None
        else _replicated(design, domains, answered, values, p),
        domains.sums(weights * values),
        size,
        domains.sums((weights != 0).astype(float)),
        rows_of(design, domains, answered),
        size * at * (1 - at),
    )


def _linearised(design: Design, column: Column, values: np.ndarray, by: Columns, p: np.ndarray) -> np.ndarray:
    """(D,) standard errors from the scores at `p`, where the fit stopped."""

    def stopped(weights: np.ndarray, domains: Domains) -> tuple[np.ndarray, np.ndarray]:
        slope = (p * (1 - p))[domains.codes]
        return special.logit(p), divide(
            values - p[domains.codes], slope * domains.sums(weights)[domains.codes]
        )

    e = estimate_columns(design, [Column(column.item, column.level, column.answered, stopped)], 1, by)
    return e.table["se"].to_numpy()


def _replicated(
    design: Design, domains: Domains, answered: np.ndarray, values: np.ndarray, p: np.ndarray
) -> np.ndarray:
    """(D,) standard errors from fits to each replicate, started at the full sample's."""
    assert design.replicates is not None
    start = special.logit(p)

    def fits() -> Iterator[np.ndarray]:
        for weights in design.replicate_weights():
            used = np.where(answered, weights, 0.0)
            size = domains.sums(used)
            share = divide(domains.sums(used * values), size)
            first = start + divide(share - p, p * (1 - p))
            eta, _ = _scored(first, share, np.ones(domains.size), _deviance(p, share, 1.0))
            yield eta

    covariance = design.replicates.covariance(np.array(list(fits())), start)
    return np.sqrt(np.diag(covariance))


def _fit(values: np.ndarray, weights: np.ndarray, domains: Domains) -> tuple[np.ndarray, np.ndarray]:
    """As `_scored`, from R's starting values: each row's own, drawn to one half."""
    size, yes = domains.sums(weights), domains.sums(weights * values)
    start = (weights * values + 0.5) / (weights + 1)
    slope = start * (1 - start)
    working = special.logit(start) + (values - start) / slope
    eta = divide(domains.sums(weights * slope * working), domains.sums(weights * slope))
    deviance = -2 * domains.sums(weights * np.where(values == 1, np.log(start), np.log1p(-start)))
    return _scored(eta, yes, size, deviance)


def _scored(
    eta: np.ndarray, yes: np.ndarray, size: np.ndarray, deviance: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(D,) logits after Fisher scoring on from `eta`, and the shares from which the last step started."""
    running = np.ones(len(eta), dtype=bool)
    at = special.expit(eta)
    for _ in range(_MOST_ROUNDS):
        p = special.expit(eta)
        before, deviance = deviance, _deviance(p, yes, size)
        with np.errstate(invalid="ignore"):
            running &= np.abs(deviance - before) >= _DEVIANCE_TOLERANCE * (np.abs(deviance) + 0.1)
        if not running.any():
            break
        at = np.where(running, p, at)
        eta = np.where(running, eta + divide(divide(yes, size) - p, p * (1 - p)), eta)
    return eta, at


def _deviance(p: np.ndarray, yes: np.ndarray, size: np.ndarray | float) -> np.ndarray:
    return -2 * (special.xlogy(yes, p) + special.xlog1py(size - yes, -p))
