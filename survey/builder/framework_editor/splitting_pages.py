"""A leaf split into parts, its points shared out among them."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from questionnaires.editing.coded import tables
from questionnaires.editing.framework_codes import next_code
from questionnaires.editing.framework_nodes import add_node
from questionnaires.editing.framework_split import split_node
from questionnaires.editing.framework_tree import Definition
from questionnaires.editing.refused import EditRefused
from questionnaires.faults import N_
from survey.access import roles
from survey.builder import nested_forms
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import found, held
from survey.builder.framework_editor.deed import done, show_deed
from survey.builder.framework_editor.written_numbers import read_numbers
from survey.builder.part_form import SPARE_LINES
from survey.models import DefinitionDraft

Table = dict[str, Any]

SPLIT = N_("The criterion is split. Each part is assessed as the whole was; change that where it differs.")
FEWEST_PARTS = 2


@blueprint.route("/frameworks/drafts/<int:draft_id>/nodes/<code>/split", methods=["GET", "POST"])
@roles(*WRITERS)
def split_framework_node(draft_id: int, code: str) -> ResponseReturnValue:
    if request.method == "GET":
        draft = found(draft_id, "framework")
        return show(draft, code, proposed_parts(draft.content, code))
    draft, parts = held(draft_id, "framework"), read_parts()
    if request.form.get("act") == "more":
        return show(draft, code, parts, spare=SPARE_LINES)
    try:
        return done(draft, code, lambda definition: split_node(definition, code, parts), "split", SPLIT)
    except EditRefused as refused:
        return show(draft, code, parts, refused)


def read_parts() -> list[Table]:
    parts = tables(nested_forms.read_part(request.form, ("parts",)), "parts")
    for part in parts:
        read_numbers(part, "max_points")
    return [{"title": {}, **part} for part in parts]


def proposed_parts(definition: Definition, code: str) -> list[Table]:
    """The fewest parts with the codes they would get; none where the node is gone or has parts."""
    parts: list[Table] = []
    try:
        for _ in range(FEWEST_PARTS):
            parts.append({"code": next_code(definition, code)})
            definition = add_node(definition, code, None, parts[-1])
    except EditRefused:
        return []
    return parts


def show(
    draft: DefinitionDraft,
    code: str,
    parts: list[Table],
    refused: EditRefused | None = None,
    spare: int = 0,
) -> ResponseReturnValue:
    return show_deed(draft, "split", code, refused, part={"parts": parts}, at=nested_forms.at, spare=spare)
