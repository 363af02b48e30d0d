"""Rows of paper, locked in one order, so that nobody waits in a circle: the batch, the form, its readings,
and last of all the response.
"""

from __future__ import annotations

import sqlalchemy as sa

from survey.db import db
from survey.models import Batch, FormReading, PaperForm

NOT_THE_KEY = {"key_share": True}
"""Forms may come into a batch, and readings to a form, while their row is locked so."""


def locked_batch(batch_id: int) -> Batch:
    return db.session.get_one(Batch, batch_id, with_for_update=NOT_THE_KEY, populate_existing=True)


def locked_form(form_id: int) -> PaperForm:
    """The form as it stands now, its batch locked too."""
    locked_batch(db.session.scalars(sa.select(PaperForm.batch_id).filter_by(id=form_id)).one())
    return db.session.get_one(PaperForm, form_id, with_for_update=NOT_THE_KEY, populate_existing=True)


def locked_reading(reading_id: int) -> FormReading | None:
    return db.session.get(FormReading, reading_id, with_for_update=True, populate_existing=True)


def readings_of(form: PaperForm) -> tuple[FormReading | None, FormReading | None]:
    """The reading that came first, by a person or the machine, and the second, locked."""
    query = sa.select(FormReading).filter_by(form_id=form.id).order_by(FormReading.id).with_for_update()
    by_turn = {each.kind == "second": each for each in db.session.scalars(query)}
    return by_turn.get(False), by_turn.get(True)


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
