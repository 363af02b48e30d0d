"""Readings in somebody's hands, and those that their reader left: begun, found again, begun anew.

A form is held for half an hour after the last sign of life. Whoever lost the browser finds it again; after
that time somebody else may begin it anew.
"""

from __future__ import annotations

import datetime
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from survey.collection.form_trail import note
from survey.collection.paper.deciding import forms_seen_by
from survey.collection.paper.scans_waiting import scan_waits
from survey.db import db, now
from survey.models import Batch, FormReading, PaperForm, User

LEASE = datetime.timedelta(minutes=30)
WAITING_FOR = {"first": ("printed", "issued", "returned"), "second": ("entered", "accepted")}
"""Kind of a reading → the states in which a form waits for one."""

_first = aliased(FormReading)


def begun(form: PaperForm, person: User, kind: str) -> FormReading:
    moment = now()
    reading = FormReading(form=form, kind=kind, person=person, started_at=moment, saved_at=moment)
    reading.answers, reading.notes, reading.replaced, reading.cursor, reading.seq = {}, {}, [], "", 0
    db.session.add(reading)
    return reading


def found_again(batch: Batch, person: User, kind: str, number: int | None) -> FormReading | None:
    """What this person left open, held by this screen from now on. A form of which they keyed nothing, and
    whose scan waits, is found by its number alone.
    """
    query = open_readings(batch, kind, number).where(FormReading.person_id == person.id)
    if number is None:
        query = query.where(sa.or_(FormReading.seq > 0, ~scan_waits()))
    found = db.session.scalars(query.with_for_update(of=FormReading)).first()
    if found is not None:
        found.token, found.saved_at = uuid.uuid4(), now()
    return found


def taken_over(batch: Batch, person: User, kind: str, number: int | None) -> FormReading | None:
    """A reading that its reader left, begun anew: it is one person's work from first to last."""
    found = left_for(batch, person, kind, number)
    if found is not None:
        found.person, found.token, found.started_at, found.saved_at = person, uuid.uuid4(), now(), now()
        found.answers, found.notes, found.replaced, found.cursor, found.seq = {}, {}, [], "", 0
        note(found.form, "taken_over", person.id)
    return found


def left_for(batch: Batch, person: User, kind: str, number: int | None) -> FormReading | None:
    """A reading that its reader left and this person may begin anew, locked; one whose scan waits only where
    its number is asked for.
    """
    query = left(batch, kind, number)
    if number is None:
        query = query.where(~scan_waits())
    if kind == "second":
        query = query.where(
            PaperForm.id.not_in(forms_seen_by(batch.id, person.id)),
            ~sa.exists().where(
                _first.form_id == FormReading.form_id, _first.kind != "second", _first.person_id == person.id
            ),
        )
    return db.session.scalars(query.with_for_update(of=FormReading, skip_locked=True)).first()


def left(batch: Batch, kind: str, number: int | None) -> sa.Select[tuple[FormReading]]:
    return open_readings(batch, kind, number).where(FormReading.saved_at < now() - LEASE)


def open_readings(batch: Batch, kind: str, number: int | None) -> sa.Select[tuple[FormReading]]:
    """In the order of the forms, of those that still wait for such a reading, the first."""
    query = (
        sa.select(FormReading)
        .join(FormReading.form)
        .where(
            PaperForm.batch_id == batch.id,
            PaperForm.state.in_(WAITING_FOR[kind]),
            FormReading.kind == kind,
            FormReading.state == "open",
        )
        .order_by(PaperForm.number)
        .limit(1)
    )
    return query if number is None else query.where(PaperForm.number == number)
