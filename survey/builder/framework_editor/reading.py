"""A framework draft as it stands: as much of it as can be read, and its faults at the fields of its forms."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires import Fault
from questionnaires.check_rules import RULES
from questionnaires.editing.coded import inner, tables
from questionnaires.editing.framework_points import points_of
from questionnaires.editing.rule_forms import fields_of_rule, rule_from_fields
from questionnaires.framework import Framework, Rule
from survey.builder import reading
from survey.builder.reading import Table, examined
from survey.models import DefinitionDraft

RULE = "rule."


@dataclass(frozen=True)
class Reading(reading.Reading):
    framework: Framework

    def node_place(self, code: str) -> str:
        """Where in the definition a node stands."""
        return self.entry_place("nodes", code)

    def of_node(self, code: str) -> list[Fault]:
        """The faults of one node, told from it."""
        return self.below(self.node_place(code))

    def below(self, place: str) -> list[Fault]:
        """The faults at a place; those of a rule at the fields of its form."""
        faults = super().below(place)
        of_rule = [fault for fault in faults if fault.place.startswith(RULE)]
        if not of_rule:
            return faults
        at_fields = rule_faults(tables(self.content, "nodes")[int(place.removeprefix("nodes.")) - 1])
        return [fault for fault in faults if fault not in of_rule] + (at_fields or of_rule)


def rule_faults(node: Table) -> list[Fault]:
    """What is wrong with the rule of a node, at the fields that its form has for it."""
    rule = rule_of(node)
    if rule is None or rule.name not in RULES:
        return []
    _, faults = rule_from_fields(rule.name, fields_of_rule(rule), points_of(node) or 0.0)
    return at_rule(faults)


def at_rule(faults: tuple[Fault, ...]) -> list[Fault]:
    return [Fault(f"{RULE}{fault.place}", fault.template, fault.values) for fault in faults]


def rule_of(node: Table) -> Rule | None:
    """The rule of a node's table, whatever is wrong with it; None without one."""
    table = inner(node, "rule")
    name = table.pop("name", "")
    return Rule(str(name), table) if name else None


def read_draft(draft: DefinitionDraft) -> Reading:
    framework, faults = examined(draft)
    return Reading(faults, draft.content, framework)
