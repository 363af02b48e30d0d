"""A factor model of simple structure for a correlation matrix: each item loads on one of correlated factors.

ρ_jl = λ_j λ_l φ_(f(j) f(l)) off the diagonal and 1 on it, so that item j's own variance is 1 − λ_j². The
parameters θ are the p loadings, then the factor correlations in the order of `np.triu_indices(m, 1)`.
Fitted by maximum likelihood, F = ln|P| + tr(R P⁻¹) − ln|R| − p (Jöreskog, 1969, Psychometrika 34). The
model is free of units, so its loadings are those of the covariance matrix, standardised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import optimize

from analysis.estimation.design_error import DesignError, listed
from questionnaires.faults import N_

# Newton's last steps: how many, how long one of them may be, and how short it is when all digits stand.
_STEPS, _FAR, _NOTHING = 50, 0.25, 1e-11


@dataclass(frozen=True, eq=False)
class Structure:
    """Which item belongs to which factor. `of`: (p,) factor of each item, 0..m-1."""

    factors: tuple[str, ...]
    items: tuple[str, ...]
    of: np.ndarray

    @classmethod
    def read(cls, factors: Mapping[str, Sequence[str]]) -> Structure:
        """Raises DesignError where the model cannot be told from the data: a factor of one item, a single
        factor of two, an item in two factors.
        """
        if not factors:
            raise DesignError(N_("Name the factors to check, and their items."))
        for factor, items in factors.items():
            least = 3 if len(factors) == 1 else 2
            if isinstance(items, str) or len(items) < least:
                raise DesignError(
                    N_("Factor “%(factor)s” needs at least %(least)s items."), factor=factor, least=least
                )
        names = [item for items in factors.values() for item in items]
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise DesignError(
                N_("Each item belongs to one factor; these are named more than once: %(items)s."),
                items=listed(list(dict.fromkeys(twice))),
            )
        of = np.repeat(np.arange(len(factors)), [len(items) for items in factors.values()])
        return cls(tuple(factors), tuple(names), of)

    @cached_property
    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """The factors of each factor correlation."""
        return np.triu_indices(len(self.factors), 1)

    @property
    def size(self) -> int:
        """Number of parameters."""
        return len(self.items) + len(self.pairs[0])

    @property
    def df(self) -> int:
        """Correlations less parameters."""
        return len(self.items) * (len(self.items) - 1) // 2 - self.size

    def loadings(self, theta: np.ndarray) -> np.ndarray:
        """(p,)"""
        return theta[: len(self.items)]

    def factor_correlations(self, theta: np.ndarray) -> np.ndarray:
        """(m, m)"""
        matrix = np.eye(len(self.factors))
        matrix[self.pairs] = theta[len(self.items) :]
        return np.triu(matrix) + np.triu(matrix, 1).T

    def correlations(self, theta: np.ndarray) -> np.ndarray:
        """(p, p) the correlations the model implies."""
        matrix = np.outer(self.loadings(theta), self.loadings(theta)) * self._between(theta)
        np.fill_diagonal(matrix, 1.0)
        return matrix

    def slopes(self, theta: np.ndarray) -> np.ndarray:
        """(q, p, p) derivatives of the implied correlations by each parameter."""
        width = len(self.items)
        loadings, between = self.loadings(theta), self._between(theta)
        slopes = np.zeros((self.size, width, width))
        for item in range(width):
            slopes[item, item, :] = slopes[item, :, item] = between[item] * loadings
            slopes[item, item, item] = 0.0
        for place, (one, other) in enumerate(zip(*self.pairs, strict=True), start=width):
            product = np.outer(loadings * (self.of == one), loadings * (self.of == other))
            slopes[place] = product + product.T
        return slopes

    def curvature(self, theta: np.ndarray, pull: np.ndarray) -> np.ndarray:
        """(q, q) tr(Q ∂²P), for a symmetric Q."""
        width, loadings = len(self.items), self.loadings(theta)
        curved = np.zeros((self.size, self.size))
        curved[:width, :width] = 2 * pull * self._between(theta) * ~np.eye(width, dtype=bool)
        for place, (one, other) in enumerate(zip(*self.pairs, strict=True), start=width):
            in_one, in_other = self.of == one, self.of == other
            across = 2 * (in_one * (pull @ (loadings * in_other)) + in_other * (pull @ (loadings * in_one)))
            curved[place, :width] = curved[:width, place] = across
        return curved

    def _between(self, theta: np.ndarray) -> np.ndarray:
        """(p, p) the correlation of the two items' factors."""
        return self.factor_correlations(theta)[np.ix_(self.of, self.of)]


@dataclass(frozen=True, eq=False)
class Discrepancy:
    """F between a correlation matrix R and a structure, with its derivatives."""

    structure: Structure
    observed: np.ndarray

    def value(self, theta: np.ndarray) -> float:
        """F, infinite where the implied correlations are not those of any data."""
        implied = self.structure.correlations(theta)
        sign, logarithm = np.linalg.slogdet(implied)
        if sign <= 0 or np.linalg.eigvalsh(implied)[0] <= 0:
            return np.inf
        fit = np.trace(np.linalg.solve(implied, self.observed)) - len(implied)
        return logarithm + fit - np.linalg.slogdet(self.observed)[1]

    def gradient(self, theta: np.ndarray) -> np.ndarray:
        inverse, weighed = self._inverses(theta)
        return np.einsum("tij,ij->t", self.structure.slopes(theta), inverse - weighed)

    def hessian(self, theta: np.ndarray) -> np.ndarray:
        inverse, weighed = self._inverses(theta)
        slopes = self.structure.slopes(theta)
        turned, pulled = inverse @ slopes, weighed @ slopes
        bent = 2 * np.einsum("tij,uji->tu", pulled, turned) - np.einsum("tij,uji->tu", turned, turned)
        return bent + self.structure.curvature(theta, inverse - weighed)

    def sensitivity(self, theta: np.ndarray) -> np.ndarray:
        """(q, p, p) symmetric G_t with dθ_t = tr(G_t dR): how the fitted parameters follow the data.

        By the implicit function theorem, so right whether the model holds or not.
        """
        inverse, _ = self._inverses(theta)
        pulls = inverse @ self.structure.slopes(theta) @ inverse
        followed = np.linalg.solve(self.hessian(theta), pulls.reshape(len(theta), -1))
        return followed.reshape(pulls.shape) * ~np.eye(len(inverse), dtype=bool)

    def _inverses(self, theta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """P⁻¹ and P⁻¹ R P⁻¹."""
        inverse = np.linalg.inv(self.structure.correlations(theta))
        return inverse, inverse @ self.observed @ inverse


def fit(structure: Structure, observed: np.ndarray, near: np.ndarray | None = None) -> np.ndarray:
    """(q,) θ at the minimum of F; `near` are parameters that fitted similar data. Loadings may pass 1,
    where the data ask for it.

    Raises DesignError where the correlations are not those of any data, or no minimum is found.
    """
    check_correlations(structure.items, observed)
    discrepancy = Discrepancy(structure, observed)
    found = None if near is None else _settled(discrepancy, near)
    if found is None:
        found = _settled(discrepancy, _searched(discrepancy, starting_values(structure, observed)))
    if found is None:
        raise DesignError(
            N_(
                "The factor model does not settle on these items: %(items)s. "
                "They may not follow these factors."
            ),
            items=listed(structure.items),
        )
    return found


def starting_values(structure: Structure, observed: np.ndarray) -> np.ndarray:
    """Loadings from the first component of each factor's items, correlations from the factors' sums."""
    loadings = np.empty(len(structure.items))
    for factor in range(len(structure.factors)):
        own = np.flatnonzero(structure.of == factor)
        values, vectors = np.linalg.eigh(observed[np.ix_(own, own)])
        first = vectors[:, -1] * np.sign(vectors[:, -1].sum() or 1.0)
        loadings[own] = np.clip(first * np.sqrt(values[-1]) * 0.9, -0.9, 0.9)
    sums = np.array([loadings * (structure.of == factor) for factor in range(len(structure.factors))])
    between = sums @ observed @ sums.T
    between /= np.sqrt(np.outer(np.diag(between), np.diag(between)))
    return np.concatenate([loadings, np.clip(between[structure.pairs], -0.8, 0.8)])


def check_correlations(items: Sequence[str], observed: np.ndarray) -> None:
    """Raise DesignError for correlations of items of which one follows from others."""
    if not np.isfinite(observed).all():
        raise DesignError(N_("Some of these items have no correlation: %(items)s."), items=listed(items))
    off = np.abs(np.triu(observed, 1))
    if off.max() > 1 - 1e-9:
        one, other = (items[place] for place in np.unravel_index(off.argmax(), off.shape))
        raise DesignError(
            N_("Items “%(one)s” and “%(other)s” are perfectly correlated: leave one of them out."),
            one=one,
            other=other,
        )
    if np.linalg.eigvalsh(observed)[0] < 1e-9:
        raise DesignError(
            N_(
                "One of these items follows exactly from the others, or they have too few complete answers: "
                "%(items)s. Leave an item out, or use rows with every item answered."
            ),
            items=listed(items),
        )


def _searched(discrepancy: Discrepancy, start: np.ndarray) -> np.ndarray:
    return optimize.minimize(
        discrepancy.value,
        start,
        method="trust-exact",
        jac=discrepancy.gradient,
        hess=discrepancy.hessian,
        options={"gtol": 1e-6, "maxiter": 500},
    ).x


def _settled(discrepancy: Discrepancy, theta: np.ndarray) -> np.ndarray | None:
    """Newton's steps to the last digits, which no comparison of values of F can give; None if they lead
    away from a minimum.
    """
    for _ in range(_STEPS):
        if not np.isfinite(discrepancy.value(theta)):
            return None
        hessian = discrepancy.hessian(theta)
        if np.linalg.eigvalsh(hessian)[0] <= 0:
            return None
        step = np.linalg.solve(hessian, discrepancy.gradient(theta))
        if np.abs(step).max() > _FAR:
            return None
        theta = theta - step
        if np.abs(step).max() < _NOTHING:
            return theta
    return None
