"""Batches whose keying nobody can judge yet, though a second keying was planned."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa

from survey.collection.paper.basis import TO_BE_COMPARED
from survey.collection.paper_waiting import KNOWN, wants_second
from survey.db import db
from survey.models import Batch, PaperForm, Survey


class Unjudged(NamedTuple):
    """A batch by its code and its survey's. `missing` of its forms may still come, as it is not closed;
    `second` wait for their second keying, `disputed` to be settled.
    """

    survey: str
    batch: str
    missing: int
    second: int
    disputed: int


def unjudged(of_surveys: sa.ColumnElement[bool]) -> list[Unjudged]:
    """Of the surveys of which this is true, by their codes; batches of which nothing was keyed that may count
    are left out.
    """
    second, disputed = count_of(wants_second()), count_of(PaperForm.state == "disputed")
    missing = sa.case(
        (sa.or_(Batch.closed, Batch.rekey_all, Batch.plan.in_(("none", "all"))), 0),
        else_=Batch.forms_expected - count_of(PaperForm.state.in_(KNOWN)),
    )
    query = (
        sa.select(Survey.code, Batch.code, sa.case((missing > 0, missing), else_=0), second, disputed)
        .join(Batch, Batch.survey_id == Survey.id)
        .where(of_surveys, count_of(PaperForm.state.in_(TO_BE_COMPARED)) > 0)
        .where(sa.or_(missing > 0, second > 0, disputed > 0))
        .order_by(Survey.code, Batch.code)
    )
    return [Unjudged(*row) for row in db.session.execute(query)]


def count_of(condition: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """The number of a batch's forms, as a column of a query for batches."""
    counted = sa.select(sa.func.count()).select_from(PaperForm)
    return counted.where(PaperForm.batch_id == Batch.id, condition).correlate(Batch).scalar_subquery()
