"""What accepted paper says beyond its record: unreadable, against a rule, or an answer that is not asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload

from questionnaires.schema import Questionnaire
from survey.collection.paper.comparing import Entries, entries_of
from survey.collection.paper.locking import by_turn
from survey.collection.paper.reading import with_possible, with_route
from survey.collection.paper.verdict import final_entries
from survey.collection.paper_waiting import has_reading, wants_second
from survey.db import db
from survey.models import Batch, FormReading, PaperForm, Response, ResponseVersion, Settlement, Survey

BEYOND = ("unreadable", "impossible", "off_route")
_read = aliased(FormReading)


@dataclass(frozen=True)
class Noted:
    """An item, which of BEYOND is noted of it, and the answer on the paper: None where it cannot be read."""

    item: str
    note: str
    value: Any


def noted_on(form: PaperForm) -> list[Noted]:
    """In the order of the form."""
    return noted_in(PaperForm.id == form.id).get(form, [])


def noted_in(*forms: sa.ColumnElement[bool]) -> dict[PaperForm, list[Noted]]:
    """Those of these forms that say more than their response, by their numbers; without those that a second
    person is still to key.
    """
    settled, found = settlements_by_form(*forms), {}
    for form, rows in groupby(db.session.execute(readings_of_noted(*forms)), key=lambda row: row[0].form):
        readings, records = zip(*rows, strict=True)
        first, second = by_turn(readings)
        if first is not None:
            entries = final_entries(first, second, settled.get(form.id, ())) if second else entries_of(first)
            found[form] = beyond_record(form.batch.survey.questionnaire, entries, records[0])
    return {form: noted for form, noted in found.items() if noted}


def settlements_by_form(*forms: sa.ColumnElement[bool]) -> dict[int, list[Settlement]]:
    query = sa.select(Settlement).join(Settlement.form).where(*forms).order_by(Settlement.id)
    settled: dict[int, list[Settlement]] = {}
    for each in db.session.scalars(query):
        settled.setdefault(each.form_id, []).append(each)
    return settled


def readings_of_noted(*forms: sa.ColumnElement[bool]) -> sa.Select[tuple[FormReading, dict[str, Any]]]:
    """The readings that were ended of forms that may say more than their response, and what that says now."""
    is_settled = sa.exists().where(Settlement.form_id == PaperForm.id)
    whose = joinedload(PaperForm.batch).joinedload(Batch.survey).joinedload(Survey.questionnaire_version)
    return (
        sa.select(_read, ResponseVersion.answers)
        .join(_read.form)
        .join(PaperForm.response)
        .join(
            ResponseVersion,
            sa.and_(ResponseVersion.response_id == Response.id, ResponseVersion.version == Response.version),
        )
        .where(*forms, _read.state == "done", ~wants_second(), sa.or_(is_settled, has_reading(is_noted())))
        .order_by(PaperForm.number, PaperForm.id, _read.id)
        .options(contains_eager(_read.form).options(whose))
    )


def is_noted() -> sa.ColumnElement[bool]:
    """Whether a reading holds one of these notes; where an item is called like one, it may say so too."""
    notes = sa.cast(FormReading.notes, sa.Text)
    return sa.or_(*(notes.contains(f'"{note}"', autoescape=True) for note in BEYOND))


def beyond_record(questionnaire: Questionnaire, entries: Entries, record: Mapping[str, Any]) -> list[Noted]:
    """What these entries hold that the record leaves out. An answer that came on record since, by a
    correction, is told no more.
    """
    said = with_route(questionnaire, with_possible(questionnaire, entries))
    items = [item.code for item in questionnaire.items() if said.notes.get(item.code) in BEYOND]
    noted = [Noted(item, said.notes[item], said.value(item)) for item in items]
    return [
        each
        for each in noted
        if each.item not in record or (each.note != "off_route" and record[each.item] != each.value)
    ]
