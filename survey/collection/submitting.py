"""Answers become a response: checked, counted once, cut from the code that let them in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from survey.collection.claim import claim, move_claim
from survey.collection.drafts import locked_draft
from survey.collection.filing import file_form, refuse_keyed_before
from survey.collection.gate import require_passage
from survey.collection.invitations import burn, find_invitation
from survey.collection.opening import BY_PEOPLE_THEMSELVES
from survey.collection.quotas import take_places
from survey.collection.recording import Accepted, Asked, accepted_rows, fill, is_recorded
from survey.collection.submission import (
    CodeUsed,
    DraftMissing,
    NotAccepted,
    Outcome,
    QuotaFull,
    Submission,
    SurveyClosed,
)
from survey.collection.together import together
from survey.collection.transaction import transaction
from survey.db import db
from survey.models import Survey


def submit(
    survey: Asked, submission: Submission, *, code_hash: str | None = None, draft_hash: str | None = None
) -> Outcome:
    """Accept a filled form, once: a repeated or simultaneous submit of the same response changes nothing.

    `code_hash` is the invitation that is burnt with it, `draft_hash` the draft that ends with it. Raises
    Refused, CodeUsed, QuotaFull, SurveyClosed.
    """
    survey_id = survey.id
    try:
        rows = accepted_rows(survey, submission)
        storing = partial(accept, survey_id, submission, rows, code_hash, draft_hash)
        if submission.paper:
            with transaction():
                return storing()
        return together(storing)
    except NotAccepted:  # whatever stands in the way now, what was accepted before stays accepted
        if is_recorded(survey_id, submission.response_id):
            return Outcome(submission.response_id, repeated=True)
        raise
    except IntegrityError:
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
        rows = accepted_rows(survey, submission)
        return accept(survey.id, submission, rows, code_hash, key_hash)


def outcome_without_draft(survey: Survey, response_id: uuid.UUID, code_hash: str | None) -> Outcome:
    """Who took the draft: a simultaneous submit of this response, another device with this code, nobody."""
    if is_recorded(survey.id, response_id):
        return Outcome(response_id, repeated=True)
    invitation = find_invitation(survey.id, code_hash) if code_hash else None
    raise CodeUsed if invitation and invitation.used else DraftMissing


def accept(
    survey_id: int,
    submission: Submission,
    rows: Sequence[Accepted],
    code_hash: str | None,
    draft_hash: str | None,
) -> Outcome:
    """Inside a transaction, the lock of a database that has one lock for all held as short as may be.

    Everybody locks in this order, so that nobody waits in a circle: the draft, the survey (shared), the
    response, the code, the cells of the quotas.
    """
    connection = db.session.connection()
    if not is_claimed(connection, survey_id, submission, rows[0], draft_hash):
        return Outcome(submission.response_id, repeated=True)
    if code_hash is not None and not burn(survey_id, code_hash):
        raise CodeUsed
    rated, is_sitting = rows, submission.stratum_id is None
    if is_sitting:
        rows = with_room(connection, survey_id, rated)
    has_quotas = fill(connection, survey_id, submission, rows)
    if has_quotas and not is_sitting and submission.mode in BY_PEOPLE_THEMSELVES:
        with_room(connection, survey_id, rows)
    if submission.paper:
        file_form(db.session.get_one(Survey, survey_id), submission)
        db.session.flush()
    stored = {each.stratum_id for each in rows}
    left_out = tuple(each.stratum_id for each in rated if each.stratum_id not in stored)
    return Outcome(submission.response_id, left_out=left_out)


def is_claimed(
    connection: sa.Connection,
    survey_id: int,
    submission: Submission,
    first: Accepted,
    draft_hash: str | None = None,
) -> bool:
    """Whether the submission is stored now; False where it was before. Raises SurveyClosed, Refused."""
    if claim(connection, survey_id, submission, first, draft_hash):
        return True
    if is_recorded(survey_id, submission.response_id):
        return False
    require_passage(survey_id, submission)  # says why, unless what stood in the way has just gone
    if not claim(connection, survey_id, submission, first):
        raise SurveyClosed("paused")
    return True


def with_room(connection: sa.Connection, survey_id: int, rows: Sequence[Accepted]) -> list[Accepted]:
    """The rows whose cells have room, counted there. Of a sitting, units without room are left out; where
    nothing is left, raises QuotaFull.
    """
    placed = take_places(survey_id, [(each.stratum_id, each.record) for each in rows])
    kept = [each for each, has_room in zip(rows, placed, strict=True) if has_room]
    if not kept:
        raise QuotaFull
    if kept[0] is not rows[0]:
        kept[0] = replace(kept[0], response_id=rows[0].response_id)
        move_claim(connection, kept[0])
    return kept
