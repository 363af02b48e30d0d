"""Batches that were printed together: their forms' serials follow one another."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from survey.db import db
from survey.models import Batch, FormEvent, FormLayout, PaperForm, Stratum, Survey


@dataclass(frozen=True)
class Print:
    """Batches of one survey in one layout that tell people the same, in the order of their serials, without
    a gap between them. `at` is when they were ordered, where that is known to the moment.
    """

    batches: Sequence[Batch]
    at: datetime.datetime | None = None

    @property
    def survey(self) -> Survey:
        return self.batches[0].survey

    @property
    def layout(self) -> FormLayout:
        return self.batches[0].layout

    @property
    def first(self) -> int:
        return self.batches[0].first_serial

    @property
    def last(self) -> int:
        return last_serial(self.batches[-1])

    @property
    def forms(self) -> int:
        return self.last - self.first + 1

    @property
    def day(self) -> datetime.date:
        return self.batches[0].printed_on


def last_serial(batch: Batch) -> int:
    return batch.first_serial + batch.forms_expected - 1


def printed_batches(survey_id: int) -> sa.Select[tuple[Batch]]:
    return (
        sa.select(Batch)
        .where(Batch.survey_id == survey_id, Batch.first_serial.is_not(None))
        .order_by(Batch.first_serial)
        .options(joinedload(Batch.stratum).joinedload(Stratum.unit))
    )


def prints_of(survey_id: int) -> list[Print]:
    """Everything printed for a survey, order by order, the latest first."""
    moments = moments_of(survey_id)
    found: list[list[Batch]] = []
    for batch in db.session.scalars(printed_batches(survey_id)):
        before = found[-1][-1] if found else None
        if before and follows(before, batch) and moments.get(before.id) == moments.get(batch.id):
            found[-1].append(batch)
        else:
            found.append([batch])
    return [Print(batches, moments.get(batches[0].id)) for batches in reversed(found)]


def moments_of(survey_id: int) -> dict[int, datetime.datetime]:
    """Batch id → when it was ordered, which is the same for all batches of one order."""
    query = (
        sa.select(PaperForm.batch_id, FormEvent.at)
        .join(FormEvent.form)
        .join(PaperForm.batch)
        .where(
            Batch.survey_id == survey_id, PaperForm.serial == Batch.first_serial, FormEvent.event == "printed"
        )
    )
    return dict(db.session.execute(query).all())


def follows(before: Batch, batch: Batch) -> bool:
    is_next = batch.first_serial == last_serial(before) + 1
    return is_next and made_of(batch) == made_of(before)


def made_of(batch: Batch) -> tuple[object, ...]:
    return batch.layout_id, batch.printed_on, batch.printed_notice


def find_print(survey_id: int, first: int, last: int) -> Print:
    """The whole batches from one serial to another. Aborts with 404 where they are not just that."""
    query = printed_batches(survey_id).where(Batch.first_serial.between(first, last))
    batches = db.session.scalars(query).all()
    if not batches or any(not follows(*pair) for pair in pairwise(batches)):
        abort(404)
    found = Print(batches)
    return found if (found.first, found.last) == (first, last) else abort(404)
