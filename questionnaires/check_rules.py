"""The named rules of a framework: which parameters each takes, and what is wrong with those given.

A rule reads answers as values in 0..1 (its reading); their weighted mean is the rate, which becomes points.
Parameters give rates in percent, as scoring guides do: `full = 90` is 90 %.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from questionnaires.codes import CHOICE, ITEM, check_form, check_known
from questionnaires.faults import N_, Fault
from questionnaires.framework import Rule
from questionnaires.table import Table, read_table

NO_WEIGHTS = N_("The rule needs the percentage each answer is worth.")
PERCENT = N_("A percentage from 0 to 100 is expected here; found %(found)s.")
THRESHOLDS = N_("Full points begin at %(full)s percent; that must be above %(zero)s, where points begin.")
NO_LEVELS = N_("The rule has no levels.")
NOT_DESCENDING = N_("Each level must begin below the one before it: %(before)s, then %(after)s.")
LEVEL_POINTS = N_("A level gives between 0 and %(most)s points; found %(found)s.")


def check_rule(place: str, rule: Rule, most: float) -> list[Fault]:
    """Everything wrong with the rule of a leaf worth `most` points, but for the answers it will meet."""
    method = RULES.get(rule.name)
    if method is None:
        return list(check_known(f"{place}.name", rule.name, RULES))
    faults: list[Fault] = []
    read_table(rule.parameters, place, faults, partial(_read_parameters, method, most))
    return faults


def _read_parameters(method: Method, most: float, table: Table) -> None:
    reading = method.reading or _one_of(table, "of", READINGS)
    READINGS.get(reading, _nothing)(table)
    method.read(table, most)


# What a reading needs


def _nothing(table: Table) -> None:
    pass


def _read_weights(table: Table) -> None:
    weights = table.inner("weights")
    if not weights.entries():
        table.refuse("weights", NO_WEIGHTS)
    for choice in weights.entries():
        _percent(weights, choice)
        for fault in check_form("", choice, CHOICE):
            weights.refuse(choice, fault.template, **fault.values)


def _read_origin(table: Table) -> None:
    _one_of(table, "origin", ("zero", "one"), "zero")


def _read_fact(table: Table) -> None:
    for fault in check_form("", table.text("fact"), ITEM):
        table.refuse("fact", fault.template, **fault.values)


READINGS: dict[str, Callable[[Table], None]] = {
    "option_weights": _read_weights,
    "top2_share": _nothing,
    "scaled_mean": _read_origin,
    "fact": _read_fact,
}


# What turning a rate into points needs


def _read_share(table: Table, most: float) -> None:
    """The rate's share of the points: nothing else is needed."""


def _read_thresholds(table: Table, most: float) -> None:
    full, zero = _percent(table, "full"), _percent(table, "zero", 0.0)
    _one_of(table, "between", ("ratio", "interpolate"), "ratio")
    if full <= zero:
        table.refuse("full", THRESHOLDS, full=full, zero=zero)


def _read_levels(table: Table, most: float) -> None:
    starts = table.each("levels", partial(_read_level, most))
    if not starts:
        table.refuse("levels", NO_LEVELS)
    for number, (before, after) in enumerate(pairwise(starts), 2):
        if before <= after:
            table.refuse(f"levels.{number}.at_least", NOT_DESCENDING, before=before, after=after)


def _read_level(most: float, table: Table) -> float:
    points = table.number("points")
    if points < 0 or points > most:
        table.refuse("points", LEVEL_POINTS, most=most, found=points)
    return _percent(table, "at_least")


@dataclass(frozen=True)
class Method:
    """What a rule reads beside its answers; `reading` is None where the parameter `of` names it."""

    read: Callable[[Table, float], None]
    reading: str | None = None


RULES: dict[str, Method] = {
    "option_weights": Method(_read_share, "option_weights"),
    "top2_share": Method(_read_share, "top2_share"),
    "scaled_mean": Method(_read_share, "scaled_mean"),
    "linear": Method(_read_share),
    "thresholds": Method(_read_thresholds),
    "bands": Method(_read_levels),
}


def _percent(table: Table, key: str, *default: float) -> float:
    number = table.number(key, *default)
    if number < 0 or number > 100:
        table.refuse(key, PERCENT, found=number)
        return math.nan
    return number


def _one_of(table: Table, key: str, names: Collection[str], *default: str) -> str:
    name = str(table.text(key, *default))
    for fault in check_known("", name, names) if name else ():
        table.refuse(key, fault.template, **fault.values)
    return name
