"""Answers become a response: checked, counted once, cut from the code that let them in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from questionnaires.faults import N_, Fault
from survey.collection.checking import record_of
from survey.collection.drafts import locked_draft
from survey.collection.invitations import burn, find_invitation
from survey.collection.opening import require_open
from survey.collection.paper import file_form, refuse_keyed_before
from survey.collection.submission import CodeUsed, DraftMissing, Outcome, Refused, Submission
from survey.collection.transaction import transaction
from survey.db import db, today
from survey.models import Response, ResponseVersion, Sample, Stratum, Survey

FOREIGN_STRATUM = N_("This survey has no such stratum.")
TAKEN_ID = N_("This form's number belongs to another survey.")
NO_UNIT = N_("Choose the agency you are rating.")


def submit(survey: Survey, submission: Submission, *, code_hash: str | None = None) -> Outcome:
    """Accept a filled form, once: a repeated or simultaneous submit of the same response changes nothing.

    `code_hash` is the invitation that is burnt with it. Raises Refused, CodeUsed, SurveyClosed.
    """
    survey_id = survey.id
    try:
        with transaction():
            return accept(survey, submission, code_hash)
    except IntegrityError:  # the other of two simultaneous submits was stored first
        if is_recorded(survey_id, submission.response_id):
            return Outcome(submission.response_id, repeated=True)
        if submission.paper:
            refuse_keyed_before(submission.paper)
        raise


def submit_draft(
    survey: Survey, key_hash: str, response_id: uuid.UUID, *, code_hash: str | None = None
) -> Outcome:
    """Accept a draft's answers as a response and delete the draft. Raises DraftMissing too."""
    survey_id = survey.id
    try:
        with transaction():
            return accept_draft(survey, key_hash, response_id, code_hash)
    except IntegrityError:
        if is_recorded(survey_id, response_id):
            return Outcome(response_id, repeated=True)
        raise


def accept_draft(survey: Survey, key_hash: str, response_id: uuid.UUID, code_hash: str | None) -> Outcome:
    if is_recorded(survey.id, response_id):
        return Outcome(response_id, repeated=True)
    try:
        draft = locked_draft(survey, key_hash)
    except DraftMissing:
        return outcome_without_draft(survey, response_id, code_hash)
    if draft.stratum_id is None:
        raise Refused([Fault("unit", NO_UNIT)])
    submission = Submission(response_id, draft.stratum_id, draft.answers)
    db.session.delete(draft)
    return accept(survey, submission, code_hash)


def outcome_without_draft(survey: Survey, response_id: uuid.UUID, code_hash: str | None) -> Outcome:
    """Who took the draft: a simultaneous submit of this response, another device with this code, nobody."""
    if is_recorded(survey.id, response_id):
        return Outcome(response_id, repeated=True)
    invitation = find_invitation(survey.id, code_hash) if code_hash else None
    raise CodeUsed if invitation and invitation.used else DraftMissing


def accept(survey: Survey, submission: Submission, code_hash: str | None) -> Outcome:
    if is_recorded(survey.id, submission.response_id):
        return Outcome(submission.response_id, repeated=True)
    require_open(survey, submission.mode)
    record = record_of(
        survey.questionnaire_version.questionnaire,
        submission.answers,
        with_blanks=submission.blanks_confirmed,
    )
    if code_hash is not None and not burn(survey.id, code_hash):
        if is_recorded(survey.id, submission.response_id):
            return Outcome(submission.response_id, repeated=True)
        raise CodeUsed
    store(survey, submission, record)
    db.session.flush()
    return Outcome(submission.response_id)


def store(survey: Survey, submission: Submission, record: Mapping[str, Any]) -> None:
    stratum = stratum_of(survey, submission)
    response = Response(
        id=submission.response_id,
        survey_id=survey.id,
        unit_id=stratum.unit_id,
        stratum_id=stratum.id,
        psu=submission.psu,
        mode=submission.mode,
        received_on=today(),
    )
    author_id = submission.paper.keyed_by if submission.paper else None
    first = ResponseVersion(version=1, answers=dict(record), author_id=author_id, made_on=today())
    response.versions.append(first)
    db.session.add(response)
    if submission.paper:
        file_form(survey, submission)


def stratum_of(survey: Survey, submission: Submission) -> Stratum:
    stratum = db.session.get(Stratum, submission.stratum_id)
    sample = db.session.get(Sample, stratum.sample_id) if stratum else None
    if stratum is None or sample is None or sample.survey_id != survey.id:
        raise Refused([Fault("form", FOREIGN_STRATUM)])
    return stratum


def is_recorded(survey_id: int, response_id: uuid.UUID) -> bool:
    """Whether this response is stored. Raises Refused if its id is another survey's."""
    response = db.session.get(Response, response_id)
    if response is not None and response.survey_id != survey_id:
        raise Refused([Fault("form", TAKEN_ID)])
    return response is not None
