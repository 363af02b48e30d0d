"""What of a question cannot be held: types, and attributes that say who is asked what."""

from __future__ import annotations

from questionnaires.exchange.limesurvey.conditions import is_always
from questionnaires.exchange.limesurvey.findings import Findings
from questionnaires.exchange.limesurvey.survey import RELEVANCE, TYPE, Asked
from questionnaires.faults import N_, Term

NO_TYPE = N_("“%(type)s” is no type of question that is known here.")
NOT_HELD = N_("A question of the type “%(type)s” (%(name)s) cannot be held here.")
LANGUAGE_SWITCH = N_("The choice of a language is left out: every page has one.")
ROW_CONDITION = N_("A condition on one row or choice alone cannot be held; make a question of it.")
FILTERED = N_("Rows or choices that depend on another answer cannot be held; write a question for each case.")
HIDDEN = N_("The question is hidden from everyone; take it out of the survey, or show it.")
SOFT = N_("The question may be left out after a reminder; here it may be left out.")
NOT_KEPT = N_("What stands in this column is not kept.")

LEFT_OUT = ("I",)
HELD_NOWHERE = {
    "*": N_("equation"),
    "|": N_("file upload"),
    ":": N_("array of numbers"),
    ";": N_("array of texts"),
}
REFUSED = {"array_filter": FILTERED, "array_filter_exclude": FILTERED, "hidden": HIDDEN}
NOTED = (
    "validation",
    "default",
    "em_validation_q",
    "em_validation_sq",
    "exclude_all_others",
    "prefix",
    "suffix",
)
OFF = ("", "0", "N")


def refuse_type(asked: Asked, findings: Findings) -> None:
    """A fault for a type that no question here has; a note for one that is not needed."""
    kind = asked.row[TYPE]
    if kind in LEFT_OUT:
        findings.note(asked.row, TYPE, LANGUAGE_SWITCH)
    elif kind in HELD_NOWHERE:
        findings.refuse(asked.row, TYPE, NOT_HELD, type=kind, name=Term(HELD_NOWHERE[kind]))
    else:
        findings.refuse(asked.row, TYPE, NO_TYPE, type=kind[:40])


def check_attributes(asked: Asked, findings: Findings) -> None:
    row = asked.row
    for column, template in REFUSED.items():
        if row[column] not in OFF:
            findings.refuse(row, column, template)
    for column in NOTED:
        if row[column] not in OFF:
            findings.note(row, column, NOT_KEPT)
    if row["mandatory"] == "S":
        findings.note(row, "mandatory", SOFT)
    for part in asked.subquestions:
        if not is_always(part.row[RELEVANCE]):
            findings.refuse(part.row, RELEVANCE, ROW_CONDITION)
