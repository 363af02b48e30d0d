"""What a form says, once two readings agree or a third person has settled where they differ."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

import sqlalchemy as sa

from survey.collection.form_trail import move, note
from survey.collection.paper.acceptance import accept_form, correct_form
from survey.collection.paper.comparing import Entries, compared_items, differing, entries_of, is_same
from survey.collection.paper.locking import readings_of
from survey.collection.paper.reading import with_possible
from survey.db import db
from survey.models import FormReading, PaperForm, Settlement, User


def conclude(form: PaperForm, first: FormReading, second: FormReading, person: User) -> None:
    """Accept the form, or correct what was accepted; `person` is who found it right or settled it.

    In the caller's transaction, the form locked there. Raises Refused where the answers break a rule
    together.
    """
    final = final_entries(first, second, settlements_of(form))
    weigh(form, (first, second), final)
    form.checked_by_id = person.id
    note(form, "verified", person.id)
    if form.response_id is None:
        accept_form(form, with_possible(form.batch.survey.questionnaire, final), first.mode, person.id)
        return
    correct_form(form, final, {item for item, is_wrong in first.checked.items() if is_wrong}, person)
    if form.state == "disputed":
        move(form, "accepted", person.id)


def settlements_of(form: PaperForm) -> list[Settlement]:
    query = sa.select(Settlement).filter_by(form_id=form.id).order_by(Settlement.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def final_entries(first: FormReading, second: FormReading, settled: Iterable[Settlement]) -> Entries:
    """What both say, what either found impossible, and over it what was settled."""
    entries = entries_of(first)
    for item, said in second.notes.items():
        if said == "impossible":
            entries = entries.changed(item, entries.value(item), said)
    for each in settled:
        entries = entries.changed(each.item, each.value, each.note)
    return entries


def weigh_unsettled(form: PaperForm) -> None:
    """Of a disputed form that nobody will settle: whose error a difference is stays unknown, so it is one of
    both readings, except where it was settled.
    """
    first, second = readings_of(form)
    if first is None or second is None:
        return
    settled = settlements_of(form)
    differences = differing(form.batch.survey.questionnaire, entries_of(first), entries_of(second))
    unsettled = set(differences) - {each.item for each in settled}
    weigh(form, (first, second), final_entries(first, second, settled), wrong=unsettled)


def weigh(
    form: PaperForm, readings: Iterable[FormReading], final: Entries, *, wrong: Container[str] = ()
) -> None:
    """Note of each reading which of the items compared it had wrong; those in `wrong` all had."""
    readings = list(readings)
    questionnaire = form.batch.survey.questionnaire
    kinds = {item.code: item.question.kind for item in questionnaire.items()}
    items = compared_items(questionnaire, final, *map(entries_of, readings))
    for reading in readings:
        said = entries_of(reading)
        checked: dict[str, Any] = {
            item: item in wrong or not is_same(kinds[item], said.value(item), final.value(item))
            for item in items
        }
        reading.checked = checked
        reading.items_checked, reading.items_wrong = len(items), sum(checked.values())
