"""Design-based covariance of any function of the items' covariance matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.estimation.design import Design
from analysis.estimation.domains import Domains
from analysis.estimation.estimation import simple_variance
from analysis.estimation.linearise import CovarianceSums
from analysis.scales.answers import Answers

Statistic = Callable[[np.ndarray], np.ndarray]
"""(p, p) covariance matrix → (K,) estimates."""

Gradient = Callable[[np.ndarray], np.ndarray]
"""(p, p) covariance matrix S → (K, p, p) symmetric G, with d estimate = tr(G dS)."""


@dataclass(frozen=True, eq=False)
class Inferred:
    """`values`: (D, K). `covariance`: (D·K, D·K), domain by domain. `simple`: (D, K) variances that a
    simple random sample of as many answers had given.
    """

    values: np.ndarray
    covariance: np.ndarray
    simple: np.ndarray


def infer_moments(
    design: Design,
    domains: Domains,
    samples: Sequence[Answers],
    statistic: Statistic,
    gradient: Gradient,
) -> Inferred:
    """Estimates made of the covariance matrix of each domain's answers, and their covariance.

    A row's score is w tr(G (zz′ − S)) / Σw, z its distance from the mean: the influence function of a
    function of covariances (Maydeu-Olivares, Coffman & Hartmann, 2007, Psychological Methods 12). A design
    with replicate weights computes `statistic` anew in each. Estimates that are nan get no scores.
    """
    matrices = [answers.covariance(design.weights) for answers in samples]
    values = np.array([statistic(matrix) for matrix in matrices])
    slopes = [gradient(matrix) for matrix in matrices]
    scorers = [answers.scores(design.weights) for answers in samples]
    sums = None if design.replicates else CovarianceSums(design, domains, values.shape[1])
    simple = np.full(values.shape, np.nan)
    for place in range(values.shape[1]):
        score = np.zeros(len(design.frame))
        for domain, answers in enumerate(samples):
            if np.isfinite(values[domain, place]):
                score[answers.rows] = scorers[domain](slopes[domain][place])
                simple[domain, place] = _simple(score[answers.rows], design.weights[answers.rows])
        if sums is not None:
            sums.add(score)
    covariance = sums.covariance() if sums else _replicated(design, samples, statistic, values)
    return Inferred(values, covariance, simple)


def correlations(covariance: np.ndarray) -> np.ndarray:
    """(p, p) correlation matrix; nan where an item has no spread."""
    spread = np.sqrt(np.where(np.diag(covariance) > 0, np.diag(covariance), np.nan))
    matrix = covariance / np.outer(spread, spread)
    np.fill_diagonal(matrix, 1.0)
    return matrix


def through_correlations(covariance: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """Gradients by the covariance matrix from (K, p, p) gradients by the correlation matrix."""
    spread = np.sqrt(np.diag(covariance))
    direct = slopes / np.outer(spread, spread)
    pull = np.einsum("kij,ij->ki", slopes * ~np.eye(len(spread), dtype=bool), correlations(covariance))
    places = np.arange(len(spread))
    direct[:, places, places] = -pull / spread**2
    return direct


def _replicated(
    design: Design, samples: Sequence[Answers], statistic: Statistic, values: np.ndarray
) -> np.ndarray:
    assert design.replicates is not None
    anew = [
        np.concatenate([statistic(answers.covariance(weights)) for answers in samples])
        for weights in design.replicate_weights()
    ]
    return design.replicates.covariance(np.array(anew), values.ravel())


def _simple(score: np.ndarray, weights: np.ndarray) -> float:
    size, residual = weights.sum(), score / weights
    centre = score.sum() / size
    squares = (weights * (residual - centre) ** 2).sum()
    [variance] = simple_variance(
        np.array([squares]), np.array([size]), np.array([float(len(score))]), "finite"
    )
    return variance
