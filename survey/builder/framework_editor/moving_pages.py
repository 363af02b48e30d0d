"""A node, with all below it, moved under another one."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from questionnaires.editing.framework_nodes import move_node
from questionnaires.editing.framework_points import running_sums
from questionnaires.editing.refused import EditRefused
from questionnaires.faults import N_
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import found, held
from survey.builder.framework_editor.deed import done, show_deed
from survey.builder.framework_editor.tree import possible_parents
from survey.models import DefinitionDraft

MOVED = N_("The criterion is moved.")


@blueprint.route("/frameworks/drafts/<int:draft_id>/nodes/<code>/move", methods=["GET", "POST"])
@roles(*WRITERS)
def move_framework_node(draft_id: int, code: str) -> ResponseReturnValue:
    if request.method == "GET":
        return show(found(draft_id, "framework"), code)
    draft = held(draft_id, "framework")
    parent, position = request.form.get("parent") or None, request.form.get("position", type=int)
    try:
        return done(
            draft, code, lambda definition: move_node(definition, code, parent, position), "move", MOVED
        )
    except EditRefused as refused:
        return show(draft, code, refused)


def show(draft: DefinitionDraft, code: str, refused: EditRefused | None = None) -> ResponseReturnValue:
    parents = possible_parents(draft.content, running_sums(draft.content), code)
    return show_deed(draft, "move", code, refused, parents=parents)
