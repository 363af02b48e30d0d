"""How many to ask, and what a number of answers can tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil, inf, sqrt

import pandas as pd
from scipy import special

from analysis.estimation.design_error import DesignError, listed
from questionnaires.faults import N_

# A sample size is rounded up, but not for the rounding error of its own arithmetic.
_ROUNDING = 1e-9

Each = float | Mapping | pd.Series
"""One number for all domains, or a number for each."""


def sample_size(
    margin: float,
    share: float = 0.5,
    confidence: float = 0.95,
    deff: float = 1.0,
    population: float = inf,
    response: float = 1.0,
) -> int:
    """People to invite so that a share is known to ± `margin` (half the width of its interval).

    n₀ = deff z² p (1 − p) / margin², n = n₀ / (1 + n₀ / N), invited = n / response (Cochran, 1977,
    Sampling Techniques, 4.4; Kish, 1965, for deff). The result never passes the population. Raises
    DesignError for a margin, share, confidence or response outside (0, 1) (response may be 1), deff or
    population not positive.
    """
    _between("margin", margin)
    _between("share", share)
    first = share * (1 - share) * (_z(confidence) / margin) ** 2
    return _invited(first, deff, population, response)


def sample_size_for_mean(
    margin: float,
    deviation: float,
    confidence: float = 0.95,
    deff: float = 1.0,
    population: float = inf,
    response: float = 1.0,
) -> int:
    """People to invite so that a mean is known to ± `margin`, in the units of the mean.

    As `sample_size`, with the variance `deviation`² of the answers in place of p (1 − p) (Cochran, 1977,
    4.6). For a relative margin give both as parts of the mean. Raises DesignError.
    """
    _positive("margin", margin)
    _positive("deviation", deviation)
    first = (deviation * _z(confidence) / margin) ** 2
    return _invited(first, deff, population, response)


def sample_size_for_difference(
    first: float,
    second: float,
    deviation: float | None = None,
    *,
    power: float = 0.8,
    confidence: float = 0.95,
    deff: float = 1.0,
    population: float = inf,
    response: float = 1.0,
    overlap: float = 0.0,
    correlation: float = 0.0,
) -> int:
    """People to invite in each of two groups or waves so that a change from `first` to `second` is found.

    `first` and `second` are shares; with `deviation`, the standard deviation of the answers, they are means.
    `power` is the chance that a two-sided test at 1 − `confidence` finds the difference. Of the second
    wave's people the part `overlap` answered in the first, their answers correlated by `correlation`.

    n₀ = deff (z + z_power)² (S₁² + S₂² − 2 · overlap · correlation · S₁ S₂) / (first − second)², then as in
    `sample_size`, N being the population of each group (Kish, 1965, Survey Sampling, ch. 12, for overlaps).
    Raises DesignError as there, for no difference, and for an overlap or correlation beyond 1.
    """
    if first == second:
        raise DesignError(N_("There is no difference between %(value)s and itself to be found."), value=first)
    _between("power", power)
    _part("overlap", overlap)
    _part("correlation", abs(correlation))
    one, two = _deviation("first", first, deviation), _deviation("second", second, deviation)
    variance = one**2 + two**2 - 2 * overlap * correlation * one * two
    reach = _z(confidence) + special.ndtri(power)
    return _invited(variance * (reach / (first - second)) ** 2, deff, population, response)


def sample_size_by_margin(population: float, margin: float = 0.05) -> int:
    """The older rule n = N / (1 + N e²) (Yamane, 1967, Statistics), as provincial plans use it; rounded
    up. Raises DesignError for a margin outside (0, 1) or a population not positive.
    """
    _between("margin", margin)
    _positive("population", population)
    return _round_up(population / (1 + population * margin**2))


def sample_sizes(
    populations: Mapping[str, float] | pd.Series,
    margin: Each,
    share: Each = 0.5,
    confidence: Each = 0.95,
    deff: Each = 1.0,
    response: Each = 1.0,
) -> pd.Series:
    """`sample_size` for each domain on its own: a Series of whole numbers, indexed as `populations`.

    Every option is one number for all, or a mapping of domain → number. Raises DesignError naming each
    domain whose numbers cannot be.
    """
    domains = pd.Series(populations, dtype=float)
    options = {"margin": margin, "share": share, "confidence": confidence, "deff": deff, "response": response}
    given = {name: _of_each(name, value, domains.index) for name, value in options.items()}
    sizes, faults = [], []
    for row, (domain, population) in enumerate(domains.items()):
        try:
            own = {name: float(values.iloc[row]) for name, values in given.items()}
            sizes.append(sample_size(population=population, **own))
        except DesignError as error:
            faults += [replace(fault, place=str(domain)) for fault in error.faults]
    if faults:
        raise DesignError.of(faults)
    return pd.Series(sizes, index=domains.index, name="size", dtype=int)


def margin_of_error(
    size: float,
    share: float = 0.5,
    deviation: float | None = None,
    confidence: float = 0.95,
    deff: float = 1.0,
    population: float = inf,
    response: float = 1.0,
) -> float:
    """The ± that `size` invited people will reach: `sample_size` turned round; 0 where all answer.

    z √(deff S² (1/n − 1/N)) with n = size × response, S² = p (1 − p), or `deviation`² for a mean. Raises
    DesignError as `sample_size` does, and for a size above the population.
    """
    _positive("size", size)
    _check_common(deff, population, response)
    if size > population:
        raise DesignError(N_("%(size)s rows cannot be drawn from %(rows)s."), size=size, rows=population)
    spread = _deviation("share", share, deviation)
    return float(_z(confidence) * spread * sqrt(deff * (1 / (size * response) - 1 / population)))


def _invited(first: float, deff: float, population: float, response: float) -> int:
    _check_common(deff, population, response)
    needed = deff * first / (1 + deff * first / population)
    return int(min(_round_up(needed / response), population))


def _check_common(deff: float, population: float, response: float) -> None:
    _positive("deff", deff)
    _positive("population", population)
    if response != 1:
        _between("response", response)


def _deviation(name: str, share: float, deviation: float | None) -> float:
    if deviation is None:
        _between(name, share)
        return sqrt(share * (1 - share))
    _positive("deviation", deviation)
    return deviation


def _of_each(name: str, value: Each, domains: pd.Index) -> pd.Series:
    if isinstance(value, int | float):
        return pd.Series(float(value), index=domains)
    numbers = pd.Series(value, dtype=float).reindex(domains)
    unknown = domains[numbers.isna()]
    if len(unknown):
        raise DesignError(
            N_("No %(name)s is given for %(domains)s."), name=name, domains=listed(list(unknown))
        )
    return numbers


def _z(confidence: float) -> float:
    _between("confidence", confidence)
    return float(special.ndtri((1 + confidence) / 2))


def _round_up(value: float) -> int:
    return ceil(value - _ROUNDING)


def _between(name: str, value: float) -> None:
    if not 0 < value < 1:
        raise DesignError(
            N_("%(name)s must lie between 0 and 1; %(value)s does not."), name=name, value=value
        )


def _part(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise DesignError(
            N_("%(name)s must lie between 0 and 1; %(value)s does not."), name=name, value=value
        )


def _positive(name: str, value: float) -> None:
    if not value > 0:
        raise DesignError(N_("%(name)s must be positive; %(value)s is not."), name=name, value=value)
