"""Whose decisions a scanned form's first reading holds: those people have seen a part of it."""

from __future__ import annotations

import sqlalchemy as sa

from survey.db import db
from survey.models import PaperForm, ScanPage


def forms_decided_by(batch_id: int, person_id: int) -> set[int]:
    """The forms of a batch, among those to be keyed twice, of whose scans this person decided a cell."""
    query = (
        sa.select(ScanPage.form_id, ScanPage.readings["said"])
        .join(ScanPage.form)
        .where(PaperForm.batch_id == batch_id, PaperForm.second_wanted)
    )
    return {
        form_id
        for form_id, said in db.session.execute(query)
        if any(word["by"] == person_id for word in (said or {}).values())
    }
