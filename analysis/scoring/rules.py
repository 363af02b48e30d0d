"""The named rules by which answers become points.

A rule works in three steps: an answer is read as a value in 0..1 (a *reading*), the weighted mean of the
values over the responses is the *rate*, and the rate becomes points of the maximum. The step in the middle is
an estimate and stands in `estimates`; here are the first and the last, as two tables of small functions.

Parameters write shares in percent, as guides do: `full = 90` is 90 %. `of` names the reading of a rule that
does not imply one; `of = "fact"` takes the rate from a unit's fact (`fact`, in percent) and asks nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from questionnaires.framework import Rule
from questionnaires.schema import Choice

Parameters = Mapping[str, Any]
Numbers = NDArray[np.float64]


# Readings: the levels of a scale, worst first → the value of each answer.


def weighted_options(levels: Sequence[Choice], parameters: Parameters) -> dict[str, float]:
    """Each answer is worth the percentage that the rule gives it."""
    return {choice.code: parameters["weights"][choice.code] / 100 for choice in levels}


def top_two(levels: Sequence[Choice], parameters: Parameters) -> dict[str, float]:
    """The two best levels count one, all others nothing: the mean is the share of the satisfied."""
    return {choice.code: float(place >= len(levels) - 2) for place, choice in enumerate(levels)}


def position(levels: Sequence[Choice], parameters: Parameters) -> dict[str, float]:
    """Level x of k is worth (x - 1)/(k - 1), or x/k where the scale starts at one."""
    k = len(levels)
    if parameters.get("origin", "zero") == "one":
        return {choice.code: x / k for x, choice in enumerate(levels, start=1)}
    return {choice.code: (x - 1) / (k - 1) for x, choice in enumerate(levels, start=1)}


READINGS: dict[str, Callable[[Sequence[Choice], Parameters], dict[str, float]]] = {
    "option_weights": weighted_options,
    "top2_share": top_two,
    "scaled_mean": position,
}
FEWEST_LEVELS = {"option_weights": 1, "top2_share": 3, "scaled_mean": 2}


# Points: the rate in 0..1 → points out of `most`. A missing rate stays missing.


def proportional(rate: Numbers, most: float, parameters: Parameters) -> Numbers:
    """The rate's share of the maximum."""
    return rate * most


def by_thresholds(rate: Numbers, most: float, parameters: Parameters) -> Numbers:
    """All points from `full` on, none below `zero`; between them in proportion to the rate.

    `between = "ratio"` gives rate/full of the maximum, `"interpolate"` (rate - zero)/(full - zero).
    """
    percent = rate * 100
    full, zero = float(parameters["full"]), float(parameters.get("zero", 0))
    start = zero if parameters.get("between", "ratio") == "interpolate" else 0.0
    share = np.where(_reaches(percent, full), 1.0, (percent - start) / (full - start))
    return np.where(np.isnan(rate), np.nan, np.where(_reaches(percent, zero), share, 0.0)) * most


def by_bands(rate: Numbers, most: float, parameters: Parameters) -> Numbers:
    """The points of the highest level that the rate reaches, and none below the lowest."""
    points = np.where(np.isnan(rate), np.nan, 0.0)
    for level in sorted(parameters["levels"], key=lambda level: level["at_least"]):
        points = np.where(_reaches(rate * 100, level["at_least"]), float(level["points"]), points)
    return points


def _reaches(percent: Numbers, threshold: float) -> NDArray[np.bool_]:
    """`percent >= threshold`, forgiving the last digits that sums of floating-point numbers lose."""
    return percent >= threshold - 1e-9


@dataclass(frozen=True)
class Method:
    """How a named rule turns a rate into points; `reading` is set where the rule implies one."""

    points: Callable[[Numbers, float, Parameters], Numbers]
    reading: str | None = None


RULES: dict[str, Method] = {
    "option_weights": Method(proportional, "option_weights"),
    "top2_share": Method(proportional, "top2_share"),
    "scaled_mean": Method(proportional, "scaled_mean"),
    "linear": Method(proportional),
    "thresholds": Method(by_thresholds),
    "bands": Method(by_bands),
}


def reading_of(rule: Rule) -> str:
    """The reading a rule uses: its own, or the one its parameter `of` names; `fact` for none."""
    return RULES[rule.name].reading or str(rule.parameters.get("of"))


def answer_values(rule: Rule, levels: Sequence[Choice]) -> dict[str, float]:
    """Answer code → its value in 0..1 under the rule. Missing kinds have no value and are not in it."""
    return READINGS[reading_of(rule)](levels, rule.parameters)


def points_of(rule: Rule, rate: Numbers | float, most: float) -> Numbers:
    """Points out of `most` for rates in 0..1, element by element; a missing rate (NaN) has no points."""
    return RULES[rule.name].points(np.asarray(rate, dtype=float), most, rule.parameters)
