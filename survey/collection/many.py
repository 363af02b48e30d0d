"""Many responses at once: a file keyed elsewhere is accepted whole, or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Container, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from questionnaires.faults import N_, Fault
from questionnaires.schema import Questionnaire
from survey import audit
from survey.collection.cells import strata_of
from survey.collection.checking import record_of, strict_record_of
from survey.collection.filing_many import file_forms, locked_batches, waiting_for_second
from survey.collection.gate import FOREIGN_STRATUM
from survey.collection.opening import require_open
from survey.collection.submission import Outcome, Refused, Submission
from survey.collection.transaction import transaction
from survey.db import db, today
from survey.models import Response, ResponseVersion, Stratum, Survey

SENT_BEFORE = N_("This response was sent before.")
AT_A_TIME = 1_000
"""Ids in one query: databases limit how many values a statement may carry."""


def submit_many(survey: Survey, submissions: Sequence[Submission], *, source: str) -> list[Outcome]:
    """Accept all of an imported file, or nothing of it; `source` names the file in the audit trail. Forms
    whose paper was printed here are accepted with their responses; those of them that a second person keys
    too become responses after that, and have no outcome here.

    An answer to a question that is not asked stays with the reading of a form printed here, and out of the
    response; elsewhere nothing would keep it, and it is a fault. Raises SurveyClosed, or Refused with every
    fault, its place written "<position of the submission, from 0>.<item>".
    """
    try:
        with transaction():
            for mode in {submission.mode for submission in submissions}:
                require_open(survey, mode)
            strata = {stratum.id: stratum for stratum in strata_of(survey)}
            records = records_of(survey, submissions, strata)
            batches = locked_batches(submissions)
            waiting = waiting_for_second(batches, submissions)
            accepted = [each for position, each in enumerate(submissions) if position not in waiting]
            kept = [each for position, each in enumerate(records) if position not in waiting]
            if accepted:
                store(survey, accepted, kept, strata)
            file_forms(survey, batches, submissions, waiting)
            audit.record("responses.import", f"survey {survey.code}", source=source, count=len(submissions))
            db.session.flush()
    except IntegrityError as collision:
        raise Refused([Fault("form", SENT_BEFORE)]) from collision
    return [Outcome(submission.response_id) for submission in accepted]


def recorded(ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the ids that are responses already."""
    parts = (ids[start : start + AT_A_TIME] for start in range(0, len(ids), AT_A_TIME))
    queries = (sa.select(Response.id).where(Response.id.in_(part)) for part in parts)
    return {found for query in queries for found in db.session.scalars(query)}


def records_of(
    survey: Survey, submissions: Sequence[Submission], strata: Mapping[int, Stratum]
) -> list[dict[str, Any]]:
    questionnaire = survey.questionnaire_version.questionnaire
    stored = recorded([submission.response_id for submission in submissions])
    records: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for position, submission in enumerate(submissions):
        try:
            records.append(record_of_one(questionnaire, submission, strata, stored))
        except Refused as refusal:
            faults += [
                Fault(f"{position}.{fault.place}", fault.template, fault.values) for fault in refusal.faults
            ]
    if faults:
        raise Refused(faults)
    return records


def record_of_one(
    questionnaire: Questionnaire,
    submission: Submission,
    strata: Container[int],
    stored: Container[uuid.UUID],
) -> dict[str, Any]:
    if submission.response_id in stored:
        raise Refused([Fault("form", SENT_BEFORE)])
    if submission.stratum_id not in strata:
        raise Refused([Fault("form", FOREIGN_STRATUM)])
    checked = record_of if submission.paper else strict_record_of
    return checked(questionnaire, submission.answers, with_blanks=submission.blanks_confirmed)


def store(
    survey: Survey,
    submissions: Sequence[Submission],
    records: Sequence[dict[str, Any]],
    strata: Mapping[int, Stratum],
) -> None:
    """Two statements for all: form by form, five thousand would hold up every other writer for a minute."""
    day = today()
    responses = [
        {
            "id": submission.response_id,
            "survey_id": survey.id,
            "unit_id": strata[submission.stratum_id].unit_id,
            "stratum_id": submission.stratum_id,
            "psu": submission.psu,
            "mode": submission.mode,
            "received_on": day,
        }
        for submission in submissions
    ]
    versions = [
        {"response_id": submission.response_id, "version": 1, "answers": record, "made_on": day}
        for submission, record in zip(submissions, records, strict=True)
    ]
    db.session.execute(sa.insert(Response), responses)
    db.session.execute(sa.insert(ResponseVersion), versions)
