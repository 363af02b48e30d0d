"""How often paper is blank, cannot be read, breaks a rule, or goes against the logic: by item."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from survey.db import db
from survey.models import Batch, FormReading, PaperForm


def note_counts(survey_id: int, batch_id: int | None = None) -> dict[str, Counter[str]]:
    """Note → item → number of forms, as their first readings say, keyed or scanned. An item that is not asked
    and answered all the same stands under "off_route".
    """
    query = (
        sa.select(FormReading.notes)
        .join(FormReading.form)
        .join(PaperForm.batch)
        .where(Batch.survey_id == survey_id, FormReading.kind != "second", FormReading.state == "done")
    )
    counts: dict[str, Counter[str]] = {}
    for notes in db.session.scalars(query.where(Batch.id == batch_id) if batch_id else query):
        for item, note in notes.items():
            counts.setdefault(note, Counter())[item] += 1
    return counts
