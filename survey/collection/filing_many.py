"""Forms keyed elsewhere whose numbers were printed here: many at once take the steps that one takes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from questionnaires.faults import Fault
from survey import audit
from survey.collection.filing import FOREIGN_BATCH, refuse_unless_free, require_open_batch
from survey.collection.paper.judging import judge
from survey.collection.paper.locking import NOT_THE_KEY, locked_batch
from survey.collection.second_choice import lowest, sample_size
from survey.collection.submission import Refused, Submission
from survey.db import db, now
from survey.models import Batch, FormEvent, FormReading, PaperForm, Survey

FREE = ("printed", "issued", "returned")
STEPS = ("returned", "entered", "accepted")

Placed = tuple[int, Submission]
Form = sa.Row[tuple[int, int, str]]
"""A form's id, number and state."""


def file_forms(survey: Survey, submissions: Sequence[Submission]) -> None:
    """Note which printed forms the responses, stored in the same transaction, were keyed from.

    Raises Refused with every fault, its place written "<position of the submission, from 0>.<what>".
    """
    by_batch: dict[int, list[Placed]] = {}
    for position, submission in enumerate(submissions):
        if submission.paper:
            by_batch.setdefault(submission.paper.batch_id, []).append((position, submission))
    faults = [
        fault
        for batch_id in sorted(by_batch)
        for fault in file_batch(survey, locked_batch(batch_id), by_batch[batch_id])
    ]
    if faults:
        raise Refused(faults)


def file_batch(survey: Survey, batch: Batch, placed: Sequence[Placed]) -> list[Fault]:
    forms, begun = forms_of(batch), begun_forms(batch)
    found: list[tuple[Form, Submission]] = []
    faults: list[Fault] = []
    for position, submission in placed:
        try:
            form = fitting(survey, batch, submission, forms)
            require_free(form, begun)
            found.append((form, submission))
        except Refused as refused:
            faults += [replace(each, place=f"{position}.{each.place}") for each in refused.faults]
    if not faults:
        accept(batch, found)
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


def accept(batch: Batch, found: Sequence[tuple[Form, Submission]]) -> None:
    """Three statements, however many forms."""
    chosen = lowest(batch.seed, range(1, batch.forms_expected + 1), sample_size(batch))
    moment = now()
    accepted = [
        {
            "form": form.id,
            "state": "accepted",
            "response_id": submission.response_id,
            "second_wanted": form.number in chosen,
            "keyed_by_id": submission.paper.keyed_by,
            "keyed_at": moment,
        }
        for form, submission in found
    ]
    forms = PaperForm.__table__
    update = sa.update(forms).where(forms.c.id == sa.bindparam("form"))
    columns = {name: sa.bindparam(name) for name in accepted[0] if name != "form"}
    db.session.connection().execute(update.values(columns), accepted)
    events = [
        {"form_id": form.id, "event": step, "at": moment, "person_id": submission.paper.keyed_by}
        for form, submission in found
        for step in STEPS[form.state == "returned" :]
    ]
    db.session.execute(sa.insert(FormEvent), events)
    db.session.execute(sa.insert(FormReading), [whole_reading(*each, moment) for each in found])


def whole_reading(form: Form, submission: Submission, moment: datetime.datetime) -> dict[str, Any]:
    """The first reading, as it came in the file."""
    return {
        "form_id": form.id,
        "kind": "first",
        "person_id": submission.paper.keyed_by,
        "state": "done",
        "answers": dict(submission.answers),
        "started_at": moment,
        "saved_at": moment,
        "finished_at": moment,
    }
