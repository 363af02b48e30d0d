"""Accepted answers as rows: one response for one unit, several for a sitting in which several were rated."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from questionnaires.faults import N_, Fault
from questionnaires.sitting import by_unit, for_units
from survey.collection.cells import strata_on_offer
from survey.collection.checking import record_of
from survey.collection.submission import Refused, Submission
from survey.db import db, today
from survey.models import Response, ResponseFlag, ResponseVersion, Sample, Stratum, Survey

FOREIGN_STRATUM = N_("This survey has no such stratum.")
TAKEN_ID = N_("This form's number belongs to another survey.")
NO_UNIT = N_("Choose the agency you are rating.")
NOTHING_RATED = N_("Rate at least one agency.")
INSERT = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


@dataclass(frozen=True)
class Accepted:
    """One row to store: the unit of a stratum as one person rated it."""

    response_id: uuid.UUID
    stratum_id: int
    unit_id: int
    psu: str | None
    record: Mapping[str, Any]


def accepted_rows(survey: Survey, submission: Submission) -> list[Accepted]:
    """What of a submission goes on record. Raises Refused."""
    if survey.rates == "several" and submission.stratum_id is None:
        return rows_of_sitting(survey, submission)
    return [row_of_form(survey, submission)]


def row_of_form(survey: Survey, submission: Submission) -> Accepted:
    record = record_of(
        survey.questionnaire_version.questionnaire,
        submission.answers,
        with_blanks=submission.blanks_confirmed,
    )
    if submission.stratum_id is None:
        raise Refused([Fault("unit", NO_UNIT)])
    unit_id = unit_of_stratum(survey.id, submission.stratum_id)
    return Accepted(submission.response_id, submission.stratum_id, unit_id, submission.psu, record)


def rows_of_sitting(survey: Survey, submission: Submission) -> list[Accepted]:
    """A row for each unit that was rated, all with one primary sampling unit: the person who rated them.

    The first carries the submission's own id, so that a repetition meets it whatever else was rated.
    """
    strata = {stratum.unit.code: stratum for stratum in strata_on_offer(survey)}
    units = tuple((code, stratum.unit.name) for code, stratum in strata.items())
    questionnaire = survey.questionnaire_version.questionnaire
    answers = record_of(for_units(questionnaire, units), submission.answers)
    rated = by_unit(questionnaire, units, answers)
    if not rated:
        raise Refused([Fault("form", NOTHING_RATED)])
    rater = secrets.token_hex(8)
    first = next(iter(rated))
    return [
        Accepted(
            submission.response_id if code == first else uuid.uuid5(submission.response_id, code),
            strata[code].id,
            strata[code].unit_id,
            rater,
            record,
        )
        for code, record in rated.items()
    ]


def unit_of_stratum(survey_id: int, stratum_id: int) -> int:
    query = (
        sa.select(Stratum.__table__.c.unit_id)
        .join(Sample.__table__, Sample.id == Stratum.sample_id)
        .where(Stratum.id == stratum_id, Sample.survey_id == survey_id)
    )
    unit_id = db.session.scalar(query)
    if unit_id is None:
        raise Refused([Fault("form", FOREIGN_STRATUM)])
    return unit_id


def store(survey: Survey, submission: Submission, rows: Sequence[Accepted]) -> bool:
    """Write the rows; False, and nothing written, where the submission is stored already.

    Statements go past the session: a citizen waits for them, and nobody reads these objects afterwards.
    """
    connection, day = db.session.connection(), today()
    responses = [
        {
            "id": each.response_id,
            "survey_id": survey.id,
            "unit_id": each.unit_id,
            "stratum_id": each.stratum_id,
            "psu": each.psu,
            "mode": submission.mode,
            "received_on": day,
        }
        for each in rows
    ]
    table = Response.__table__
    insert = INSERT[connection.dialect.name](table).on_conflict_do_nothing(index_elements=["id"])
    if not connection.execute(insert, responses[0]).rowcount:
        return False
    if responses[1:]:
        connection.execute(table.insert(), responses[1:])
    author_id = submission.paper.keyed_by if submission.paper else None
    connection.execute(
        ResponseVersion.__table__.insert(),
        [
            {
                "response_id": each.response_id,
                "version": 1,
                "answers": dict(each.record),
                "author_id": author_id,
                "made_on": day,
            }
            for each in rows
        ],
    )
    note_flags(connection, submission, rows)
    return True


def note_flags(connection: sa.Connection, submission: Submission, rows: Sequence[Accepted]) -> None:
    flags = [{"response_id": each.response_id, "kind": kind} for each in rows for kind in submission.flags]
    if flags:
        connection.execute(ResponseFlag.__table__.insert(), flags)


def is_recorded(survey_id: int, response_id: uuid.UUID) -> bool:
    """Whether this response is stored. Raises Refused if its id is another survey's."""
    found = db.session.scalar(sa.select(Response.__table__.c.survey_id).where(Response.id == response_id))
    if found not in (None, survey_id):
        raise Refused([Fault("form", TAKEN_ID)])
    return found is not None
