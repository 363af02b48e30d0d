"""A batch is closed, by itself or with its survey: its verdict goes by the forms that came back, however many
were expected.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from survey import audit
from survey.collection.paper.judging import judge
from survey.collection.paper.locking import NOT_THE_KEY, locked_batch
from survey.collection.paper_waiting import unfinished
from survey.collection.submission import SurveyClosed
from survey.collection.transaction import transaction
from survey.db import db
from survey.models import Batch, User


def close_batch(batch: Batch, person: User) -> None:
    """Take no more forms, fill the sample up from those that came, and judge the batch by them: it may be
    sent to its second keying now. To repeat it changes nothing.
    """
    with transaction():
        locked = locked_batch(batch.id)
        if not locked.closed:
            close(locked, person)


def close_batches_of(survey_id: int, person: User) -> int:
    """The same for all open batches of a survey, as it is closed in the caller's transaction and locked; how
    many they were. Forms that wait for a second keying, or to be settled, come to their end afterwards.
    """
    batches = locked_batches_of(survey_id, ~Batch.closed)
    for batch in batches:
        close(batch, person)
        batch.closed_with_survey = True
    return len(batches)


def close(batch: Batch, person: User) -> None:
    waits = unfinished(Batch.id == batch.id)
    batch.closed = True
    audit.record("batch.close", f"batch {batch.code}", **(waits._asdict() if any(waits) else {}))
    judge(batch, person.id)


def reopen_batch(batch: Batch) -> None:
    """Raises SurveyClosed: in a closed survey no form could come, and a verdict would wait for it."""
    with transaction():
        locked = locked_batch(batch.id)
        if locked.survey.state == "closed":
            raise SurveyClosed("closed")
        if locked.closed:
            reopen(locked)


def reopen_batches_of(survey_id: int) -> None:
    """Those that were closed with the survey, as it opens again in the caller's transaction; what was decided
    of them stays. Those that a supervisor closed stay closed.
    """
    for batch in locked_batches_of(survey_id, Batch.closed_with_survey):
        reopen(batch)


def reopen(batch: Batch) -> None:
    batch.closed = batch.closed_with_survey = False
    audit.record("batch.open", f"batch {batch.code}")


def locked_batches_of(survey_id: int, which: sa.ColumnElement[bool]) -> Sequence[Batch]:
    """In the order of their ids, as everybody locks several of them."""
    query = sa.select(Batch).where(Batch.survey_id == survey_id, which).order_by(Batch.id)
    locking = query.with_for_update(**NOT_THE_KEY).execution_options(populate_existing=True)
    return db.session.scalars(locking).all()
