"""Which forms somebody has open on the keying screen, or left there."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from survey.db import db
from survey.models import FormReading, PaperForm


def being_keyed(batch_id: int, form_id: int | None = None) -> Sequence[FormReading]:
    """Readings that are not finished, in the order of their forms; of one form where given."""
    query = (
        sa.select(FormReading)
        .join(FormReading.form)
        .where(PaperForm.batch_id == batch_id, FormReading.state == "open")
        .order_by(PaperForm.number, FormReading.kind)
        .options(contains_eager(FormReading.form), joinedload(FormReading.person))
    )
    return db.session.scalars(query.where(PaperForm.id == form_id) if form_id else query).all()
