"""Answers become a response: checked, counted once, cut from the code that let them in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from survey.collection.claim import claim, claim_whole, move_claim
from survey.collection.drafts import locked_draft
from survey.collection.filing import file_form, refuse_keyed_before
from survey.collection.gate import require_passage
from survey.collection.invitations import burn, find_invitation
from survey.collection.opening import BY_PEOPLE_THEMSELVES
from survey.collection.quotas import take_places
from survey.collection.recording import Accepted, Asked, accepted_rows, fill, is_recorded, note_flags
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
    has_quotas = stored(connection, survey_id, submission, rows[0], draft_hash)
    if has_quotas is None:
        return Outcome(submission.response_id, repeated=True)
    if code_hash is not None and not burn(survey_id, code_hash):
        raise CodeUsed
    rated = rows
    if submission.stratum_id is None:
        rows = with_room(connection, survey_id, rated)
        fill(connection, survey_id, submission, rows)
    elif has_quotas and submission.mode in BY_PEOPLE_THEMSELVES:
        with_room(connection, survey_id, rows)
    note_flags(connection, submission, rows)
    if submission.paper:
        file_form(db.session.get_one(Survey, survey_id), submission)
        db.session.flush()
    kept = {each.stratum_id for each in rows}
    left_out = tuple(each.stratum_id for each in rated if each.stratum_id not in kept)
    return Outcome(submission.response_id, left_out=left_out)


def stored(
    connection: sa.Connection,
    survey_id: int,
    submission: Submission,
    first: Accepted,
    draft_hash: str | None,
) -> bool | None:
    """Store a form about one unit whole, of a sitting the row that stands for it all. Whether quotas are to
    be looked at; None where the submission was stored before. Raises SurveyClosed, Refused.
    """
    has_quotas = store(connection, survey_id, submission, first, draft_hash)
    if has_quotas is None and not is_recorded(survey_id, submission.response_id):
        require_passage(survey_id, submission)  # says why, unless what stood in the way has just gone
        has_quotas = store(connection, survey_id, submission, first, None)
        if has_quotas is None:
            raise SurveyClosed("paused")
    return has_quotas


def store(
    connection: sa.Connection,
    survey_id: int,
    submission: Submission,
    first: Accepted,
    draft_hash: str | None,
) -> bool | None:
    if submission.stratum_id is not None:
        return claim_whole(connection, survey_id, submission, first, draft_hash)
    return claim(connection, survey_id, submission, first, draft_hash)


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
