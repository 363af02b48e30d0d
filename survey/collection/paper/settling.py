"""Where two readings of a form differ: a third person looks at the paper and says, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from questionnaires.faults import N_, Fault
from survey import audit
from survey.collection.form_trail import NOT_NOW
from survey.collection.paper.comparing import differing, entries_of
from survey.collection.paper.deciding import forms_decided_by
from survey.collection.paper.judging import judge
from survey.collection.paper.locking import locked_form, readings_of, readings_seen
from survey.collection.paper.reading import typed_value
from survey.collection.paper.verdict import conclude, settlements_of
from survey.collection.submission import Refused
from survey.collection.transaction import transaction
from survey.db import db, now
from survey.models import FormReading, PaperForm, Settlement, User

OWN_READING = N_("A difference is settled by somebody other than the people who keyed the form.")
OWN_DECISION = N_("A difference is settled by somebody other than the people who decided what the scan says.")


@dataclass(frozen=True)
class Difference:
    """An item that two readings do not agree on, and what was settled of it."""

    item: str
    first: Any
    second: Any
    first_note: str
    second_note: str
    settlement: Settlement | None


def differences_of(form: PaperForm) -> list[Difference]:
    """In the order of the form; empty where it is not disputed."""
    first, second = readings_seen(form)
    if form.state != "disputed" or first is None or second is None:
        return []
    settled = {each.item: each for each in settlements_of(form)}
    one, other = entries_of(first), entries_of(second)
    return [
        Difference(
            item,
            one.value(item),
            other.value(item),
            one.notes.get(item, ""),
            other.notes.get(item, ""),
            settled.get(item),
        )
        for item in differing(form.batch.survey.questionnaire, one, other)
    ]


def settle(form_id: int, item: str, texts: Sequence[str], person: User, *, note: str = "") -> str:
    """Say what the paper says of one item, as raw texts or a `note`; an item that both read alike may be
    settled too. Once nothing differs any more the form is accepted. The state it is in now.

    Raises Refused: nothing of this is stored then.
    """
    with transaction():
        form = locked_form(form_id)
        first, second = readings_of(form)
        if form.state != "disputed" or first is None or second is None:
            raise Refused([Fault("form", NOT_NOW, {"number": form.number})])
        if person.id in (first.person_id, second.person_id):
            raise Refused([Fault("form", OWN_READING)])
        if form.id in forms_decided_by(form.batch_id, person.id):
            raise Refused([Fault("form", OWN_DECISION)])
        value = typed_value(form.batch.survey.questionnaire, item, texts, note)
        put(form, item, value, note, person)
        db.session.flush()
        conclude_if_settled(form, first, second, person)
        return form.state


def put(form: PaperForm, item: str, value: Any, note: str, person: User) -> None:
    found = {each.item: each for each in settlements_of(form)}.get(item)
    if found is None:
        found = Settlement(form=form, item=item)
        db.session.add(found)
    found.value, found.note, found.person, found.at = value, note, person, now()
    audit.record("form.settle", f"batch {form.batch.code}", number=form.number, item=item)


def conclude_if_settled(form: PaperForm, first: FormReading, second: FormReading, person: User) -> None:
    if all(each.settlement for each in differences_of(form)):
        conclude(form, first, second, person)
        judge(form.batch, person.id)
