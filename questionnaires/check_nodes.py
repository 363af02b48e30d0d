"""Faults of a framework's tree: its shape, its points, and how each leaf is assessed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from questionnaires.check_rules import check_rule
from questionnaires.codes import CRITERION, check_codes, check_form, check_known
from questionnaires.faults import N_, Fault
from questionnaires.framework import ASSESSED_BY, COMBINE, KINDS, Framework, Node, ancestors
from questionnaires.schema import GROUPS
from questionnaires.words import key_in_words

TOLERANCE = 1e-9
"""How far sums of points and weights may stray: what floating-point addition loses, no more."""

NO_NODE = N_("A framework needs at least one field.")
UNKNOWN_PARENT = N_("“%(code)s” hangs under “%(parent)s”, which does not exist.")
LOOP = N_("“%(code)s” hangs under itself.")
SUBJECT_TWICE = N_("“%(subject)s” already names another criterion.")
NO_POINTS = N_("“%(code)s” needs points above 0.")
WRONG_SUM = N_("“%(code)s” is worth %(points)s points, but its parts add up to %(sum)s.")
WRONG_TOTAL = N_("The fields add up to %(sum)s points; the scale is %(scale)s.")
INNER = N_("“%(code)s” has parts, and only they are assessed: “%(key)s” is out of place.")
NOT_ASSESSED = N_("It is not said how “%(code)s” is assessed: by evidence or by survey.")
NO_RULE = N_("“%(code)s” is assessed by survey and needs a rule.")
NO_GROUPS = N_("“%(code)s” is assessed by survey and needs the groups that rate it, with their weights.")
WRONG_WEIGHTS = N_("The weights of the groups of “%(code)s” add up to %(sum)s, not to 1.")
WEIGHT = N_("A weight above 0 is needed.")
NO_SURVEY = N_("“%(code)s” is not assessed by survey: no group rates it.")


def check_nodes(framework: Framework) -> Iterator[Fault]:
    if not framework.nodes:
        yield Fault("nodes", NO_NODE)
    placed = [(f"nodes.{number}", node) for number, node in enumerate(framework.nodes, 1)]
    yield from check_codes(((f"{place}.code", node.code) for place, node in placed), CRITERION)
    yield from _check_subjects(framework, placed)
    for place, node in placed:
        yield from _check_parent(place, node, framework)
        yield from _check_words(place, node, framework)
        check = _check_inner if node.code in framework.children else _check_leaf
        yield from check(place, node, framework)
    yield from _check_total(framework)


def _check_subjects(framework: Framework, placed: Iterable[tuple[str, Node]]) -> Iterator[Fault]:
    """A criterion is named by its code or its subject, so no name may mean two."""
    owners = {node.code: node.code for node in framework.nodes}
    for place, node in placed:
        if node.subject is None:
            continue
        yield from check_form(f"{place}.subject", node.subject, CRITERION)
        if owners.setdefault(node.subject, node.code) != node.code:
            yield Fault(f"{place}.subject", SUBJECT_TWICE, {"subject": node.subject})


def _check_parent(place: str, node: Node, framework: Framework) -> Iterator[Fault]:
    if node.parent is None:
        return
    named = {"code": node.code, "parent": node.parent}
    if node.parent not in framework.by_code:
        yield Fault(f"{place}.parent", UNKNOWN_PARENT, named)
    parents = {code: other.parent for code, other in framework.by_code.items()}
    if node.code in ancestors(node.code, parents):
        yield Fault(f"{place}.parent", LOOP, named)


def _check_words(place: str, node: Node, framework: Framework) -> Iterator[Fault]:
    yield from check_known(f"{place}.kind", node.kind, KINDS)
    yield from check_known(f"{place}.assessed_by", node.assessed_by, ASSESSED_BY)
    yield from check_known(f"{place}.combine", node.combine, COMBINE)
    for number, unit_type in enumerate(node.applies_to, 1):
        yield from check_known(f"{place}.applies_to.{number}", unit_type, framework.applies_to)
    for group in node.groups:
        yield from check_known(f"{place}.groups.{group}", group, GROUPS)


def _check_inner(place: str, node: Node, framework: Framework) -> Iterator[Fault]:
    """An inner node sums its parts of its own kind; bonus and penalty stand outside the points."""
    parts = [part for part in framework.children[node.code] if part.kind == node.kind]
    total = math.fsum(part.max_points for part in parts)
    if abs(total - node.max_points) > TOLERANCE:
        yield Fault(
            f"{place}.max_points", WRONG_SUM, {"code": node.code, "points": node.max_points, "sum": total}
        )
    out_of_place = {
        "assessed_by": node.assessed_by != "none",
        "rule": node.rule,
        "groups": node.groups,
        "applies_to": node.applies_to,
    }
    for key, given in out_of_place.items():
        if given:
            yield Fault(f"{place}.{key}", INNER, {"code": node.code, "key": key_in_words(key)})


def _check_leaf(place: str, node: Node, framework: Framework) -> Iterator[Fault]:
    named = {"code": node.code}
    if not node.max_points > 0:
        yield Fault(f"{place}.max_points", NO_POINTS, named)
    if node.assessed_by == "none":
        yield Fault(f"{place}.assessed_by", NOT_ASSESSED, named)
    if node.rule is not None:
        yield from check_rule(f"{place}.rule", node.rule, node.max_points)
    if node.assessed_by == "survey":
        yield from _check_survey_leaf(place, node)
    elif node.groups:
        yield Fault(f"{place}.groups", NO_SURVEY, named)


def _check_survey_leaf(place: str, node: Node) -> Iterator[Fault]:
    named = {"code": node.code}
    if node.rule is None:
        yield Fault(f"{place}.rule", NO_RULE, named)
    if not node.groups:
        if node.rule is None or not node.rule.takes_fact:
            yield Fault(f"{place}.groups", NO_GROUPS, named)
        return
    for group, weight in node.groups.items():
        if weight <= 0:
            yield Fault(f"{place}.groups.{group}", WEIGHT)
    total = math.fsum(node.groups.values())
    if abs(total - 1) > TOLERANCE:
        yield Fault(f"{place}.groups", WRONG_WEIGHTS, {**named, "sum": total})


def _check_total(framework: Framework) -> Iterator[Fault]:
    total = math.fsum(field.max_points for field in framework.fields if field.kind == "points")
    if framework.fields and abs(total - framework.scale) > TOLERANCE:
        yield Fault("nodes", WRONG_TOTAL, {"sum": total, "scale": framework.scale})
