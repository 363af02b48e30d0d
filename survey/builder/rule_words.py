"""A leaf's rule in plain words: how answers become its points."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import format_decimal, gettext

from questionnaires.check_rules import check_rule
from questionnaires.faults import N_
from questionnaires.framework import Node, Rule
from survey.builder.terms import share

Parameters = Mapping[str, Any]

OPTION_WEIGHTS = N_("what each answer is worth: %(weights)s")
TOP_TWO = N_("the share of answers in the two best levels of the scale")
MEANS = {
    "zero": N_("the mean level, where the worst answer is worth nothing and the best everything"),
    "one": N_("the mean level, where level x of k levels is worth x/k"),
}
FACT = N_("the unit's figure “%(fact)s”, in percent; nobody is asked")

SHARE = N_("Points: %(most)s × %(rate)s.")
THRESHOLDS = N_(
    "Rate: %(rate)s. From %(full)s on it gives all %(most)s points, below %(zero)s none; "
    "between them %(between)s."
)
BETWEEN = {
    "ratio": N_("points in proportion to the rate, divided by %(full)s"),
    "interpolate": N_("points rising evenly from none to all"),
}
LEVELS = N_("Rate: %(rate)s. It gives %(levels)s; below that none.")
LEVEL = N_("%(points)s points from %(at_least)s")


def rule_in_words(leaf: Node, answers: Mapping[str, str]) -> str:
    """How answers become the points of a survey-assessed leaf, as one or two sentences; nothing for a
    leaf without a rule, or with one that is still faulty.

    `answers` gives the words of the answers to choose from, by their codes, as far as they are known.
    """
    rule = leaf.rule
    if rule is None or math.isnan(leaf.max_points) or check_rule("", rule, leaf.max_points):
        return ""
    return POINTS[rule.name](rule, reading_in_words(rule, answers), leaf.max_points)


def reading_in_words(rule: Rule, answers: Mapping[str, str]) -> str:
    """What the answers are read as: the rule's own way, or the one its parameter `of` names."""
    reading = rule.name if rule.name in READINGS else str(rule.parameters.get("of"))
    return READINGS[reading](rule.parameters, answers)


def weighted_options(parameters: Parameters, answers: Mapping[str, str]) -> str:
    weights = parameters["weights"].items()
    worths = (f"“{answers.get(answer, answer)}” {share(worth)}" for answer, worth in weights)
    return gettext(OPTION_WEIGHTS) % {"weights": ", ".join(worths)}


def mean_level(parameters: Parameters, answers: Mapping[str, str]) -> str:
    return gettext(MEANS[parameters.get("origin", "zero")])


def top_two(parameters: Parameters, answers: Mapping[str, str]) -> str:
    return gettext(TOP_TWO)


def outside_fact(parameters: Parameters, answers: Mapping[str, str]) -> str:
    return gettext(FACT) % {"fact": parameters["fact"]}


READINGS: dict[str, Callable[[Parameters, Mapping[str, str]], str]] = {
    "option_weights": weighted_options,
    "top2_share": top_two,
    "scaled_mean": mean_level,
    "fact": outside_fact,
}


def share_of_points(rule: Rule, rate: str, most: float) -> str:
    return gettext(SHARE) % {"rate": rate, "most": format_decimal(most)}


def by_thresholds(rule: Rule, rate: str, most: float) -> str:
    full, zero = share(rule.parameters["full"]), share(rule.parameters.get("zero", 0))
    between = gettext(BETWEEN[rule.parameters.get("between", "ratio")]) % {"full": full}
    values = {"full": full, "zero": zero, "between": between, "most": format_decimal(most)}
    return gettext(THRESHOLDS) % {"rate": rate, **values}


def by_levels(rule: Rule, rate: str, most: float) -> str:
    levels = (
        gettext(LEVEL) % {"points": format_decimal(level["points"]), "at_least": share(level["at_least"])}
        for level in rule.parameters["levels"]
    )
    return gettext(LEVELS) % {"rate": rate, "levels": ", ".join(levels)}


POINTS: dict[str, Callable[[Rule, str, float], str]] = {
    "option_weights": share_of_points,
    "top2_share": share_of_points,
    "scaled_mean": share_of_points,
    "linear": share_of_points,
    "thresholds": by_thresholds,
    "bands": by_levels,
}
