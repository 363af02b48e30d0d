"""One field, criterion or component: its words, its points, how it is assessed, its rule tried out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from questionnaires import examine_framework
from questionnaires.check_rules import RULES
from questionnaires.editing.coded import inner
from questionnaires.editing.framework_nodes import set_node
from questionnaires.editing.rule_fields import RULE_HELP, RULE_NAMES
from questionnaires.faults import N_
from questionnaires.framework import Node
from questionnaires.schema import GROUPS
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import Operation, found
from survey.builder.framework_editor import words
from survey.builder.framework_editor.editor import part_editor
from survey.builder.framework_editor.node_form import asked_of, read_node, rule_texts
from survey.builder.framework_editor.page import node_address, tree_address
from survey.builder.framework_editor.preview import preview
from survey.builder.framework_editor.reading import Reading, read_draft, rule_of
from survey.builder.framework_editor.tree import has_parts
from survey.builder.framework_editor.written_numbers import in_percent
from survey.builder.part_form import SPARE_LINES, PartForm
from survey.models import DefinitionDraft

Table = dict[str, Any]
ROW = re.compile(r"(?:levels|weights)\.([1-9][0-9]{0,2})\.")


def put_node(code: str, form: PartForm) -> Operation:
    return lambda definition: set_node(definition, code, form.table)


def around_node(draft: DefinitionDraft, reading: Reading, table: Table) -> Table:
    code = request.view_args["code"] if request.view_args else ""
    groups = inner(table, "groups")
    return {
        "is_inner": has_parts(reading.content, code),
        "unit_types": reading.framework.applies_to,
        "groups": {group: in_percent(groups.get(group)) for group in {**dict.fromkeys(GROUPS), **groups}},
        "weight_sum": 100 * math.fsum(weight for weight in groups.values() if is_number(weight)),
        **rule_context(table),
    }


def rule_context(table: Table) -> Table:
    """What the fields of the rule and its preview show."""
    rule, texts = rule_of(table), rule_texts(table)
    leaf = leaf_of(table)
    return {
        "rules": {name: (RULE_NAMES[name], RULE_HELP[name]) for name in RULES},
        "rule_texts": texts,
        "rule_fields": asked_of(rule, texts) if rule else (),
        "rows_shown": rows_shown(texts),
        "tried_out": preview(leaf, request.form),
        "combined_by": leaf.combine,
        "words": words,
    }


def rows_shown(texts: Mapping[str, str]) -> int:
    """How many lines a rule's levels or answers get on the form: those filled, and spare ones where asked."""
    numbers = [int(found[1]) for name in texts if (found := ROW.match(name)) and texts[name].strip()]
    filled = max(numbers, default=0)
    return filled if filled and request.form.get("act") != "more" else filled + SPARE_LINES


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def leaf_of(table: Table) -> Node:
    """As much of the node as its table gives."""
    framework, _ = examine_framework({"nodes": [table]})
    return framework.nodes[0]


def after_node(draft: DefinitionDraft, code: str) -> str:
    """Where a saved node leads: to itself, to the one below it in the tree, or back to the tree."""
    then = request.form.get("then", "")
    codes = [node.code for node in read_draft(draft).framework.nodes]
    following = codes[codes.index(code) + 1 :][:1] if then == "next" and code in codes else []
    if then == "stay" or following:
        return node_address(draft, (following or [code])[0])
    return tree_address(draft, code)


NODE = part_editor(
    noun="node",
    saved=N_("The criterion is saved."),
    place=lambda code: f"node:{code}",
    read=read_node,
    put=put_node,
    context=around_node,
    faults_of=Reading.of_node,
    leads_to=after_node,
)


@blueprint.route("/frameworks/drafts/<int:draft_id>/nodes/<code>", methods=["GET", "POST"])
@roles(*WRITERS)
def edit_framework_node(draft_id: int, code: str) -> ResponseReturnValue:
    return NODE.edit(draft_id, code)


@blueprint.post("/frameworks/drafts/<int:draft_id>/nodes/<code>/preview")
@roles(*WRITERS)
def preview_rule(draft_id: int, code: str) -> str:
    """The preview alone, made of what the form holds at this moment."""
    found(draft_id, "framework")
    return render_template("builder/framework_editor/preview.html", **rule_context(read_node().table))
