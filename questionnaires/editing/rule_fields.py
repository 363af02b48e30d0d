"""What a form must ask to set a rule: each parameter with its type, default, range and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaires.check_rules import READINGS, RULES
from questionnaires.faults import N_
from questionnaires.framework import Rule


@dataclass(frozen=True)
class RuleField:
    """One parameter. `type` is “percent”, “points”, “choice”, “code” or “rows”.

    `default` stands where nothing is written; None: something must be. `options` are the names a choice has,
    with their words; `columns` what each row of “rows” asks. A percent lies between `least` and `most`;
    points have no `most` of their own: a leaf's points are. `reading` is the reading that needs the
    parameter, where the parameter `of` chooses among them; None: always asked.
    """

    name: str
    type: str
    label: str
    help: str
    default: Any = None
    options: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[RuleField, ...] = ()
    least: float | None = None
    most: float | None = None
    reading: str | None = None


RULE_NAMES = {
    "option_weights": N_("Each answer is worth a percentage"),
    "top2_share": N_("Share of the two best answers"),
    "scaled_mean": N_("Mean level"),
    "linear": N_("Rate times points"),
    "thresholds": N_("Full points from a threshold"),
    "bands": N_("Points by level"),
}
RULE_HELP = {
    "option_weights": N_("Points are the maximum times the mean of what the answers are worth."),
    "top2_share": N_(
        "Points are the maximum times the share of people who pick one of the two best answers."
    ),
    "scaled_mean": N_("Points are the maximum times the mean level on the scale."),
    "linear": N_("Points are the maximum times the rate: 82 percent gives 4.1 of 5 points."),
    "thresholds": N_("All points from one rate on, none below another, and a part of them in between."),
    "bands": N_("The first level that the rate reaches gives its points; below the last there are none."),
}
READING_NAMES = {
    "option_weights": N_("what each answer is worth"),
    "top2_share": N_("share of the two best answers"),
    "scaled_mean": N_("mean level on the scale"),
    "fact": N_("a figure reported by the unit"),
}


def _percent(name: str, label: str, help: str, default: float | None = None) -> RuleField:
    return RuleField(name, "percent", label, help, default, least=0, most=100)


OF = RuleField(
    "of",
    "choice",
    N_("The rate comes from"),
    N_("What is counted before the rate becomes points."),
    options=READING_NAMES,
)
WEIGHTS = RuleField(
    "weights",
    "rows",
    N_("What each answer is worth"),
    N_("Every answer of the scale with the percentage of the points it gives, such as 100, 60, 20 and 0."),
    columns=(
        RuleField("code", "code", N_("Answer"), N_("The code of the answer in the questionnaire.")),
        _percent("percent", N_("Worth (%)"), N_("A percentage from 0 to 100.")),
    ),
)
ORIGIN = RuleField(
    "origin",
    "choice",
    N_("The worst answer counts"),
    N_("On five levels the worst gives 0 or 20 percent; the best always gives 100."),
    "zero",
    {"zero": N_("nothing"), "one": N_("as one level")},
)
FACT = RuleField(
    "fact",
    "code",
    N_("Figure"),
    N_("The code of the figure that units report as a percentage, such as on_time_share."),
)
FULL = _percent("full", N_("Full points from (%)"), N_("From this rate on, the unit gets all points."))
ZERO = _percent("zero", N_("No points below (%)"), N_("Below this rate, the unit gets no points."), 0.0)
BETWEEN = RuleField(
    "between",
    "choice",
    N_("Between the two"),
    N_("How points grow from the lower rate to the upper one."),
    "ratio",
    {
        "ratio": N_("the rate divided by the rate for full points"),
        "interpolate": N_("evenly from no points to full points"),
    },
)
LEVELS = RuleField(
    "levels",
    "rows",
    N_("Levels"),
    N_("From the best to the worst: the rate where each begins, and its points."),
    columns=(
        _percent("at_least", N_("Rate from (%)"), N_("The level begins at this rate.")),
        RuleField("points", "points", N_("Points"), N_("What the level gives."), least=0),
    ),
)

READING_FIELDS: dict[str, tuple[RuleField, ...]] = {
    "option_weights": (WEIGHTS,),
    "top2_share": (),
    "scaled_mean": (ORIGIN,),
    "fact": (FACT,),
}
OWN_FIELDS: dict[str, tuple[RuleField, ...]] = {"thresholds": (FULL, ZERO, BETWEEN), "bands": (LEVELS,)}


def rule_parameters(name: str) -> tuple[RuleField, ...]:
    """All a rule may ask, in the order of a form; raises LookupError for an unknown rule."""
    reading = RULES[name].reading
    if reading is not None:
        return (*READING_FIELDS[reading], *OWN_FIELDS.get(name, ()))
    depending = (_only_with(reading, asked) for reading in READINGS for asked in READING_FIELDS[reading])
    return (OF, *depending, *OWN_FIELDS.get(name, ()))


def parameters_asked(name: str, of: object) -> tuple[RuleField, ...]:
    """What a rule asks once the parameter `of` names the reading; raises LookupError for an unknown rule."""
    return tuple(asked for asked in rule_parameters(name) if asked.reading in (None, of))


def with_defaults(rule: Rule) -> Rule:
    """The rule with each default written out, so that two rules that mean the same are equal."""
    if rule.name not in RULES:
        return rule
    asked = parameters_asked(rule.name, rule.parameters.get("of"))
    defaults = {asks.name: asks.default for asks in asked if asks.default is not None}
    return Rule(rule.name, {**defaults, **rule.parameters})


def _only_with(reading: str, asked: RuleField) -> RuleField:
    return RuleField(**{**vars(asked), "reading": reading})
