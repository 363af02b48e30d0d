"""Who keys which form. Two people never hold the same: the database takes one reading of each kind of a form.

A form is held for half an hour after the last sign of life; whoever lost the browser finds it again, and
after that time somebody else may begin it anew.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from questionnaires.faults import N_, Fault
from survey.collection.filing import find_form, new_form, refuse_unless_free, require_open_batch
from survey.collection.form_trail import note
from survey.collection.opening import require_open
from survey.collection.paper.deciding import forms_decided_by
from survey.collection.submission import Refused
from survey.collection.transaction import transaction
from survey.db import db, now
from survey.models import Batch, FormReading, PaperForm, User

LEASE = datetime.timedelta(minutes=30)
TRIES = 20
WAITING = ("printed", "issued", "returned")
NOT_FOR_YOU = N_("Form %(number)s is not waiting to be keyed a second time by you.")

_first, _second = aliased(FormReading), aliased(FormReading)


@dataclass(frozen=True)
class Held:
    """A reading in somebody's hands: what was saved of it, and the `token` that its saves must carry."""

    reading_id: int
    token: uuid.UUID
    form_id: int
    number: int
    serial: int | None
    kind: str
    answers: dict[str, Any]
    notes: dict[str, str]
    cursor: str
    seq: int


def claim(
    batch_id: int, person: User, kind: str, *, number: int | None = None, after: int = 0
) -> Held | None:
    """The next form of the batch for this person to read: the one left open, or the form of this `number`, or
    the next free one beyond `after`, beginning again from the first. None where nothing waits.

    `kind` is "first" or "second"; nobody reads a form twice. Raises Refused, SurveyClosed.
    """
    for attempt in range(TRIES):
        try:
            with transaction():
                batch = db.session.get_one(Batch, batch_id, populate_existing=True)
                require_open_batch(batch)
                require_open(batch.survey, "keyed")
                reading = own(batch, person, kind, number) or free(batch, person, kind, number, after)
                db.session.flush()
                return None if reading is None else held(reading)
        except IntegrityError:  # somebody claimed it in the same moment
            if attempt == TRIES - 1:
                raise
    return None


def own(batch: Batch, person: User, kind: str, number: int | None) -> FormReading | None:
    """What this person left open, held by this screen from now on."""
    query = open_readings(batch, kind, number).where(FormReading.person_id == person.id)
    found = db.session.scalars(query.with_for_update(of=FormReading)).first()
    if found is not None:
        found.token, found.saved_at = uuid.uuid4(), now()
    return found


def free(batch: Batch, person: User, kind: str, number: int | None, after: int) -> FormReading | None:
    form = (first_form if kind == "first" else second_form)(batch, person, number, after)
    if form is not None:
        return begun(form, person, kind)
    return taken_over(batch, person, kind, number)


def first_form(batch: Batch, person: User, number: int | None, after: int) -> PaperForm | None:
    """The next form that nobody has read. Raises Refused where one is asked for that is not free."""
    if number is not None:
        return named_form(batch, number)
    nobody = ~sa.exists().where(_first.form_id == PaperForm.id, _first.kind != "second")
    form = next_of(batch, after, PaperForm.state.in_(WAITING), nobody)
    return form or unknown_form(batch, after)


def named_form(batch: Batch, number: int) -> PaperForm | None:
    form = find_form(batch.id, number)
    if form is None:
        return new_form(batch, number)
    abandoned = open_readings(batch, "first", number).where(FormReading.saved_at < now() - LEASE)
    if db.session.scalars(abandoned).first() is not None:
        return None
    refuse_unless_free(form)
    return form


def unknown_form(batch: Batch, after: int) -> PaperForm | None:
    """Of a batch printed elsewhere, the next form that was never keyed."""
    numbers = set(db.session.scalars(sa.select(PaperForm.number).filter_by(batch_id=batch.id)))
    if batch.printed_on is not None or len(numbers) >= batch.forms_expected:
        return None
    number = after + 1
    while number in numbers:
        number += 1
    return new_form(batch, number)


def second_form(batch: Batch, person: User, number: int | None, after: int) -> PaperForm | None:
    """The next form to be keyed again that this person has not read. Raises Refused where the one asked for
    is not free.
    """
    somebody_else = sa.exists().where(
        _first.form_id == PaperForm.id,
        _first.kind != "second",
        sa.or_(_first.person_id.is_(None), _first.person_id != person.id),
    )
    unread = ~sa.exists().where(_second.form_id == PaperForm.id, _second.kind == "second")
    unseen = PaperForm.id.not_in(forms_decided_by(batch.id, person.id))
    waits = sa.and_(PaperForm.state.in_(("entered", "accepted")), PaperForm.second_wanted)
    wanted = (waits, somebody_else, unseen, unread)
    if number is None:
        return next_of(batch, after, *wanted)
    form = next_of(batch, number - 1, *wanted, PaperForm.number == number)
    if form is None and expired(batch, person, "second", number) is None:
        raise Refused([Fault("number", NOT_FOR_YOU, {"number": number})])
    return form


def next_of(batch: Batch, after: int, *conditions: sa.ColumnElement[bool]) -> PaperForm | None:
    """The first such form beyond a number, else from the beginning; one that somebody is just taking is
    passed over.
    """
    query = (
        sa.select(PaperForm)
        .where(PaperForm.batch_id == batch.id, *conditions)
        .order_by(PaperForm.number <= after, PaperForm.number)
        .limit(1)
        .with_for_update(skip_locked=True, key_share=True)
    )
    return db.session.scalars(query).first()


def begun(form: PaperForm, person: User, kind: str) -> FormReading:
    moment = now()
    reading = FormReading(form=form, kind=kind, person=person, started_at=moment, saved_at=moment)
    reading.answers, reading.notes, reading.cursor, reading.seq = {}, {}, "", 0
    db.session.add(reading)
    return reading


def taken_over(batch: Batch, person: User, kind: str, number: int | None) -> FormReading | None:
    """A reading that its reader left, begun anew: it is one person's work from first to last."""
    found = expired(batch, person, kind, number)
    if found is not None:
        found.person, found.token, found.started_at, found.saved_at = person, uuid.uuid4(), now(), now()
        found.answers, found.notes, found.cursor, found.seq = {}, {}, "", 0
        note(found.form, "taken_over", person.id)
    return found


def expired(batch: Batch, person: User, kind: str, number: int | None) -> FormReading | None:
    query = open_readings(batch, kind, number).where(FormReading.saved_at < now() - LEASE)
    if kind == "second":
        query = query.where(
            PaperForm.id.not_in(forms_decided_by(batch.id, person.id)),
            ~sa.exists().where(
                _first.form_id == FormReading.form_id, _first.kind != "second", _first.person_id == person.id
            ),
        )
    return db.session.scalars(query.with_for_update(of=FormReading, skip_locked=True)).first()


def open_readings(batch: Batch, kind: str, number: int | None) -> sa.Select[tuple[FormReading]]:
    """In the order of the forms, of those that still wait for a reading."""
    states = WAITING if kind == "first" else ("entered", "accepted")
    query = (
        sa.select(FormReading)
        .join(FormReading.form)
        .where(
            PaperForm.batch_id == batch.id,
            PaperForm.state.in_(states),
            FormReading.kind == kind,
            FormReading.state == "open",
        )
        .order_by(PaperForm.number)
        .limit(1)
    )
    return query if number is None else query.where(PaperForm.number == number)


def held(reading: FormReading) -> Held:
    form = reading.form
    return Held(
        reading.id,
        reading.token,
        form.id,
        form.number,
        form.serial,
        reading.kind,
        dict(reading.answers),
        dict(reading.notes),
        reading.cursor,
        reading.seq,
    )
