"""Frameworks as the spreadsheets that provinces keep: the empty template, and a draft as a file."""

from __future__ import annotations

import math
from dataclasses import replace

from flask import Response
from flask_babel import gettext

from questionnaires.check_rules import RULES
from questionnaires.editing.coded import tables
from questionnaires.editing.rule_forms import fields_of_rule, rule_from_fields
from questionnaires.exchange.framework_sheet import template_sheet
from questionnaires.exchange.framework_sheet.writing import workbook, written_nodes
from questionnaires.framework import Node, Rule
from questionnaires.parse_framework import dump_framework
from survey.access import roles
from survey.builder.blueprint import READERS, blueprint
from survey.builder.drafts.life import REVIEWERS, WRITERS
from survey.builder.drafts.storing import found
from survey.builder.exchange.copies import FORMATS, Format, Source
from survey.builder.exchange.copy_pages import DRAFT, attached, format_of
from survey.builder.framework_editor.reading import Reading, read_draft
from survey.language import language

SHEET = "xlsx"


@blueprint.get("/frameworks/template.xlsx")
@roles(*READERS)
def framework_template() -> Response:
    form = Format("", FORMATS["framework"][SHEET].mimetype, lambda source: template_sheet(source.language))
    return attached(form, Source({}, None, language()), SHEET, gettext("framework-template"))


@blueprint.get("/frameworks/drafts/<int:draft_id>.<ending>")
@roles(*WRITERS, *REVIEWERS)
def download_framework_draft(draft_id: int, ending: str) -> Response:
    draft = found(draft_id, "framework")
    form, reading = format_of("framework", ending), read_draft(draft)
    if ending == SHEET:  # which cannot hold all that a draft may be
        form = replace(form, write=lambda source: draft_sheet(reading, source.language))
    source = Source(draft.content, reading.framework, language())
    return attached(form, source, ending, draft.code, draft.version, DRAFT)


def draft_sheet(reading: Reading, language: str) -> bytes:
    """The draft as far as it can be read; cells of what is missing or cannot be read are blank."""
    framework = reading.framework
    pointless = {node.code for node in framework.nodes if not math.isfinite(node.max_points)}
    nodes = tuple(map(legible, framework.nodes))
    whole = replace(framework, nodes=nodes, bands=())
    definition = dump_framework(whole)
    rows = [
        {key: value for key, value in node.items() if key != "max_points" or node["code"] not in pointless}
        for node in written_nodes(whole, definition)
    ]
    depths = [whole.depth(node) for node in nodes]
    bands = tables(reading.content, "bands")  # their conditions as written, readable or not
    return workbook({**definition, "nodes": rows, "bands": bands}, depths, language)


def legible(node: Node) -> Node:
    """The node with what a sheet has cells for: finite points and weights, parameters of a rule we know."""
    points = node.max_points if math.isfinite(node.max_points) else 0.0
    groups = {group: weight for group, weight in node.groups.items() if math.isfinite(weight)}
    rule = node.rule if node.rule and node.rule.name in RULES else None
    return replace(node, max_points=points, groups=groups, rule=legible_rule(rule) if rule else None)


def legible_rule(rule: Rule) -> Rule:
    """The rule with parameters of the right kind, and levels that say from where on they give what."""
    read, _ = rule_from_fields(rule.name, fields_of_rule(rule))
    if "levels" not in read.parameters:
        return read
    levels = [level for level in read.parameters["levels"] if {"at_least", "points"} <= level.keys()]
    return replace(read, parameters={**read.parameters, "levels": levels})
