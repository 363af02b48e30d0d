"""The life of a definition: draft → review → approved, then in use, then retired; and who may do what."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask_login import current_user

from questionnaires import Fault, examine_framework, examine_questionnaire
from questionnaires.faults import N_
from survey import audit
from survey.audit import actor_id
from survey.builder.drafts.storing import shelf_of, subject
from survey.builder.shelves import Shelf, Version, add_written
from survey.builder.shelves import subject as version_subject
from survey.db import db, now, today
from survey.errors import UserError
from survey.models import DefinitionDraft, DraftChange, DraftComment, User

WRITERS = ("planner",)
REVIEWERS = ("planner", "administrator", "supervisor", "appraiser", "analyst", "viewer")
APPROVERS = ("planner", "administrator")

STATES = {
    "draft": (N_("draft"), "grey"),
    "review": (N_("under review"), "yellow"),
    "approved": (N_("approved"), "green"),
}
FAULTY = N_("The faults come first: there are %(count)s, listed below. Mend them, then send the draft.")
NOT_IN_REVIEW = N_("This draft is not under review: somebody approved it or took it back meanwhile.")
CHANGED = N_(
    "Somebody changed the draft while this page was open. Read it again as it stands now, then decide."
)
APPROVED_STAYS = N_("An approved draft stays as the record of how its version came about.")
TAKE_BACK_FIRST = N_("This draft is under review. Take it back before you remove it.")
OWN = N_("Somebody else than who sent the draft for review must approve it.")

EXAMINERS = {"framework": examine_framework, "questionnaire": examine_questionnaire}


def faults_of(draft: DefinitionDraft) -> tuple[Fault, ...]:
    return EXAMINERS[draft.kind](draft.content)[1]


def faulty(faults: Sequence[Fault]) -> Fault:
    """Why a draft with these faults cannot be sent for review."""
    return Fault("faults", FAULTY, {"count": len(faults)})


def may_change(draft: DefinitionDraft) -> bool:
    """Whether the person of this request may change the draft as it is now."""
    return draft.state == "draft" and current_user.role in WRITERS


def refuse_if_changed(draft: DefinitionDraft, revision: int) -> None:
    """Nobody decides on what they have not read: `revision` is the one that their page showed."""
    if draft.revision != revision:
        raise UserError(CHANGED, status=409)


def send_for_review(draft: DefinitionDraft) -> None:
    """Ask others to read the draft, which nobody changes meanwhile. Raises UserError for a faulty one."""
    if faults := faults_of(draft):
        raise UserError(FAULTY, faulty(faults).values, status=409)
    draft.state, draft.sent_by_id = "review", actor_id()
    note(draft, "draft.send")


def take_back(draft: DefinitionDraft) -> None:
    """Open the draft to changes again, by its writers or by a reviewer who wants some."""
    refuse_unless_in_review(draft)
    draft.state, draft.sent_by_id = "draft", None
    note(draft, "draft.take_back")


def approvers(draft: DefinitionDraft) -> Sequence[User]:
    """Who may approve a draft under review, in the order of their names."""
    query = sa.select(User).where(User.active, User.role.in_(APPROVERS), User.id != draft.sent_by_id)
    return db.session.scalars(query.order_by(User.full_name, User.id)).all()


def may_approve(draft: DefinitionDraft) -> bool:
    """Two pairs of eyes: an approver who did not send the draft for review."""
    return draft.state == "review" and current_user.role in APPROVERS and current_user.id != draft.sent_by_id


def approve(draft: DefinitionDraft) -> Version:
    """Store the draft as a version that never changes. Raises UserError, or DefinitionError where another
    definition of this code and version is stored.
    """
    refuse_unless_in_review(draft)
    if not may_approve(draft):
        raise UserError(OWN, status=403)
    version, _ = add_written(shelf_of(draft), draft.content)
    draft.state = "approved"
    note(draft, "draft.approve", version=version.sha256)
    return version


def remove(draft: DefinitionDraft) -> None:
    """Throw away a draft with its history and comments. Raises UserError for one that others rely on."""
    if draft.state != "draft":
        raise UserError(APPROVED_STAYS if draft.state == "approved" else TAKE_BACK_FIRST, status=409)
    audit.record("draft.remove", subject(draft), revision=draft.revision)
    answers = sa.delete(DraftComment).filter_by(draft_id=draft.id).where(DraftComment.answers_id.is_not(None))
    db.session.execute(answers)
    for model in (DraftComment, DraftChange):
        db.session.execute(sa.delete(model).filter_by(draft_id=draft.id))
    db.session.delete(draft)


def version_of(draft: DefinitionDraft) -> Version | None:
    """The stored version that an approved draft has become, unless somebody removed it since."""
    model = shelf_of(draft).model
    query = sa.select(model).filter_by(code=draft.code, version=draft.version)
    return db.session.scalars(query).one_or_none() if draft.state == "approved" else None


def record_of(kind: str, version: Version) -> DefinitionDraft | None:
    """The draft that was approved as a stored version, with its comments and history; None for an upload."""
    approved = sa.select(DefinitionDraft).filter_by(
        kind=kind, state="approved", code=version.code, version=version.version
    )
    return db.session.scalars(approved.order_by(DefinitionDraft.id.desc()).limit(1)).first()


def retire(shelf: Shelf, version: Version, retired: bool) -> bool:
    """Offer a version for nothing new, or again; false where it is so already. What uses it goes on."""
    if (version.retired_on is not None) == retired:
        return False
    version.retired_on = today() if retired else None
    audit.record(f"{shelf.noun}.{'retire' if retired else 'restore'}", version_subject(shelf, version))
    return True


def refuse_unless_in_review(draft: DefinitionDraft) -> None:
    if draft.state != "review":
        raise UserError(NOT_IN_REVIEW, status=409)


def note(draft: DefinitionDraft, action: str, **details: object) -> None:
    draft.updated_by_id, draft.updated_at = actor_id(), now()
    audit.record(action, subject(draft), revision=draft.revision, **details)
