"""Forms that scans show whole and that nobody has read yet: people are asked what the scans say, or the form
is to be taken in. Keying goes past them, so that nobody types what is about to be read.
"""

from __future__ import annotations

import sqlalchemy as sa

from survey.collection.paper_waiting import KNOWN
from survey.db import db
from survey.models import PaperForm, ScanPage


def scan_waits() -> sa.ColumnElement[bool]:
    """Whether scans show all pages of a form, and it is not taken in. Pages of a form that lacks others, or
    that nobody has looked at, are "waiting".
    """
    is_whole = sa.and_(has_page("doubtful", "sure"), ~has_page("waiting"))
    return sa.and_(PaperForm.state.not_in(KNOWN), is_whole)


def has_page(*states: str) -> sa.ColumnElement[bool]:
    return sa.exists().where(ScanPage.form_id == PaperForm.id, ScanPage.state.in_(states))


def numbers_scanned(batch_id: int) -> list[int]:
    """The numbers within the batch of the forms that wait so, ascending."""
    query = sa.select(PaperForm.number).where(PaperForm.batch_id == batch_id, scan_waits())
    return list(db.session.scalars(query.order_by(PaperForm.number)))


def answers_asked(form_id: int) -> int | None:
    """How many answers of a form people are asked before its scan is taken in; None where none waits so."""
    if db.session.scalar(sa.select(PaperForm.id).where(PaperForm.id == form_id, scan_waits())) is None:
        return None
    doubtful = sa.select(ScanPage.readings["open"]).filter_by(form_id=form_id, state="doubtful")
    return sum(map(len, db.session.scalars(doubtful)))
