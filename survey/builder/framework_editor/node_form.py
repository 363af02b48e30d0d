"""A criterion's form: from what was typed to the node's table, and back to the texts of its rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from questionnaires import Fault
from questionnaires.check_rules import RULES
from questionnaires.editing.coded import inner
from questionnaires.editing.framework_points import points_of
from questionnaires.editing.rule_fields import parameters_asked
from questionnaires.editing.rule_forms import ANSWER_TWICE, fields_of_rule, rule_from_fields
from questionnaires.framework import Rule
from questionnaires.written import AMBIGUOUS, NOT_A_NUMBER, clean
from survey.builder.drafts.saving import read_seen
from survey.builder.framework_editor.reading import RULE, at_rule, rule_of
from survey.builder.framework_editor.written_numbers import part_of_one, read_numbers
from survey.builder.nested_forms import read_part
from survey.builder.part_form import PartForm

Table = dict[str, Any]

KEYS = (
    "code",
    "title",
    "max_points",
    "assessed_by",
    "kind",
    "subject",
    "groups",
    "combine",
    "evidence",
    "in_charge",
    "illustrative",
)
DEFAULTS = {"assessed_by": "none", "kind": "points", "combine": "group_means"}
UNREADABLE = (NOT_A_NUMBER, AMBIGUOUS, ANSWER_TWICE)


def read_node() -> PartForm:
    """The node of the submitted form; what stands at its default is left out where it was left out before."""
    base = read_seen(request.form.get("seen", "")) or {}
    table = read_part(request.form, KEYS)
    read_numbers(table, "max_points")
    if unit_types := request.form.getlist("applies_to"):
        table["applies_to"] = unit_types
    if weights := inner(table, "groups"):
        table["groups"] = {group: part_of_one(written) for group, written in weights.items()}
    rule, faults = read_rule(base, points_of(table) or 0.0)
    if rule and (table.get("assessed_by") == "survey" or base.get("assessed_by") != "survey"):
        table["rule"] = rule
    for key, default in DEFAULTS.items():
        if table.get(key) == default and key not in base:
            del table[key]
    return PartForm(table | hung_as(base), faults=tuple(faults))


def hung_as(base: Table) -> Table:
    """A form does not say where a node hangs: it stays where it was seen."""
    return {"parent": base["parent"]} if "parent" in base else {}


def read_rule(base: Table, most: float) -> tuple[Table | None, list[Fault]]:
    """The rule as a table, and what was typed for it that none can hold."""
    name = clean(request.form.get(f"{RULE}name", ""))
    if not name:
        return None, []
    rule, faults = rule_from_fields(name, typed_rule(), most)
    before = inner(base, "rule")
    defaults = {asked.name: asked.default for asked in asked_of(rule)}
    parameters = {
        key: value for key, value in rule.parameters.items() if key in before or value != defaults.get(key)
    }
    return {"name": rule.name, **parameters}, at_rule(tuple(filter(would_be_lost, faults)))


def would_be_lost(fault: Fault) -> bool:
    """Whether a draft cannot keep what was typed, so that the form must come back as it is."""
    return fault.template in UNREADABLE or fault.place.startswith("weights.")


def typed_rule() -> dict[str, str]:
    return {name.removeprefix(RULE): text for name, text in request.form.items() if name.startswith(RULE)}


def rule_texts(table: Table) -> dict[str, str]:
    """What the fields of the rule show: as typed, else as stored, defaults written out."""
    rule = rule_of(table)
    if rule is None:
        return {}
    return {**fields_of_rule(rule), **(typed_rule() if request.method == "POST" else {})}


def asked_of(rule: Rule, texts: Mapping[str, str] | None = None) -> tuple[Any, ...]:
    """The fields that a rule's form shows, by the reading it has or the form names."""
    reading = (texts or {}).get("of") or rule.parameters.get("of")
    return parameters_asked(rule.name, reading) if rule.name in RULES else ()
