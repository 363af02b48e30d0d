"""A node taken out with all below it: retired, so that the changes name it as dropped, or never written."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from questionnaires.editing.framework_nodes import remove_node, retire_node
from questionnaires.editing.framework_points import running_sums
from questionnaires.editing.refused import EditRefused
from questionnaires.faults import N_
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import found, held
from survey.builder.framework_editor.deed import done, show_deed
from survey.builder.framework_editor.tree import below_and_itself
from survey.models import DefinitionDraft

RETIRED = N_("The criterion is dropped; the list of changes says so.")
REMOVED = N_("The criterion is taken out.")
WAYS = {"retire": (retire_node, "retire", RETIRED), "remove": (remove_node, "remove", REMOVED)}


@blueprint.route("/frameworks/drafts/<int:draft_id>/nodes/<code>/retire", methods=["GET", "POST"])
@roles(*WRITERS)
def retire_framework_node(draft_id: int, code: str) -> ResponseReturnValue:
    if request.method == "GET":
        return show(found(draft_id, "framework"), code)
    draft = held(draft_id, "framework")
    take_out, action, said = WAYS["remove" if request.form.get("way") == "remove" else "retire"]
    try:
        return done(draft, code, lambda definition: take_out(definition, code), action, said)
    except EditRefused:  # somebody else was quicker
        return show(draft, code)


def show(draft: DefinitionDraft, code: str) -> ResponseReturnValue:
    going = below_and_itself(draft.content, running_sums(draft.content), code)
    return show_deed(draft, "retire", code, going=going)
