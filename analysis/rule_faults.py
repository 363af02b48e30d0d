"""What is wrong with a rule before any answer is read by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.rules import FEWEST_LEVELS, READINGS, RULES, Parameters, reading_of
from questionnaires.faults import N_, Fault
from questionnaires.framework import Node, Rule
from questionnaires.schema import Choice

UNKNOWN_RULE = N_("There is no rule “%(rule)s”; there are %(rules)s.")
NO_RULE = N_("A criterion assessed by survey needs a rule.")
UNKNOWN_READING = N_("“of” is “%(of)s”; it may be %(readings)s.")
NO_WEIGHT = N_("The answer “%(choice)s” has no weight.")
WEIGHT_RANGE = N_("The weight of the answer “%(choice)s” is %(weight)s; it must be between 0 and 100.")
TOO_FEW_LEVELS = N_("The answers have %(levels)s levels; this rule needs at least %(least)s.")
BAD_THRESHOLDS = N_("“full” (%(full)s) must be above “zero” (%(zero)s), and both between 0 and 100.")
BAD_BETWEEN = N_("“between” is “%(between)s”; it may be ratio or interpolate.")
BAD_ORIGIN = N_("“origin” is “%(origin)s”; it may be zero or one.")
NO_LEVELS = N_("The rule has no levels.")
BAD_LEVEL = N_("Level %(level)s needs “at_least” between 0 and 100 and “points” between 0 and %(max)s.")
NO_FACT = N_("The rule takes its rate from a fact but does not name one.")


def rule_faults(leaf: Node) -> list[Fault]:
    """Everything wrong with the rule of a criterion assessed by survey."""
    rule, place = leaf.rule, f"{leaf.code}.rule"
    if rule is None:
        return [Fault(place, NO_RULE)]
    if rule.name not in RULES:
        return [Fault(place, UNKNOWN_RULE, {"rule": rule.name, "rules": ", ".join(RULES)})]
    readings = [*READINGS, "fact"]
    if reading_of(rule) not in readings:
        named = {"of": rule.parameters.get("of", ""), "readings": ", ".join(readings)}
        return [Fault(place, UNKNOWN_READING, named)]
    return [*_fact_faults(rule, place), *_point_faults(rule, leaf.max_points, place)]


def _fact_faults(rule: Rule, place: str) -> list[Fault]:
    nameless = reading_of(rule) == "fact" and not rule.parameters.get("fact")
    return [Fault(place, NO_FACT)] if nameless else []


def _point_faults(rule: Rule, most: float, place: str) -> list[Fault]:
    if rule.name == "thresholds":
        return _threshold_faults(rule.parameters, place)
    return _level_faults(rule.parameters.get("levels", ()), most, place) if rule.name == "bands" else []


def _threshold_faults(parameters: Parameters, place: str) -> list[Fault]:
    full, zero = parameters.get("full"), parameters.get("zero", 0)
    between = parameters.get("between", "ratio")
    faults = []
    if not (_is_percent(full) and _is_percent(zero) and full > zero):
        faults.append(Fault(place, BAD_THRESHOLDS, {"full": full, "zero": zero}))
    if between not in ("ratio", "interpolate"):
        faults.append(Fault(place, BAD_BETWEEN, {"between": between}))
    return faults


def _level_faults(levels: Sequence[Mapping[str, Any]], most: float, place: str) -> list[Fault]:
    if not levels:
        return [Fault(place, NO_LEVELS)]
    return [
        Fault(f"{place}.levels.{number}", BAD_LEVEL, {"level": number, "max": most})
        for number, level in enumerate(levels, start=1)
        if not (_is_percent(level.get("at_least")) and 0 <= level.get("points", -1) <= most)
    ]


def reading_faults(rule: Rule, levels: Sequence[Choice], place: str) -> list[Fault]:
    """Everything that keeps a rule from reading the answers of one item."""
    reading = reading_of(rule)
    if len(levels) < FEWEST_LEVELS[reading]:
        return [Fault(place, TOO_FEW_LEVELS, {"levels": len(levels), "least": FEWEST_LEVELS[reading]})]
    origin = rule.parameters.get("origin", "zero")
    if reading == "scaled_mean" and origin not in ("zero", "one"):
        return [Fault(place, BAD_ORIGIN, {"origin": origin})]
    if reading != "option_weights":
        return []
    weights = rule.parameters.get("weights", {})
    return [fault for choice in levels for fault in _weight_faults(choice.code, weights, place)]


def _weight_faults(choice: str, weights: Mapping[str, float], place: str) -> list[Fault]:
    if choice not in weights:
        return [Fault(place, NO_WEIGHT, {"choice": choice})]
    if not _is_percent(weights[choice]):
        return [Fault(place, WEIGHT_RANGE, {"choice": choice, "weight": weights[choice]})]
    return []


def _is_percent(number: Any) -> bool:
    return isinstance(number, int | float) and 0 <= number <= 100
