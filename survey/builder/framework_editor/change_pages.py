"""What became of the criteria of the version before; proposed by comparing with it, then edited."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.comparison import changes_between
from questionnaires.editing.framework_head import set_changes
from questionnaires.faults import N_
from survey.access import roles
from survey.addresses import sent
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import change, held
from survey.builder.framework_editor import words
from survey.builder.framework_editor.list_part import list_editor
from survey.builder.framework_editor.reading import Reading, read_draft
from survey.builder.shelves import FRAMEWORKS, versions
from survey.db import db
from survey.models import DefinitionDraft, FrameworkVersion

COMPARED = N_("The list now holds what differs from the version you chose.")


def around_changes(draft: DefinitionDraft, reading: Reading, table: dict[str, object]) -> dict[str, object]:
    return {"words": words, "versions": versions(FRAMEWORKS)}


CHANGES = list_editor("changes", N_("The list of changes is saved."), context=around_changes)


@blueprint.route("/frameworks/drafts/<int:draft_id>/changes", methods=["GET", "POST"])
@roles(*WRITERS)
def edit_framework_changes(draft_id: int) -> ResponseReturnValue:
    return CHANGES.edit(draft_id)


@blueprint.post("/frameworks/drafts/<int:draft_id>/changes/compare")
@roles(*WRITERS)
def compare_framework_draft(draft_id: int) -> ResponseReturnValue:
    """Fill the list by comparing the draft with a stored version."""
    draft = held(draft_id, "framework")
    version = db.get_or_404(FrameworkVersion, sent("version") or 0)
    found = changes_between(version.framework, read_draft(draft).framework)
    change(draft, lambda definition: set_changes(definition, found), "edit", "changes")
    db.session.commit()
    flash(gettext(COMPARED))
    return redirect(url_for("builder.edit_framework_changes", draft_id=draft.id))
