"""The distributions and links of regression models (McCullagh & Nelder, 1989, Generalized Linear Models)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

Function = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Link:
    """η = to(μ) and back; `slope` and `curve` are the derivatives of `back`, by η."""

    to: Function
    back: Function
    slope: Function
    curve: Function


def _density(x: np.ndarray) -> np.ndarray:
    return np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)


def _logistic_slope(eta: np.ndarray) -> np.ndarray:
    return special.expit(eta) * special.expit(-eta)


def _cloglog_slope(eta: np.ndarray) -> np.ndarray:
    return np.exp(eta - np.exp(np.minimum(eta, 700.0)))


LINKS: dict[str, Link] = {
    "identity": Link(lambda mu: mu, lambda eta: eta, np.ones_like, np.zeros_like),
    "log": Link(np.log, np.exp, np.exp, np.exp),
    "logit": Link(
        special.logit,
        special.expit,
        _logistic_slope,
        lambda eta: _logistic_slope(eta) * (1 - 2 * special.expit(eta)),
    ),
    "probit": Link(special.ndtri, special.ndtr, _density, lambda eta: -eta * _density(eta)),
    "cloglog": Link(
        lambda mu: np.log(-np.log1p(-mu)),
        lambda eta: -np.expm1(-np.exp(np.minimum(eta, 700.0))),
        _cloglog_slope,
        lambda eta: _cloglog_slope(eta) * -np.expm1(np.minimum(eta, 700.0)),
    ),
}


@dataclass(frozen=True)
class Family:
    """How the outcome spreads around its mean.

    `links`: those allowed, the usual one first. `variance`: of an outcome with mean μ, up to the
    dispersion. `deviance(y, μ)`: of each row. `start(y, w)`: means to start from, which are R's.
    `highest`: the outcome lies between 0 and this; None where it may be any number. `ratio`: what
    exp(coefficient) is called under the usual link.
    """

    links: tuple[str, ...]
    variance: Function
    deviance: Callable[[np.ndarray, np.ndarray], np.ndarray]
    start: Callable[[np.ndarray, np.ndarray], np.ndarray]
    highest: float | None = None
    ratio: str | None = None


def _binomial_deviance(y: np.ndarray, mu: np.ndarray) -> np.ndarray:
    return -2 * (
        special.xlogy(y, mu)
        - special.xlogy(y, y)
        + special.xlogy(1 - y, 1 - mu)
        - special.xlogy(1 - y, 1 - y)
    )


FAMILIES: dict[str, Family] = {
    "linear": Family(("identity",), np.ones_like, lambda y, mu: (y - mu) ** 2, lambda y, w: y),
    "logistic": Family(
        ("logit", "probit", "cloglog"),
        lambda mu: mu * (1 - mu),
        _binomial_deviance,
        lambda y, w: (w * y + 0.5) / (w + 1),
        highest=1.0,
        ratio="odds_ratio",
    ),
    "poisson": Family(
        ("log",),
        lambda mu: mu,
        lambda y, mu: 2 * (special.xlogy(y, y) - special.xlogy(y, mu) - (y - mu)),
        lambda y, w: y + 0.1,
        highest=np.inf,
        ratio="rate_ratio",
    ),
}
ORDINAL_LINKS = ("logit", "probit", "cloglog")
