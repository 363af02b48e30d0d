"""Which form is keyed next for the first time: one that nobody has read, and that no scan shows whole."""

from __future__ import annotations

import sqlalchemy as sa

from survey.collection.filing import find_form, new_form, refuse_unless_free
from survey.collection.paper.locking import next_form
from survey.collection.paper.open_readings import WAITING_FOR, left
from survey.collection.paper.scans_waiting import scan_waits
from survey.db import db
from survey.models import Batch, FormReading, PaperForm


def first_form(batch: Batch, number: int | None, after: int) -> PaperForm | None:
    """The next form that nobody has read and whose scan does not wait, or the one of this number; None too
    where that was left by somebody. Raises Refused where the one asked for is not free.
    """
    if number is not None:
        return named_form(batch, number)
    nobody = ~sa.exists().where(FormReading.form_id == PaperForm.id, FormReading.kind != "second")
    waiting = PaperForm.state.in_(WAITING_FOR["first"])
    form = next_form(batch, after, waiting, nobody, ~scan_waits())
    return form or unknown_form(batch, after)


def named_form(batch: Batch, number: int) -> PaperForm | None:
    form = find_form(batch.id, number)
    if form is None:
        return new_form(batch, number)
    if db.session.scalars(left(batch, "first", number)).first() is not None:
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
