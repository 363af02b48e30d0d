"""Whom what the machine read was shown to: they are not the second person, who must not have seen it."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from survey.collection.transaction import transaction
from survey.db import begin_writing, db
from survey.entry.scanning.noting import seen_by
from survey.entry.scanning.open_questions import Question
from survey.models import ScanPage


def note_proposals(questions: Iterable[Question], person_id: int) -> None:
    """Of what is handed out; a picture alone tells no more than the paper."""
    note_shown((asked.sheet for asked in questions if asked.is_proposed), person_id)


def note_shown(sheets: Iterable[ScanPage], person_id: int) -> None:
    """Note it once for each person and page, in a transaction of its own: the page that shows it is written
    before.
    """
    new = {sheet.id for sheet in sheets if person_id not in sheet.readings.get("seen", ())}
    if not new:
        return
    begin_writing()
    query = sa.select(ScanPage).where(ScanPage.id.in_(new)).order_by(ScanPage.id).with_for_update()
    with transaction():
        for sheet in db.session.scalars(query.execution_options(populate_existing=True)):
            sheet.readings = seen_by(sheet.readings, person_id)
