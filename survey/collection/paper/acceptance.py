"""A form's answers become a response, once; or a correction of the response that it is already."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from questionnaires.routing import on_route
from survey import audit
from survey.collection.corrections import accepted, corrected
from survey.collection.form_trail import move
from survey.collection.opening import require_kept
from survey.collection.paper.comparing import Entries
from survey.collection.recording import accepted_rows, fill, row_of
from survey.collection.submission import PaperEntry, Submission
from survey.collection.withdrawing import current_answers
from survey.db import db, today
from survey.models import PaperForm, Response, User

SECOND_KEYING = "Nhập lần hai / second keying"
"""The reason of a correction that two readings led to; it is data, in both languages."""


def accept_form(form: PaperForm, entries: Entries, mode: str, person_id: int | None) -> None:
    """Make the response, in the caller's transaction, the form locked there: after the survey's end too, as
    its first reading was taken before. Raises Refused, SurveyClosed.
    """
    batch = form.batch
    require_kept(batch.survey)
    submission = Submission(
        uuid.uuid4(),
        batch.stratum_id,
        entries.on_record(),
        mode=mode,
        paper=PaperEntry(batch.id, form.number, form.keyed_by_id),
        blanks_confirmed=True,
    )
    (row,) = accepted_rows(batch.survey, submission)
    placed = replace(row, unit_id=batch.stratum.unit_id)
    connection = db.session.connection()
    connection.execute(sa.insert(Response.__table__), row_of(batch.survey_id, submission, placed))
    fill(connection, batch.survey_id, submission, [placed])
    form.response_id = submission.response_id
    move(form, "accepted", person_id)
    audit.record("form.accept", f"batch {batch.code}", number=form.number)


def correct_form(form: PaperForm, settled: Mapping[str, Any], person: User) -> None:
    """Where what was settled, by item, is not what the response says, add a version. Raises Refused."""
    response = accepted(form.response, SECOND_KEYING)
    current = current_answers(response)
    merged = {item: value for item, value in {**current, **settled}.items() if value is not None}
    if on_route(response.survey.questionnaire, merged, today=today()) != current:
        corrected(response, merged, person, SECOND_KEYING, with_blanks=True)
