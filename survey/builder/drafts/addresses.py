"""Where the pages about drafts stand, and those that edit a draft or a part of it."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.builder.drafts.life import may_change
from survey.builder.drafts.storing import NOT_OPEN
from survey.models import DefinitionDraft

SHELF = "<any(frameworks, questionnaires):shelf>"
KINDS = {"frameworks": "framework", "questionnaires": "questionnaire"}
"""The first word of an address → the kind of definition."""

PART_EDITORS = {
    "framework": {
        "node": "edit_framework_node",
        "head": "edit_framework_head",
        "bands": "edit_framework_bands",
        "ranking_groups": "edit_framework_ranking_groups",
        "changes": "edit_framework_changes",
    },
    "questionnaire": {
        "question": "edit_question",
        "section": "edit_section",
        "scale": "edit_scale",
        "factors": "edit_factors",
        "head": "edit_questionnaire_head",
    },
}
"""Kind of definition → sort of part → the view that edits it."""


def shelf_name(draft: DefinitionDraft) -> str:
    return f"{draft.kind}s"


def review_address(draft: DefinitionDraft, anchor: str | None = None) -> str:
    return url_for("builder.review_draft", shelf=shelf_name(draft), draft_id=draft.id, _anchor=anchor)


def editor_address(draft: DefinitionDraft) -> str:
    """The editor's first page for a draft."""
    return url_for(f"builder.edit_{draft.kind}_draft", draft_id=draft.id)


def part_address(draft: DefinitionDraft, place: str) -> str | None:
    """The page that edits a part; None for the whole, and for what has no page of its own."""
    sort, _, code = place.partition(":")
    view = PART_EDITORS[draft.kind].get(sort)
    return url_for(f"builder.{view}", draft_id=draft.id, **({"code": code} if code else {})) if view else None


def comparison_address(draft: DefinitionDraft) -> str:
    """The page that lays a draft beside the version it most likely follows."""
    return url_for(f"builder.compare_{draft.kind}s", after=f"draft-{draft.id}")


def working_address(draft: DefinitionDraft) -> str:
    """Where the person of this request goes on with a draft: its editor for who may change it, else its
    review.
    """
    return editor_address(draft) if may_change(draft) else review_address(draft)


def to_read(draft: DefinitionDraft) -> ResponseReturnValue:
    """From an editor that would refuse every change to where the draft is read, saying why."""
    flash(gettext(NOT_OPEN))
    return redirect(review_address(draft))
