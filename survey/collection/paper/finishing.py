"""The end of a reading: the form waits for its second reading, or is accepted, or two readings differ."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from questionnaires.faults import Fault
from survey.collection.form_trail import NOT_NOW, move, move_back
from survey.collection.paper.acceptance import accept_form
from survey.collection.paper.comparing import Entries, differing, entries_of
from survey.collection.paper.judging import judge
from survey.collection.paper.locking import locked_form, locked_reading, readings_of
from survey.collection.paper.reading import require_finished, with_possible, with_route
from survey.collection.paper.saving import NOT_YOURS
from survey.collection.paper.scan_reading import scan_reading
from survey.collection.paper.taking import require_taking
from survey.collection.paper.verdict import conclude
from survey.collection.second_choice import is_chosen
from survey.collection.submission import Refused
from survey.collection.transaction import transaction
from survey.db import db, now
from survey.models import FormReading, PaperForm, User


def finish(reading_id: int, token: uuid.UUID) -> str:
    """Close a reading that its screen holds, and say what state the form is in now: "entered" or "accepted",
    and of a second reading "disputed" or "accepted". To repeat it changes nothing.

    Raises Refused with a fault at each item that still needs an answer or a note, SurveyClosed.
    """
    with transaction():
        form_id = db.session.scalars(sa.select(FormReading.form_id).filter_by(id=reading_id)).one_or_none()
        form = locked_form(form_id) if form_id is not None else None
        reading = locked_reading(reading_id)
        if form is None or reading is None or reading.token != token:
            raise Refused([Fault("form", NOT_YOURS)])
        if reading.state == "open":
            close(form, reading)
        return form.state


def record_scan(
    form: PaperForm, answers: Mapping[str, Any], notes: Mapping[str, str], person: User | None
) -> None:
    """Take what the machine read, its doubtful cells settled by a person, as the first reading of a form, in
    the caller's transaction, the form locked there: nobody may change a cell meanwhile.

    Raises Refused where the form is read already, or somebody keys it or left something keyed; SurveyClosed.
    """
    reading = scan_reading(form, person)
    reading.answers, reading.notes, reading.person = dict(answers), dict(notes), person
    db.session.flush()  # what follows goes by the person's id
    close(form, reading)


def close(form: PaperForm, reading: FormReading) -> None:
    batch = form.batch
    require_taking(batch, reading.kind)
    questionnaire = batch.survey.questionnaire
    entries = with_route(questionnaire, with_possible(questionnaire, entries_of(reading)))
    require_finished(questionnaire, entries)
    reading.answers, reading.notes, reading.replaced = dict(entries.answers), dict(entries.notes), []
    reading.state, reading.saved_at, reading.finished_at = "done", now(), now()
    if reading.kind == "second":
        second_read(form, reading)
    else:
        first_read(form, reading, entries)
    judge(batch, reading.person_id)


def first_read(form: PaperForm, reading: FormReading, entries: Entries) -> None:
    move_back(form, reading.person_id)
    move(form, "entered", reading.person_id)
    form.keyed_by_id, form.keyed_at = reading.person_id, reading.finished_at
    form.second_wanted = is_chosen(form.batch, form.number)
    if not form.second_wanted:
        accept_form(form, entries, reading.mode, reading.person_id)


def second_read(form: PaperForm, second: FormReading) -> None:
    first, _ = readings_of(form)
    if first is None or form.state not in ("entered", "accepted"):
        raise Refused([Fault("form", NOT_NOW, {"number": form.number})])
    if differing(form.batch.survey.questionnaire, entries_of(first), entries_of(second)):
        move(form, "disputed", second.person_id)
    else:
        conclude(form, first, second, second.person)
