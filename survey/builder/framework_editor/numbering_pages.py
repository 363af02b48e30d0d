"""Codes after the order of the tree, shown before they are given."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.editing.framework_numbering import renumber, renumbering
from questionnaires.editing.refused import EditRefused
from questionnaires.faults import N_
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import change, found, held
from survey.builder.framework_editor.page import panel, tree_address
from survey.builder.framework_editor.reading import read_draft
from survey.db import db
from survey.models import DefinitionDraft

RENUMBERED = N_("The codes follow the tree now.")
SAME = N_("The codes followed the tree already.")


@blueprint.route("/frameworks/drafts/<int:draft_id>/renumber", methods=["GET", "POST"])
@roles(*WRITERS)
def renumber_framework(draft_id: int) -> ResponseReturnValue:
    if request.method == "GET":
        return show(found(draft_id, "framework"))
    draft = held(draft_id, "framework")
    try:
        changed = change(draft, renumber, "renumber", "nodes")
    except EditRefused:
        return show(draft)
    db.session.commit()
    flash(gettext(RENUMBERED if changed else SAME))
    return redirect(tree_address(draft))


def show(draft: DefinitionDraft) -> ResponseReturnValue:
    try:
        codes, faults = renumbering(draft.content), []
    except EditRefused as refused:
        codes, faults = {}, [refused.fault]
    return render_template(
        "builder/framework_editor/renumber.html",
        draft=draft,
        renamed={old: new for old, new in codes.items() if old != new},
        faults=faults,
        **panel(draft, read_draft(draft)),
    )
