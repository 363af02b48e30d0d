"""Answers become a response: checked, counted once, cut from the code that let them in."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from survey.collection.drafts import locked_draft
from survey.collection.invitations import burn, find_invitation
from survey.collection.opening import BY_PEOPLE_THEMSELVES, require_open
from survey.collection.paper import file_form, refuse_keyed_before
from survey.collection.quotas import take_places
from survey.collection.recording import Accepted, accepted_rows, is_recorded, store
from survey.collection.submission import CodeUsed, DraftMissing, NotAccepted, Outcome, Submission
from survey.collection.transaction import transaction
from survey.db import db
from survey.models import Draft, Survey


def submit(
    survey: Survey, submission: Submission, *, code_hash: str | None = None, draft_hash: str | None = None
) -> Outcome:
    """Accept a filled form, once: a repeated or simultaneous submit of the same response changes nothing.

    `code_hash` is the invitation that is burnt with it, `draft_hash` the draft that ends with it. Raises
    Refused, CodeUsed, QuotaFull, SurveyClosed.
    """
    survey_id = survey.id
    try:
        with transaction():
            return accept(survey, submission, code_hash, draft_hash)
    except IntegrityError:  # the other of two simultaneous submits was stored first
        if is_recorded(survey_id, submission.response_id):
            return Outcome(submission.response_id, repeated=True)
        if submission.paper:
            refuse_keyed_before(submission.paper)
        raise


def submit_draft(
    survey: Survey,
    key_hash: str,
    response_id: uuid.UUID,
    *,
    code_hash: str | None = None,
    mode: str = "online",
    flags: tuple[str, ...] = (),
) -> Outcome:
    """Accept a draft's answers as a response and delete the draft. Raises DraftMissing too."""
    with transaction():
        if is_recorded(survey.id, response_id):
            return Outcome(response_id, repeated=True)
        try:
            draft = locked_draft(survey, key_hash)
        except DraftMissing:
            return outcome_without_draft(survey, response_id, code_hash)
        submission = Submission(response_id, draft.stratum_id, draft.answers, mode, flags=flags)
        return accept(survey, submission, code_hash, key_hash)


def outcome_without_draft(survey: Survey, response_id: uuid.UUID, code_hash: str | None) -> Outcome:
    """Who took the draft: a simultaneous submit of this response, another device with this code, nobody."""
    if is_recorded(survey.id, response_id):
        return Outcome(response_id, repeated=True)
    invitation = find_invitation(survey.id, code_hash) if code_hash else None
    raise CodeUsed if invitation and invitation.used else DraftMissing


def accept(survey: Survey, submission: Submission, code_hash: str | None, draft_hash: str | None) -> Outcome:
    """Inside a transaction. Whatever stands in the way, what was accepted before stays accepted."""
    try:
        require_open(survey, submission.mode)
        rows = accepted_rows(survey, submission)
    except NotAccepted:
        if is_recorded(survey.id, submission.response_id):
            return Outcome(submission.response_id, repeated=True)
        raise
    if not store(survey, submission, rows):
        is_recorded(survey.id, submission.response_id)  # refuses another survey's id
        return Outcome(submission.response_id, repeated=True)
    if code_hash is not None and not burn(survey.id, code_hash):
        raise CodeUsed
    settle(survey, submission, rows, draft_hash)
    return Outcome(submission.response_id)


def settle(survey: Survey, submission: Submission, rows: list[Accepted], draft_hash: str | None) -> None:
    """What an accepted form takes with it: places in the quotas, its draft, its place in a batch."""
    if submission.mode in BY_PEOPLE_THEMSELVES:
        for each in rows:
            take_places(survey.id, each.stratum_id, each.record)
    if draft_hash is not None:
        end_draft(survey.id, draft_hash)
    if submission.paper:
        file_form(survey, submission)
        db.session.flush()


def end_draft(survey_id: int, draft_hash: str) -> None:
    table = Draft.__table__
    ending = sa.delete(table).where(table.c.key_hash == draft_hash, table.c.survey_id == survey_id)
    db.session.connection().execute(ending)
