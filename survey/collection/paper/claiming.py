"""Who keys which form. Two people never hold the same: the database takes a form's readings once each."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError

from survey.collection.paper.first_keying import first_form
from survey.collection.paper.open_readings import begun, found_again, taken_over
from survey.collection.paper.second_keying import second_form
from survey.collection.paper.taking import require_taking
from survey.collection.transaction import transaction
from survey.db import db
from survey.models import Batch, FormReading, User

TRIES = 20


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
    replaced: list[dict[str, Any]]
    cursor: str
    seq: int


def claim(
    batch_id: int, person: User, kind: str, *, number: int | None = None, after: int = 0
) -> Held | None:
    """The next form of the batch for this person to read: the one left open, or the form of this `number`, or
    the next free one beyond `after`, beginning again from the first. None where nothing waits. Forms whose
    scan waits for answers, or to be taken in, are given by their number alone.

    `kind` is "first" or "second"; nobody reads a form twice. Raises Refused, SurveyClosed.
    """
    for attempt in range(TRIES):
        try:
            with transaction():
                batch = db.session.get_one(Batch, batch_id, populate_existing=True)
                require_taking(batch, kind)
                reading = found_again(batch, person, kind, number) or free(batch, person, kind, number, after)
                db.session.flush()
                return None if reading is None else held(reading)
        except IntegrityError:  # somebody claimed it in the same moment
            if attempt == TRIES - 1:
                raise
    return None


def free(batch: Batch, person: User, kind: str, number: int | None, after: int) -> FormReading | None:
    is_first = kind == "first"
    form = first_form(batch, number, after) if is_first else second_form(batch, person, number, after)
    return taken_over(batch, person, kind, number) if form is None else begun(form, person, kind)


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
        list(reading.replaced),
        reading.cursor,
        reading.seq,
    )
