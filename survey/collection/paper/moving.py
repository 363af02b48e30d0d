"""The paper itself: handed out, back again, spoiled, refused, lost, put into the archive."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from questionnaires.faults import Fault
from survey import audit
from survey.collection.form_trail import NOT_NOW, move, note
from survey.collection.paper.judging import judge
from survey.collection.paper.locking import forms_where, locked_batch, locked_form
from survey.collection.paper_waiting import wants_second
from survey.collection.submission import Refused
from survey.collection.transaction import transaction
from survey.db import db, today
from survey.models import Batch, PaperForm, User
from survey.models.paper import GONE_STATES

BY_HAND = ("issued", "returned", *GONE_STATES)
DONE = ("accepted", "rejected")


def mark_forms(batch: Batch, numbers: Sequence[int], state: str, person: User, reason: str = "") -> None:
    """Note what became of forms, by their numbers: "issued", "returned", "spoiled", "refused", "lost".

    All of them or none. Those in that state already stay as they are. Raises Refused with a fault for each
    number that cannot be marked so, at its number.
    """
    if state not in BY_HAND:
        raise ValueError(state)
    with transaction():
        locked = locked_batch(batch.id)
        forms = forms_of(locked, numbers)
        faults = []
        for number in numbers:
            try:
                mark(locked, forms.get(number), number, state, person, reason)
            except Refused as refusal:
                faults += [Fault(str(number), each.template, each.values) for each in refusal.faults]
        if faults:
            raise Refused(faults)
        audit.record("forms.mark", f"batch {locked.code}", state=state, numbers=list(numbers))
        judge(locked, person.id)


def mark(batch: Batch, form: PaperForm | None, number: int, state: str, person: User, reason: str) -> None:
    """Of a batch printed elsewhere, a form that nobody keyed is known from now on."""
    if form is None:
        if batch.printed_on is not None:
            raise Refused([Fault("form", NOT_NOW, {"number": number})])
        form = PaperForm(batch=batch, number=number, state="printed")
        db.session.add(form)
    if form.state != state:
        move(form, state, person.id, reason)


def forms_of(batch: Batch, numbers: Sequence[int]) -> dict[int, PaperForm]:
    found = forms_where(PaperForm.batch_id == batch.id, PaperForm.number.in_(numbers))
    return {form.number: form for form in found}


def archive_batch(batch: Batch, person: User, place: str) -> int:
    """Note that the paper of all forms that are done lies in the archive, at a place in words; the number of
    forms this is new for.
    """
    with transaction():
        locked = locked_batch(batch.id)
        forms = forms_where(PaperForm.batch_id == locked.id, to_archive())
        for form in forms:
            put_away(form, person, place)
        audit.record("batch.archive", f"batch {locked.code}", forms=len(forms), place=place.strip())
        return len(forms)


def archive_form(form_id: int, person: User, place: str) -> None:
    """Note that the paper of this form lies in the archive. Raises Refused where it lies there already, or
    where somebody still needs it.
    """
    with transaction():
        form = locked_form(form_id)
        if not may_be_archived(form):
            raise Refused([Fault("form", NOT_NOW, {"number": form.number})])
        put_away(form, person, place)
        audit.record("form.archive", f"batch {form.batch.code}", number=form.number, place=place.strip())


def to_archive() -> sa.ColumnElement[bool]:
    """Whether a form's paper is not in the archive yet, and nobody needs it any more: the form is accepted or
    rejected, and no second reading is wanted.
    """
    return sa.and_(PaperForm.state.in_(DONE), ~wants_second(), PaperForm.archived_on.is_(None))


def may_be_archived(form: PaperForm) -> bool:
    return bool(db.session.scalar(sa.select(sa.exists().where(PaperForm.id == form.id, to_archive()))))


def put_away(form: PaperForm, person: User, place: str) -> None:
    form.archived_on = today()
    note(form, "archived", person.id, place)
