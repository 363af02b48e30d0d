"""A batch is closed: its verdict goes by the forms that came back, however many were expected."""

from __future__ import annotations

from survey import audit
from survey.collection.paper.judging import judge
from survey.collection.paper.locking import locked_batch
from survey.collection.paper_waiting import unfinished
from survey.collection.transaction import transaction
from survey.models import Batch, User


def close_batch(batch: Batch, person: User) -> None:
    """Take no more forms, fill the sample up from those that came, and judge the batch by them: it may be
    sent to its second keying now. To repeat it changes nothing.
    """
    with transaction():
        locked = locked_batch(batch.id)
        if not locked.closed:
            waits = unfinished(Batch.id == locked.id)
            locked.closed = True
            audit.record("batch.close", f"batch {locked.code}", **(waits._asdict() if any(waits) else {}))
            judge(locked, person.id)


def reopen_batch(batch: Batch) -> None:
    with transaction():
        locked = locked_batch(batch.id)
        if locked.closed:
            locked.closed = False
            audit.record("batch.open", f"batch {locked.code}")
