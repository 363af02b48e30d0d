"""Where the pages about drafts stand, and what leads to an editor where there is one."""

from __future__ import annotations

from flask import current_app, url_for

from survey.models import DefinitionDraft

SHELF = "<any(frameworks, questionnaires):shelf>"
KINDS = {"frameworks": "framework", "questionnaires": "questionnaire"}
"""The first word of an address → the kind of definition."""

PART_EDITORS = {
    "framework": {"node": "edit_node", "head": "edit_framework_head"},
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


def editor_address(draft: DefinitionDraft) -> str | None:
    """The editor's first page for a draft; None where its kind has no editor."""
    endpoint = f"builder.edit_{draft.kind}_draft"
    return url_for(endpoint, draft_id=draft.id) if endpoint in current_app.view_functions else None


def part_address(draft: DefinitionDraft, place: str) -> str | None:
    """The page that edits a part; None where there is none."""
    sort, _, code = place.partition(":")
    endpoint = f"builder.{PART_EDITORS[draft.kind].get(sort)}"
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, draft_id=draft.id, **({"code": code} if code else {}))


def comparison_address(draft: DefinitionDraft) -> str | None:
    """The page that lays a draft beside the version it most likely follows; None where there is none."""
    endpoint = f"builder.compare_{draft.kind}s"
    known = endpoint in current_app.view_functions
    return url_for(endpoint, after=f"draft-{draft.id}") if known else None


def working_address(draft: DefinitionDraft) -> str:
    """Where work on a draft goes on: its editor, else its review."""
    return editor_address(draft) or review_address(draft)
