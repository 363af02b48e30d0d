"""What readers say of a draft: a comment at a place, its answers, until somebody settles it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort
from flask_login import current_user

from questionnaires.faults import N_
from survey import audit
from survey.builder.drafts.standing import part_at
from survey.builder.drafts.storing import subject
from survey.db import db, now
from survey.errors import UserError
from survey.models import DefinitionDraft, DraftComment

LONGEST = 4_000
CLOSED = N_("The draft is approved, so its comments are closed. They stay readable.")
PART_GONE = N_("Somebody removed or renamed this part meanwhile. Comment on the whole instead.")


@dataclass(frozen=True)
class Thread:
    """A comment with its answers in the order of writing."""

    comment: DraftComment
    answers: tuple[DraftComment, ...]

    @property
    def is_open(self) -> bool:
        return self.comment.settled_by_id is None


def threads_of(draft: DefinitionDraft) -> dict[str, list[Thread]]:
    """Place → the comments at it, the oldest first."""
    query = sa.select(DraftComment).filter_by(draft_id=draft.id).order_by(DraftComment.id)
    written = db.session.scalars(query).all()
    found: dict[str, list[Thread]] = {}
    for comment in written:
        if comment.answers_id is None:
            answers = tuple(other for other in written if other.answers_id == comment.id)
            found.setdefault(comment.place, []).append(Thread(comment, answers))
    return found


def open_comments(drafts: Iterable[DefinitionDraft]) -> dict[int, int]:
    """Draft id → how many comments nobody has settled yet."""
    query = (
        sa.select(DraftComment.draft_id, sa.func.count())
        .where(
            DraftComment.draft_id.in_([draft.id for draft in drafts]),
            DraftComment.answers_id.is_(None),
            DraftComment.settled_by_id.is_(None),
        )
        .group_by(DraftComment.draft_id)
    )
    return dict(db.session.execute(query).all())


def comment_on(draft: DefinitionDraft, place: str, text: str) -> DraftComment:
    """Say something of a part of a draft that is held; raises UserError for a part that is not there."""
    if place and part_at(draft.content, place) is None:
        raise UserError(PART_GONE, status=409)
    return write(draft, DraftComment(place=place, text=text), "draft.comment")


def answer(draft: DefinitionDraft, comment: DraftComment, text: str) -> DraftComment:
    """Answer a comment of a draft that is held. A settled one is open again: there is more to say."""
    comment.settled_by_id = None
    return write(draft, DraftComment(place=comment.place, text=text, answers_id=comment.id), "draft.answer")


def write(draft: DefinitionDraft, comment: DraftComment, action: str) -> DraftComment:
    refuse_if_closed(draft)
    comment.draft_id, comment.author_id, comment.at = draft.id, current_user.id, now()
    db.session.add(comment)
    audit.record(action, subject(draft), place=comment.place)
    return comment


def may_settle(comment: DraftComment) -> bool:
    """Who wrote a comment and who writes the draft may say that it is dealt with."""
    return current_user.id == comment.author_id or current_user.role == "planner"


def settle(draft: DefinitionDraft, comment: DraftComment) -> None:
    """Close a comment of a draft that is held."""
    refuse_if_closed(draft)
    if not may_settle(comment):
        abort(403)
    if comment.settled_by_id is None:
        comment.settled_by_id = current_user.id
        audit.record("draft.settle", subject(draft), place=comment.place)


def comment_of(draft: DefinitionDraft, comment_id: int) -> DraftComment:
    """A comment, no answer, of a draft that is held; 404 where there is none."""
    comment = db.session.get(DraftComment, comment_id, populate_existing=True)
    if comment is None or comment.draft_id != draft.id or comment.answers_id is not None:
        abort(404)
    return comment


def refuse_if_closed(draft: DefinitionDraft) -> None:
    if draft.state == "approved":
        raise UserError(CLOSED, status=409)
