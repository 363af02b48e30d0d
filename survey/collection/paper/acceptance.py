"""A form's answers become a response, once; or a correction of the response that it is already."""

from __future__ import annotations

import uuid
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from questionnaires.routing import asked_items, on_route
from survey import audit
from survey.collection.corrections import accepted, corrected
from survey.collection.form_trail import move
from survey.collection.opening import require_kept
from survey.collection.paper.comparing import Entries
from survey.collection.paper.reading import with_possible
from survey.collection.recording import accepted_rows, fill, row_of
from survey.collection.submission import PaperEntry, Submission
from survey.collection.withdrawing import current_answers
from survey.db import db, today
from survey.models import PaperForm, Response, ResponseVersion, User

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


def correct_form(form: PaperForm, final: Entries, wrong: Container[str], person: User) -> None:
    """Where what two readings led to is not what the response says, add a version; `wrong` are the items that
    the first reading had wrong. What staff corrected since stands, except at those. Raises Refused.
    """
    response = accepted(form.response, SECOND_KEYING)
    questionnaire, current = response.survey.questionnaire, current_answers(response)
    for item, value in corrections_of(response, current).items():
        if item not in wrong:
            final = final.changed(item, value, "")
    answers = with_possible(questionnaire, final).on_record()
    if on_route(questionnaire, answers, today=today()) != current:
        corrected(response, answers, person, SECOND_KEYING, with_blanks=True)


def corrections_of(response: Response, current: Mapping[str, Any]) -> dict[str, Any]:
    """Item → what staff made of it, None for a blank, since the form was accepted; of what is asked now. What
    left the record only because it is asked no more was not corrected.
    """
    query = sa.select(ResponseVersion.answers).filter_by(response_id=response.id, version=1)
    first = db.session.scalars(query).one()
    questionnaire = response.survey.questionnaire
    asked, asked_before = (
        {item.code for item in asked_items(questionnaire, answers, today=today())}
        for answers in (current, first)
    )
    changed = {item for item in asked if current.get(item) != first.get(item)}
    return {item: current.get(item) for item in changed | (asked - asked_before)}
