"""A form that came whole becomes a reading: claimed, its fields saved, finished. Repeating it is harmless."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from questionnaires.answers import write_form
from questionnaires.faults import N_, Fault
from questionnaires.routing import asked_items
from questionnaires.schema import Questionnaire
from survey.collection import Refused, SurveyClosed
from survey.collection.paper import Held, claim, finish, save_field
from survey.db import db, today
from survey.entry.keying.whole import Keyed
from survey.models import Batch, FormReading, PaperForm, User

NO_PAPER_NOW = N_("This survey takes no paper forms now. Nothing was saved.")
SAVED_OTHERWISE = N_(
    "Form %(number)s was saved from this page before, with other answers. Nothing was changed: "
    "a supervisor can correct it."
)
BUSY = N_("Form %(number)s was just taken by somebody else. Nothing was saved.")

Field = tuple[str, Sequence[str], str]
"""Item code, raw texts, note."""


def store_whole(batch: Batch, keyed: Keyed, person: User, kind: str) -> list[Fault]:
    """Save the form as this person's reading; what stands in the way of that, if anything does."""
    number = keyed.form_number()
    before = read_before(batch, number, person, kind)
    if before is not None:
        same = before.answers == keyed.answers
        return [] if same else [Fault("form-number", SAVED_OTHERWISE, {"number": number})]
    questionnaire = batch.survey.questionnaire_version.questionnaire
    try:
        held = claim(batch.id, person, kind, number=number)
        if held is None:
            return [Fault("form-number", BUSY, {"number": number})]
        type_in(held, questionnaire, keyed)
        finish(held.reading_id, held.token)
    except Refused as refusal:
        return [at_its_place(fault, questionnaire) for fault in refusal.faults]
    except SurveyClosed:
        return [Fault("", NO_PAPER_NOW)]
    return []


def read_before(batch: Batch, number: int | None, person: User, kind: str) -> FormReading | None:
    query = (
        sa.select(FormReading)
        .join(FormReading.form)
        .where(PaperForm.batch_id == batch.id, PaperForm.number == number)
        .where(FormReading.person_id == person.id, FormReading.kind == kind, FormReading.state == "done")
    )
    return db.session.scalars(query).one_or_none()


def type_in(held: Held, questionnaire: Questionnaire, keyed: Keyed) -> None:
    """Save each field in which the form differs from what is saved of it already."""
    for seq, (item, texts, note) in enumerate(fields_of(held, questionnaire, keyed.answers), held.seq + 1):
        save_field(held.reading_id, held.token, item, texts, note=note, cursor=item, seq=seq)


def fields_of(held: Held, questionnaire: Questionnaire, answers: Mapping[str, Any]) -> list[Field]:
    asked = asked_items(questionnaire, answers, today=today())
    blank = {item.code for item in asked if item.question.required and item.code not in answers}
    written = write_form(answers)
    wanted = (
        (item.code, written.get(item.code, []), "blank" if item.code in blank else "")
        for item in questionnaire.items()
    )
    saved = write_form(held.answers)
    return [
        (code, texts, note)
        for code, texts, note in wanted
        if texts != saved.get(code, []) or note != held.notes.get(code, "")
    ]


def at_its_place(fault: Fault, questionnaire: Questionnaire) -> Fault:
    """At its line; what concerns the form as a whole stands at its number."""
    if fault.place in questionnaire.item_of:
        return fault
    return Fault("form-number", fault.template, fault.values)
