"""Which form is keyed next for the second time: one that was chosen, and that this person has not seen."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from questionnaires.faults import N_, Fault
from survey.collection.paper.deciding import forms_seen_by
from survey.collection.paper.locking import next_form
from survey.collection.paper.open_readings import LEASE, WAITING_FOR, left_for, open_readings
from survey.collection.submission import Refused
from survey.db import db, now
from survey.models import Batch, FormReading, PaperForm, User

NOT_FOR_YOU = N_("Form %(number)s is not waiting to be keyed a second time by you.")
IN_OTHER_HANDS = N_("Another person is keying form %(number)s a second time now.")

_first, _second = aliased(FormReading), aliased(FormReading)


def second_form(batch: Batch, person: User, number: int | None, after: int) -> PaperForm | None:
    """The next form to be keyed again that this person has not read, or the one of this number; None too
    where somebody left that one. Raises Refused where the one asked for is not free.
    """
    wanted = waiting_for(batch, person)
    if number is None:
        return next_form(batch, after, *wanted)
    form = next_form(batch, number - 1, *wanted, PaperForm.number == number)
    if form is None and left_for(batch, person, "second", number) is None:
        template = IN_OTHER_HANDS if is_held(batch, number) else NOT_FOR_YOU
        raise Refused([Fault("number", template, {"number": number})])
    return form


def is_held(batch: Batch, number: int) -> bool:
    """Whether somebody has the form open for its second keying, and has not left it."""
    query = open_readings(batch, "second", number).where(FormReading.saved_at >= now() - LEASE)
    return db.session.scalars(query).first() is not None


def waiting_for(batch: Batch, person: User) -> tuple[sa.ColumnElement[bool], ...]:
    """What is true of a form that this person may be the first to key again."""
    somebody_else = sa.exists().where(
        _first.form_id == PaperForm.id,
        _first.kind != "second",
        sa.or_(_first.person_id.is_(None), _first.person_id != person.id),
    )
    unread = ~sa.exists().where(_second.form_id == PaperForm.id, _second.kind == "second")
    unseen = PaperForm.id.not_in(forms_seen_by(batch.id, person.id))
    waits = sa.and_(PaperForm.state.in_(WAITING_FOR["second"]), PaperForm.second_wanted)
    return waits, somebody_else, unseen, unread
