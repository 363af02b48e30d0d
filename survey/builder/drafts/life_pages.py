"""The steps of a draft's life: send for review, take back, approve, remove; and of a version's: retire."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import IntegrityError

from questionnaires import DefinitionError
from questionnaires.faults import N_
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts import life
from survey.builder.drafts.addresses import KINDS, SHELF, review_address, working_address
from survey.builder.drafts.review_pages import show_review
from survey.builder.drafts.storing import SHELVES, found, held, locked
from survey.builder.shelves import Version
from survey.db import db

SENT = N_("The draft is sent for review. Nobody changes it until it is approved or taken back.")
TAKEN_BACK = N_("The draft is open to changes again.")
APPROVED = N_("The draft is approved and stored as a version, which never changes.")
RETIRED = {
    (True, True): N_("The version is retired: it is offered for nothing new. What uses it goes on."),
    (False, True): N_("The version is offered again."),
    (True, False): N_("The version was retired already; nothing changed."),
    (False, False): N_("The version is not retired; nothing changed."),
}
"""Retired or restored, newly or already → what to say."""


@blueprint.post(f"/{SHELF}/drafts/<int:draft_id>/send")
@roles(*life.WRITERS)
def send_draft(shelf: str, draft_id: int) -> ResponseReturnValue:
    draft = held(draft_id, KINDS[shelf])
    life.refuse_if_changed(draft, seen_revision())
    faults = life.faults_of(draft)
    if faults:
        return show_review(draft, (life.faulty(faults),)), 409
    life.send_for_review(draft)
    return done(review_address(draft), SENT)


@blueprint.post(f"/{SHELF}/drafts/<int:draft_id>/take-back")
@roles(*life.APPROVERS)
def take_back_draft(shelf: str, draft_id: int) -> ResponseReturnValue:
    draft = locked(draft_id, KINDS[shelf])
    life.take_back(draft)
    return done(working_address(draft), TAKEN_BACK)


@blueprint.post(f"/{SHELF}/drafts/<int:draft_id>/approve")
@roles(*life.APPROVERS)
def approve_draft(shelf: str, draft_id: int) -> ResponseReturnValue:
    kind, revision = KINDS[shelf], seen_revision()
    try:
        version = approved(draft_id, kind, revision)
    except DefinitionError as error:
        db.session.rollback()
        return show_review(found(draft_id, kind), error.faults), 409
    return done(url_for(f"builder.show_{kind}", version_id=version.id), APPROVED)


def approved(draft_id: int, kind: str, revision: int) -> Version:
    """Approve; where somebody else stored the same code and version in between, meet theirs."""
    try:
        return approve_once(draft_id, kind, revision)
    except IntegrityError:
        db.session.rollback()
        return approve_once(draft_id, kind, revision)


def approve_once(draft_id: int, kind: str, revision: int) -> Version:
    draft = locked(draft_id, kind)
    life.refuse_unless_in_review(draft)
    life.refuse_if_changed(draft, revision)
    version = life.approve(draft)
    db.session.flush()
    return version


@blueprint.post(f"/{SHELF}/drafts/<int:draft_id>/remove")
@roles(*life.WRITERS)
def remove_draft(shelf: str, draft_id: int) -> ResponseReturnValue:
    life.remove(locked(draft_id, KINDS[shelf]))
    return done(url_for("builder.list_drafts", shelf=shelf), N_("The draft is removed."))


@blueprint.post(f"/{SHELF}/<int:version_id>/retire")
@roles(*life.WRITERS)
def retire_version(shelf: str, version_id: int) -> ResponseReturnValue:
    return retired(shelf, version_id, True)


@blueprint.post(f"/{SHELF}/<int:version_id>/restore")
@roles(*life.WRITERS)
def restore_version(shelf: str, version_id: int) -> ResponseReturnValue:
    return retired(shelf, version_id, False)


def retired(shelf: str, version_id: int, wanted: bool) -> ResponseReturnValue:
    kind = KINDS[shelf]
    version = db.get_or_404(SHELVES[kind].model, version_id)
    changed = life.retire(SHELVES[kind], version, wanted)
    return done(url_for(f"builder.show_{kind}", version_id=version_id), RETIRED[wanted, changed])


def seen_revision() -> int:
    """Which state of the draft the page showed; a form without it has seen none."""
    return request.form.get("revision", -1, type=int)


def done(address: str, sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(gettext(sentence))
    return redirect(address, 303)
