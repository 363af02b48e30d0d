"""Faults of the definition as faults of the sheet: at their cells, with what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from questionnaires import check_framework, check_nodes, check_rules, codes, table
from questionnaires.exchange.framework_sheet.ledger import Ledger, Spot, value_at
from questionnaires.exchange.framework_sheet.words import RULE
from questionnaires.faults import N_, Fault, Words
from questionnaires.sheets import SheetFault

FILL_IN = N_("Fill in this cell. %(note)s")
NO_CELL = N_("“%(heading)s” is missing. %(note)s")
EMPTY_SHEET = N_("The sheet has no criteria. Write one in each row, below the headings.")
SUM = N_(
    "The parts of “%(code)s” add up to %(sum)s, not to %(points)s. Write %(sum)s here, or correct the parts."
)
TOTAL = N_("The fields add up to %(sum)s points, not to %(scale)s. Correct the points, or the scale.")
NOT_OF_RULE = N_("The rule “%(rule)s” takes no “%(heading)s”. Leave this cell empty, or pick another rule.")
NO_RULE_NAMED = N_("“%(heading)s” is given, but no rule. Pick the rule, or leave this cell empty.")
OUT_OF_PLACE = N_("“%(code)s” has parts, and only those are assessed. Leave this cell empty.")
NOT_BY_SURVEY = N_("“%(code)s” is not assessed by survey. Leave this cell empty, or assess it by survey.")
NOT_ASSESSED = N_("It is not said how “%(code)s” is assessed. %(note)s")
NEEDS_RULE = N_("“%(code)s” is assessed by survey and needs a rule. %(note)s")
NEEDS_GROUPS = N_("“%(code)s” is assessed by survey and needs the groups that rate it. %(note)s")
NEEDS_POINTS = N_("“%(code)s” needs points. %(note)s")
PERCENT = N_("“%(found)s” is no percentage from 0 to 100. %(note)s")
THRESHOLDS = N_("Full points begin at %(full)s, which is not above %(zero)s, where points begin. %(note)s")
DESCENDING = N_("The levels stand in the wrong order: %(after)s after %(before)s. %(note)s")
LEVEL_POINTS = N_(
    "A level gives %(found)s points; the criterion has %(most)s. Write a number from 0 to that."
)
SUBJECT = N_("“%(subject)s” names another criterion already. Write another one here.")
WEIGHT = N_("A weight is not above 0. %(note)s")

NO_TIE = N_("Ties share a rank here, so no criterion decides. Leave this cell empty.")
AGAIN = N_("The code “%(code)s” stands in a row above already. Write another one here.")

IN_THE_SHEET: dict[str, str] = {
    table.MISSING: FILL_IN,
    check_framework.EMPTY: FILL_IN,
    check_framework.NO_TEXT: FILL_IN,
    check_framework.NO_UNIT_TYPE: FILL_IN,
    check_framework.NO_TIE_CRITERION: FILL_IN,
    check_rules.NO_WEIGHTS: FILL_IN,
    check_rules.NO_LEVELS: FILL_IN,
    check_rules.PERCENT: PERCENT,
    check_rules.THRESHOLDS: THRESHOLDS,
    check_rules.NOT_DESCENDING: DESCENDING,
    check_rules.LEVEL_POINTS: LEVEL_POINTS,
    check_nodes.NO_NODE: EMPTY_SHEET,
    check_nodes.SUBJECT_TWICE: SUBJECT,
    check_nodes.NO_POINTS: NEEDS_POINTS,
    check_nodes.WRONG_SUM: SUM,
    check_nodes.WRONG_TOTAL: TOTAL,
    check_nodes.INNER: OUT_OF_PLACE,
    check_nodes.NOT_ASSESSED: NOT_ASSESSED,
    check_nodes.NO_RULE: NEEDS_RULE,
    check_nodes.NO_GROUPS: NEEDS_GROUPS,
    check_nodes.NO_SURVEY: NOT_BY_SURVEY,
    check_nodes.WEIGHT: WEIGHT,
    check_framework.TIE_CRITERION: NO_TIE,
    codes.TWICE: AGAIN,
    table.UNKNOWN_KEY: NOT_OF_RULE,
    table.NEAR_KEY: NOT_OF_RULE,
}
"""What the check of a definition says → what a sheet's reader is told; the other sentences serve both."""


def sheet_faults(
    faults: Sequence[Fault], definition: Mapping[str, Any], ledger: Ledger
) -> Iterator[SheetFault]:
    """The faults of a definition, but for those that follow from a cell that could not be read."""
    for fault in faults:
        if not ledger.hides(fault.place) and not follows_from_unread(fault, ledger):
            yield sheet_fault(fault, definition, ledger.spot(fault.place))


def follows_from_unread(fault: Fault, ledger: Ledger) -> bool:
    """Groups look out of place where it could not be read that a survey assesses."""
    node = fault.place.rpartition(".")[0]
    return fault.template == check_nodes.NO_SURVEY and ledger.hides(f"{node}.assessed_by")


def sheet_fault(fault: Fault, definition: Mapping[str, Any], spot: Spot) -> SheetFault:
    template = IN_THE_SHEET.get(fault.template, fault.template)
    values = {**fault.values, "heading": spot.heading, "note": ""}
    if spot.column is not None:
        values |= {"heading": spot.heading or spot.column.heading, "note": spot.column.note}
    if template == FILL_IN and not spot.cell:
        template = NO_CELL
    if template == NOT_OF_RULE:
        template, values["rule"] = rule_words(fault.place, definition)
    return spot.fault(template, values)


def rule_words(place: str, definition: Mapping[str, Any]) -> tuple[str, Words]:
    """The sentence about a parameter that does not belong, and the words for the rule in the same row."""
    number = int(place.split(".")[1])
    name = value_at(definition["nodes"][number - 1], "rule.name")
    words = next((choice.words for choice in RULE.choices if choice.value == name), Words())
    return (NOT_OF_RULE if words else NO_RULE_NAMED), words
