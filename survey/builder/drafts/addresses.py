"""Where the pages about drafts stand, and what leads to an editor where there is one."""

from __future__ import annotations

from flask import current_app, url_for

from survey.models import DefinitionDraft

SHELF = "<any(frameworks, questionnaires):shelf>"
KINDS = {"frameworks": "framework", "questionnaires": "questionnaire"}
"""The first word of an address → the kind of definition."""


def shelf_name(draft: DefinitionDraft) -> str:
    return f"{draft.kind}s"


def review_address(draft: DefinitionDraft, anchor: str | None = None) -> str:
    return url_for("builder.review_draft", shelf=shelf_name(draft), draft_id=draft.id, _anchor=anchor)


def editor_address(draft: DefinitionDraft) -> str | None:
    """The editor's first page for a draft; None where its kind has no editor."""
    endpoint = f"builder.edit_{draft.kind}_draft"
    return url_for(endpoint, draft_id=draft.id) if endpoint in current_app.view_functions else None


def working_address(draft: DefinitionDraft) -> str:
    """Where work on a draft goes on: its editor, else its review."""
    return editor_address(draft) or review_address(draft)
