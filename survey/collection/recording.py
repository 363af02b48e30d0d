"""Accepted answers as rows: one response for one unit, several for a sitting in which several were rated."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import sqlalchemy as sa

from questionnaires.faults import N_, Fault
from questionnaires.schema import Questionnaire
from questionnaires.sitting import by_unit, for_units
from survey.collection.cells import strata_on_offer
from survey.collection.checking import record_of
from survey.collection.submission import Refused, Submission
from survey.db import db, today
from survey.models import Response, ResponseFlag, ResponseVersion

TAKEN_ID = N_("This form's number belongs to another survey.")
NO_UNIT = N_("Choose the agency you are rating.")
NOTHING_RATED = N_("Rate at least one agency.")

_responses, _versions = Response.__table__, ResponseVersion.__table__
_ADD_VERSIONS = _versions.insert()
_IS_RECORDED = sa.select(_responses.c.survey_id).where(_responses.c.id == sa.bindparam("response_id"))


class Asked(Protocol):
    """What checking a form needs to know of its survey; a `Survey` knows it."""

    @property
    def id(self) -> int: ...
    @property
    def rates(self) -> str: ...
    @property
    def questionnaire(self) -> Questionnaire: ...


@dataclass(frozen=True)
class Accepted:
    """One row to store: a unit as one person rated it. `unit_id` is 0 where the stratum tells it."""

    response_id: uuid.UUID
    stratum_id: int
    unit_id: int
    psu: str | None
    record: Mapping[str, Any]


def accepted_rows(survey: Asked, submission: Submission) -> list[Accepted]:
    """What of a submission goes on record. Raises Refused."""
    if survey.rates == "several" and submission.stratum_id is None:
        return rows_of_sitting(survey, submission)
    record = record_of(survey.questionnaire, submission.answers, with_blanks=submission.blanks_confirmed)
    if submission.stratum_id is None:
        raise Refused([Fault("unit", NO_UNIT)])
    return [Accepted(submission.response_id, submission.stratum_id, 0, submission.psu, record)]


def rows_of_sitting(survey: Asked, submission: Submission) -> list[Accepted]:
    """A row for each unit that was rated, all with one primary sampling unit: the person who rated them.

    The first carries the submission's own id, so that a repetition meets it whatever else was rated.
    """
    strata = {stratum.unit.code: stratum for stratum in strata_on_offer(survey)}
    units = tuple((code, stratum.unit.name) for code, stratum in strata.items())
    answers = record_of(for_units(survey.questionnaire, units), submission.answers)
    rated = by_unit(survey.questionnaire, units, answers)
    if not rated:
        raise Refused([Fault("form", NOTHING_RATED)])
    rater = secrets.token_hex(8)
    rows = [
        Accepted(
            uuid.uuid5(submission.response_id, code), strata[code].id, strata[code].unit_id, rater, record
        )
        for code, record in rated.items()
    ]
    return [replace(rows[0], response_id=submission.response_id), *rows[1:]]


def fill(connection: sa.Connection, survey_id: int, submission: Submission, rows: Sequence[Accepted]) -> None:
    """Write the rows of a sitting behind the first, and the answers of all."""
    if rows[1:]:
        connection.execute(_responses.insert(), [row_of(survey_id, submission, each) for each in rows[1:]])
    add_versions(connection, submission, rows)


def add_versions(connection: sa.Connection, submission: Submission, rows: Sequence[Accepted]) -> None:
    connection.execute(_ADD_VERSIONS, [version_of(submission, each) for each in rows])


def note_flags(connection: sa.Connection, submission: Submission, rows: Sequence[Accepted]) -> None:
    flags = [{"response_id": each.response_id, "kind": kind} for each in rows for kind in submission.flags]
    if flags:
        connection.execute(ResponseFlag.__table__.insert(), flags)


def version_of(submission: Submission, accepted: Accepted) -> dict[str, Any]:
    return {
        "response_id": accepted.response_id,
        "version": 1,
        "answers": accepted.record,
        "author_id": submission.paper.keyed_by if submission.paper else None,
        "made_on": today(),
    }


def row_of(survey_id: int, submission: Submission, accepted: Accepted) -> dict[str, Any]:
    return {
        "id": accepted.response_id,
        "survey_id": survey_id,
        "unit_id": accepted.unit_id,
        "stratum_id": accepted.stratum_id,
        "psu": accepted.psu,
        "mode": submission.mode,
        "received_on": today(),
    }


def is_recorded(survey_id: int, response_id: uuid.UUID) -> bool:
    """Whether this response is stored. Raises Refused if its id is another survey's."""
    found = db.session.connection().scalar(_IS_RECORDED, {"response_id": response_id})
    if found not in (None, survey_id):
        raise Refused([Fault("form", TAKEN_ID)])
    return found is not None
