"""The life of a definition: draft → review → approved, then in use, then retired; and who may do what."""

from __future__ import annotations

from flask_login import current_user

from questionnaires import Fault, examine_framework, examine_questionnaire
from questionnaires.faults import N_
from survey import audit
from survey.audit import actor_id
from survey.builder.drafts.storing import shelf_of, subject
from survey.builder.shelves import Version, add_written
from survey.db import now, today
from survey.errors import UserError
from survey.models import DefinitionDraft

WRITERS = ("planner",)
REVIEWERS = ("planner", "administrator", "supervisor", "appraiser", "analyst", "viewer")
APPROVERS = ("planner", "administrator")

STATES = {
    "draft": (N_("draft"), "grey"),
    "review": (N_("under review"), "yellow"),
    "approved": (N_("approved"), "green"),
}
FAULTY = N_("The draft still has faults. Mend them first: %(count)s.")
NOT_IN_REVIEW = N_("This draft is not under review.")
OWN = N_("Somebody else than who sent the draft for review must approve it.")

EXAMINERS = {"framework": examine_framework, "questionnaire": examine_questionnaire}


def faults_of(draft: DefinitionDraft) -> tuple[Fault, ...]:
    return EXAMINERS[draft.kind](draft.content)[1]


def send_for_review(draft: DefinitionDraft) -> None:
    """Ask others to read the draft, which nobody changes meanwhile. Raises UserError for a faulty one."""
    faults = faults_of(draft)
    if faults:
        raise UserError(FAULTY, {"count": len(faults)}, status=409)
    draft.state, draft.sent_by_id = "review", actor_id()
    note(draft, "draft.send")


def take_back(draft: DefinitionDraft) -> None:
    """Open the draft to changes again, by its writers or by a reviewer who wants some."""
    refuse_unless_in_review(draft)
    draft.state, draft.sent_by_id = "draft", None
    note(draft, "draft.take_back")


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


def retire(version: Version, retired: bool) -> None:
    """Offer a version for nothing new any more, or again. What uses it goes on."""
    version.retired_on = today() if retired else None
    audit.record("version.retire" if retired else "version.restore", f"{version.code} {version.version}")


def refuse_unless_in_review(draft: DefinitionDraft) -> None:
    if draft.state != "review":
        raise UserError(NOT_IN_REVIEW, status=409)


def note(draft: DefinitionDraft, action: str, **details: object) -> None:
    draft.updated_by_id, draft.updated_at = actor_id(), now()
    audit.record(action, subject(draft), revision=draft.revision, **details)
