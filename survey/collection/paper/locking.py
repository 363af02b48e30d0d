"""Rows of paper, locked in one order, so that nobody waits in a circle: the batch, the form, its readings,
and last of all the response.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from survey.db import db
from survey.models import Batch, FormReading, PaperForm

NOT_THE_KEY = {"key_share": True}
"""Forms may come into a batch, and readings to a form, while their row is locked so."""

Turns = tuple[FormReading | None, FormReading | None]


def locked_batch(batch_id: int) -> Batch:
    return db.session.get_one(Batch, batch_id, with_for_update=NOT_THE_KEY, populate_existing=True)


def locked_form(form_id: int) -> PaperForm:
    """The form as it stands now, its batch locked too."""
    locked_batch(db.session.scalars(sa.select(PaperForm.batch_id).filter_by(id=form_id)).one())
    return db.session.get_one(PaperForm, form_id, with_for_update=NOT_THE_KEY, populate_existing=True)


def locked_reading(reading_id: int) -> FormReading | None:
    return db.session.get(FormReading, reading_id, with_for_update=True, populate_existing=True)


def readings_of(form: PaperForm) -> Turns:
    """The reading that came first, by a person or the machine, and the second, as they stand now, locked."""
    query = of_form(form).with_for_update().execution_options(populate_existing=True)
    return by_turn(db.session.scalars(query))


def readings_seen(form: PaperForm) -> Turns:
    """The same for whoever only looks: nobody waits for them, nor they for anybody."""
    return by_turn(db.session.scalars(of_form(form)))


def of_form(form: PaperForm) -> sa.Select[tuple[FormReading]]:
    return sa.select(FormReading).filter_by(form_id=form.id).order_by(FormReading.id)


def by_turn(readings: Iterable[FormReading]) -> Turns:
    found = {each.kind == "second": each for each in readings}
    return found.get(False), found.get(True)


def forms_where(*conditions: sa.ColumnElement[bool]) -> Sequence[PaperForm]:
    """Such forms as they stand now, by their numbers, locked; the caller has locked their batch."""
    query = sa.select(PaperForm).where(*conditions).order_by(PaperForm.number)
    locking = query.with_for_update(**NOT_THE_KEY).execution_options(populate_existing=True)
    return db.session.scalars(locking).all()


def next_form(batch: Batch, after: int, *conditions: sa.ColumnElement[bool]) -> PaperForm | None:
    """The first such form of the batch beyond a number, else from the beginning; one that somebody is just
    taking is passed over.
    """
    query = (
        sa.select(PaperForm)
        .where(PaperForm.batch_id == batch.id, *conditions)
        .order_by(PaperForm.number <= after, PaperForm.number)
        .limit(1)
        .with_for_update(skip_locked=True, key_share=True)
    )
    return db.session.scalars(query).first()
