"""How many forms of a batch, of how many, a verdict on its keying stands on."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from survey.db import db
from survey.models import Batch, FormReading, PaperForm
from survey.models.paper import GONE_STATES, KEYED_STATES

TO_BE_COMPARED = ("entered", "accepted", "disputed")


@dataclass(frozen=True)
class Basis:
    """Forms of a batch: `keyed`, or scanned, rejected ones among them; `chosen` of these for a second keying,
    without those that left before their two readings were compared; `compared`. `is_whole`: no more come.
    """

    keyed: int
    chosen: int
    compared: int
    is_whole: bool


def basis_of(batch: Batch) -> Basis:
    """Of a closed batch the forms that came back are all; of an open one, once nobody waits for another."""
    compared = sa.exists().where(
        FormReading.form_id == PaperForm.id, FormReading.kind != "second", FormReading.checked.is_not(None)
    )
    waits = sa.and_(PaperForm.second_wanted, PaperForm.state.in_(TO_BE_COMPARED))
    gone, keyed = PaperForm.state.in_(GONE_STATES), PaperForm.state.in_(KEYED_STATES)
    counts = [
        sa.func.coalesce(sa.func.sum(sa.case((each, 1), else_=0)), 0)
        for each in (gone, keyed, sa.or_(compared, waits), compared)
    ]
    row = db.session.execute(sa.select(*counts).where(PaperForm.batch_id == batch.id)).one()
    is_whole = batch.closed or row[0] + row[1] >= batch.forms_expected
    return Basis(*row[1:], is_whole=is_whole)
