"""What waits for its second keying, and by whom; what waits to be settled."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa

from survey.collection.paper import LEASE
from survey.collection.paper.deciding import forms_decided_by, forms_seen_by
from survey.collection.paper_waiting import has_reading, wants_second
from survey.db import db, now
from survey.models import Batch, FormReading, PaperForm


class Waiting(NamedTuple):
    """Forms of a batch: to be keyed a second time, that by this person now, keyed twice, to be settled, and
    that by this person too.
    """

    second: int
    second_here: int
    compared: int
    disputed: int
    disputed_here: int


def waiting_in(batch: Batch, person_id: int) -> Waiting:
    second, compared = wants_second(), has_reading(FormReading.kind == "second", FormReading.state == "done")
    disputed = PaperForm.state == "disputed"
    here = may_key_again(batch.id, person_id)
    conditions = (second, here, compared, disputed, may_settle(batch.id, person_id))
    counts = [sa.func.coalesce(sa.func.sum(sa.case((each, 1), else_=0)), 0) for each in conditions]
    row = db.session.execute(sa.select(*counts).where(PaperForm.batch_id == batch.id)).one()
    return Waiting(*row)


def may_key_again(batch_id: int, person_id: int) -> sa.ColumnElement[bool]:
    """Whether a form waits for this person to key it again: they never read it, and nobody else is at it."""
    keyed_here = has_reading(FormReading.kind != "second", FormReading.person_id == person_id)
    in_other_hands = has_reading(
        FormReading.kind == "second",
        FormReading.state == "open",
        FormReading.person_id != person_id,
        FormReading.saved_at >= now() - LEASE,
    )
    unseen = PaperForm.id.not_in(forms_seen_by(batch_id, person_id))
    return sa.and_(wants_second(), ~keyed_here, ~in_other_hands, unseen)


def may_settle(batch_id: int, person_id: int) -> sa.ColumnElement[bool]:
    """Whether a form waits for this person to settle it, who neither keyed nor decided anything of it."""
    read_here = has_reading(FormReading.person_id == person_id)
    undecided = PaperForm.id.not_in(forms_decided_by(batch_id, person_id))
    return sa.and_(PaperForm.state == "disputed", ~read_here, undecided)


def may_be_keyed_again() -> sa.ColumnElement[bool]:
    """Whether what was read first of a form is still to be hidden from who keys it again. Until the machine's
    reading is taken in, nobody knows which forms are chosen: then those of every batch with a plan.
    """
    unread = PaperForm.state.in_(("printed", "issued", "returned"))
    return sa.or_(wants_second(), sa.and_(unread, PaperForm.batch.has(Batch.plan != "none")))


def is_hidden(form_id: int) -> bool:
    query = sa.select(PaperForm.id).where(PaperForm.id == form_id, may_be_keyed_again())
    return db.session.scalar(query) is not None


def next_second(batch: Batch, person_id: int, after: int) -> int | None:
    """The number of the next form that this person may key a second time, beginning again from the first."""
    wanted = (PaperForm.batch_id == batch.id, may_key_again(batch.id, person_id))
    query = sa.select(PaperForm.number).where(*wanted)
    return db.session.scalar(query.order_by(PaperForm.number <= after, PaperForm.number).limit(1))


def next_disputed(batch_id: int, person_id: int, after: int = 0) -> int | None:
    """The id of the next form that this person may settle, beginning again from the first."""
    wanted = (PaperForm.batch_id == batch_id, may_settle(batch_id, person_id))
    query = sa.select(PaperForm.id).where(*wanted)
    return db.session.scalar(query.order_by(PaperForm.number <= after, PaperForm.number).limit(1))
