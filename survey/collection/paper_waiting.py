"""Paper that waits before it counts: how much of it, and which answers nobody is shown meanwhile."""

from __future__ import annotations

import uuid
from typing import NamedTuple

import sqlalchemy as sa

from questionnaires.faults import N_
from survey.db import db
from survey.models import Batch, FormReading, PaperForm, ScanPage
from survey.models.paper import GONE_STATES, KEYED_STATES

NOT_YET = N_(
    "Form %(number)s waits for its second keying: until then its answers are shown to nobody, so that the "
    "second person keys what the paper says."
)
READ_ONCE = ("entered", "accepted")
KNOWN = (*KEYED_STATES, *GONE_STATES)


class Unfinished(NamedTuple):
    """Forms that do not count as they are: `unread`, of open batches, nobody has keyed to the end; `doubtful`
    are those of them with scans that somebody is still asked about; `second` wait for their second keying,
    `disputed` to be settled.
    """

    unread: int
    doubtful: int
    second: int
    disputed: int

    @property
    def begun(self) -> int:
        """Forms that somebody has read, and that nobody will read by themselves."""
        return self.second + self.disputed


def unfinished(of_batches: sa.ColumnElement[bool]) -> Unfinished:
    """Over all forms of the batches of which this is true."""
    is_doubtful = sa.exists().where(ScanPage.form_id == PaperForm.id, ScanPage.state == "doubtful")
    doubtful = sa.and_(is_doubtful, PaperForm.state.not_in(KNOWN), ~Batch.closed)
    conditions = (doubtful, wants_second(), PaperForm.state == "disputed")
    counts = [sa.func.coalesce(sa.func.sum(sa.case((each, 1), else_=0)), 0) for each in conditions]
    found = db.session.execute(
        sa.select(*counts).select_from(PaperForm).join(PaperForm.batch).where(of_batches)
    )
    return Unfinished(unread_forms(of_batches), *found.one())


def unread_forms(of_batches: sa.ColumnElement[bool]) -> int:
    """Of a batch printed elsewhere the forms are not known before they are keyed: only how many there are."""
    known = sa.select(sa.func.count()).where(PaperForm.batch_id == Batch.id, PaperForm.state.in_(KNOWN))
    left = Batch.forms_expected - known.scalar_subquery()
    unread = sa.func.sum(sa.case((left > 0, left), else_=0))
    return int(db.session.scalar(sa.select(unread).where(of_batches, ~Batch.closed)) or 0)  # no Decimal


def wants_second() -> sa.ColumnElement[bool]:
    """Whether a form was chosen for a second keying that nobody has ended."""
    ended = has_reading(FormReading.kind == "second", FormReading.state == "done")
    return sa.and_(PaperForm.second_wanted, PaperForm.state.in_(READ_ONCE), ~ended)


def has_reading(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(FormReading.form_id == PaperForm.id, *conditions)


def hidden_form(response_id: uuid.UUID) -> int | None:
    """The number of the form whose answers are shown to nobody until a second person has keyed it too; None
    where the response may be opened.
    """
    return db.session.scalar(
        sa.select(PaperForm.number).filter_by(response_id=response_id).where(wants_second())
    )
