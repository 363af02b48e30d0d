"""What keeps a rule from reading the answers of an item; the rule alone is checked with its framework."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.scoring.rules import FEWEST_LEVELS, reading_of
from questionnaires.faults import N_, Fault, Words
from questionnaires.framework import Rule
from questionnaires.schema import Choice

NO_WEIGHT = N_("The rule gives the answer “%(choice)s” no weight.")
TOO_FEW_LEVELS = N_("The answers have %(levels)s levels; the rule needs at least %(least)s.")


def reading_faults(rule: Rule, levels: Sequence[Choice], place: str) -> list[Fault]:
    """Everything that keeps a rule from reading the answers of one item."""
    reading = reading_of(rule)
    if len(levels) < FEWEST_LEVELS[reading]:
        return [Fault(place, TOO_FEW_LEVELS, {"levels": len(levels), "least": FEWEST_LEVELS[reading]})]
    weights = rule.parameters.get("weights", {})
    weightless = [choice for choice in levels if reading == "option_weights" and choice.code not in weights]
    return [Fault(place, NO_WEIGHT, {"choice": Words(choice.text)}) for choice in weightless]
