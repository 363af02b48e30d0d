"""Forms keyed elsewhere whose numbers were printed here: many at once take the steps that one takes."""

from __future__ import annotations

import datetime
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from questionnaires.faults import Fault
from questionnaires.schema import Questionnaire
from survey import audit
from survey.collection.filing import FOREIGN_BATCH, refuse_unless_free, require_open_batch
from survey.collection.paper.comparing import Entries
from survey.collection.paper.judging import judge
from survey.collection.paper.locking import NOT_THE_KEY, locked_batch
from survey.collection.paper.reading import with_route
from survey.collection.second_choice import chosen_of
from survey.collection.submission import Refused, Submission
from survey.db import db, now
from survey.models import Batch, FormEvent, FormReading, PaperForm, Survey

FREE = ("printed", "issued", "returned")
STEPS = ("returned", "entered", "accepted")

Placed = tuple[int, Submission]
Form = sa.Row[tuple[int, int, str]]
"""A form's id, number and state."""
Read = tuple[Form, Submission, bool]
"""A form, what was keyed from it, and whether it waits for its second reading."""


def locked_batches(submissions: Sequence[Submission]) -> dict[int, Batch]:
    """The batches whose forms these are, by id, for this transaction alone to change."""
    wanted = {submission.paper.batch_id for submission in submissions if submission.paper}
    return {batch_id: locked_batch(batch_id) for batch_id in sorted(wanted)}


def waiting_for_second(batches: Mapping[int, Batch], submissions: Sequence[Submission]) -> set[int]:
    """Positions of the submissions that are no answers yet: a second person keys their forms first."""
    chosen = {
        batch_id: chosen_of(batch, [each.paper.number for each in submissions if is_of(each, batch_id)])
        for batch_id, batch in batches.items()
    }
    return {
        position
        for position, each in enumerate(submissions)
        if each.paper and each.paper.number in chosen[each.paper.batch_id]
    }


def is_of(submission: Submission, batch_id: int) -> bool:
    return submission.paper is not None and submission.paper.batch_id == batch_id


def file_forms(
    survey: Survey,
    batches: Mapping[int, Batch],
    submissions: Sequence[Submission],
    waiting: Container[int],
) -> None:
    """Note which printed forms the submissions were keyed from: those at the positions `waiting` as read
    once, the others as accepted with their responses, stored in the same transaction.

    Raises Refused with every fault, its place written "<position of the submission, from 0>.<what>".
    """
    placed = list(enumerate(submissions))
    faults = [
        fault
        for batch_id, batch in batches.items()
        for fault in file_batch(survey, batch, [each for each in placed if is_of(each[1], batch_id)], waiting)
    ]
    if faults:
        raise Refused(faults)


def file_batch(
    survey: Survey, batch: Batch, placed: Sequence[Placed], waiting: Container[int]
) -> list[Fault]:
    forms, begun = forms_of(batch), begun_forms(batch)
    found: list[Read] = []
    faults: list[Fault] = []
    for position, submission in placed:
        try:
            form = fitting(survey, batch, submission, forms)
            require_free(form, begun)
            found.append((form, submission, position in waiting))
        except Refused as refused:
            faults += [replace(each, place=f"{position}.{each.place}") for each in refused.faults]
    if not faults:
        note_read(survey, found)
        audit.record("forms.import", f"batch {batch.code}", forms=len(found))
        judge(batch, found[0][1].paper.keyed_by)
    return faults


def forms_of(batch: Batch) -> dict[int, Form]:
    query = sa.select(PaperForm.id, PaperForm.number, PaperForm.state).where(PaperForm.batch_id == batch.id)
    found = db.session.execute(query.order_by(PaperForm.number).with_for_update(**NOT_THE_KEY))
    return {form.number: form for form in found}


def begun_forms(batch: Batch) -> set[int]:
    """Forms that somebody has begun to key."""
    query = sa.select(FormReading.form_id).join(FormReading.form).where(PaperForm.batch_id == batch.id)
    return set(db.session.scalars(query))


def fitting(survey: Survey, batch: Batch, submission: Submission, forms: Mapping[int, Form]) -> Form:
    """The form of a submission. Raises Refused."""
    require_open_batch(batch)
    form = forms.get(submission.paper.number)
    if form is None or (batch.survey_id, batch.stratum_id) != (survey.id, submission.stratum_id):
        raise Refused([Fault("form", FOREIGN_BATCH)])
    return form


def require_free(form: Form, begun: set[int]) -> None:
    if form.id in begun or form.state not in FREE:
        refuse_unless_free(db.session.get_one(PaperForm, form.id, populate_existing=True))


def note_read(survey: Survey, found: Sequence[Read]) -> None:
    """Three statements, however many forms."""
    moment = now()
    read = [
        {
            "form": form.id,
            "state": steps_of(form, waits)[-1],
            "response_id": None if waits else submission.response_id,
            "second_wanted": waits,
            "keyed_by_id": submission.paper.keyed_by,
            "keyed_at": moment,
        }
        for form, submission, waits in found
    ]
    forms = PaperForm.__table__
    update = sa.update(forms).where(forms.c.id == sa.bindparam("form"))
    columns = {name: sa.bindparam(name) for name in read[0] if name != "form"}
    db.session.connection().execute(update.values(columns), read)
    events = [
        {"form_id": form.id, "event": step, "at": moment, "person_id": submission.paper.keyed_by}
        for form, submission, waits in found
        for step in steps_of(form, waits)
    ]
    db.session.execute(sa.insert(FormEvent), events)
    questionnaire = survey.questionnaire
    readings = [whole_reading(questionnaire, form, submission, moment) for form, submission, _ in found]
    db.session.execute(sa.insert(FormReading), readings)


def steps_of(form: Form, waits: bool) -> Sequence[str]:
    """What becomes of a form that was free."""
    return STEPS[form.state == "returned" : 2 if waits else 3]


def whole_reading(
    questionnaire: Questionnaire, form: Form, submission: Submission, moment: datetime.datetime
) -> dict[str, Any]:
    """The first reading, as it came in the file, with a note at each answer that is against the logic."""
    entries = with_route(questionnaire, Entries(submission.answers))
    return {
        "form_id": form.id,
        "kind": "first",
        "person_id": submission.paper.keyed_by,
        "state": "done",
        "answers": dict(entries.answers),
        "notes": dict(entries.notes),
        "started_at": moment,
        "saved_at": moment,
        "finished_at": moment,
    }
