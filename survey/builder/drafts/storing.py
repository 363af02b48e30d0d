"""A draft and its changes: each edit is one change with its author, applied to what is stored by then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort

from questionnaires.faults import N_
from survey import audit
from survey.audit import actor_id
from survey.builder.drafts.standing import part_at, standing
from survey.builder.shelves import FRAMEWORKS, QUESTIONNAIRES, Shelf
from survey.db import db, now
from survey.errors import UserError
from survey.models import DefinitionDraft, DraftChange

Content = dict[str, Any]
Operation = Callable[[Content], Content]
"""An edit of `questionnaires.editing`: takes a definition, gives another, raises EditRefused."""

SHELVES = {shelf.noun: shelf for shelf in (FRAMEWORKS, QUESTIONNAIRES)}
NOT_OPEN = N_("This draft is under review or approved, so it can no longer be changed here.")


def begin(kind: str, content: Content, framework_id: int | None = None) -> DefinitionDraft:
    """A new draft and its audit entry, in this transaction."""
    draft = DefinitionDraft(
        kind=kind,
        code=str(content.get("code", "")),
        version=str(content.get("version", "")),
        content=content,
        framework_id=framework_id,
        updated_by_id=actor_id(),
        updated_at=now(),
    )
    db.session.add(draft)
    db.session.flush()
    audit.record("draft.begin", subject(draft))
    return draft


def shelf_of(draft: DefinitionDraft) -> Shelf:
    return SHELVES[draft.kind]


def subject(draft: DefinitionDraft) -> str:
    """A draft as the audit trail names it."""
    return f"draft {draft.id} of {draft.kind} {draft.code} {draft.version}"


def found(draft_id: int, kind: str) -> DefinitionDraft:
    """The draft of a kind, to read; 404 where there is none."""
    draft = db.session.get(DefinitionDraft, draft_id)
    if draft is None or draft.kind != kind:
        abort(404)
    return draft


def locked(draft_id: int, kind: str) -> DefinitionDraft:
    """The draft in any state, held until this transaction ends so that deeds come one after the other."""
    draft = db.session.get(DefinitionDraft, draft_id, with_for_update=True, populate_existing=True)
    if draft is None or draft.kind != kind:
        abort(404)
    return draft


def held(draft_id: int, kind: str) -> DefinitionDraft:
    """The draft, held as `locked` does, to change it.

    404 where there is none; raises UserError for a draft that is no longer open to changes.
    """
    draft = locked(draft_id, kind)
    if draft.state != "draft":
        raise UserError(NOT_OPEN, status=409)
    return draft


def change(
    draft: DefinitionDraft, operation: Operation, action: str, place: str, afterwards: str | None = None
) -> bool:
    """Apply an edit to a draft that is held, and note it; false where it changes nothing.

    `place` is the part that the edit is about, `afterwards` the name it has then, if another. Raises
    EditRefused, after which nothing has changed.
    """
    content = operation(draft.content)
    if content == draft.content:
        return False
    noted = trace(draft.content, content, place, afterwards or place)
    draft.content, draft.revision = content, draft.revision + 1
    draft.code, draft.version = str(content.get("code", "")), str(content.get("version", ""))
    draft.updated_by_id, draft.updated_at = actor_id(), now()
    db.session.add(
        DraftChange(
            draft_id=draft.id,
            revision=draft.revision,
            at=draft.updated_at,
            author_id=draft.updated_by_id,
            action=action,
            place=place,
            **noted,
        )
    )
    audit.record(f"draft.{action}", subject(draft), revision=draft.revision, place=place)
    return True


def trace(before: Content, after: Content, place: str, afterwards: str) -> dict[str, Any]:
    """What a change keeps of a part: as it was and is, and where; of a removed one all that went with it."""
    part = part_at(after, afterwards)
    return {
        "before": part_at(before, place),
        "after": part,
        "stood": standing(before, place, whole=part is None),
        "stands": standing(after, afterwards),
    }
