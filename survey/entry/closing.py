"""Closing a batch, once it is said what waits in it, and opening it again."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from survey import audit
from survey.access import roles
from survey.collection.paper_waiting import Unfinished, unfinished
from survey.db import db
from survey.entry.batches import show
from survey.entry.blueprint import blueprint, find_batch
from survey.entry.forms import CloseForm
from survey.models import Batch


@blueprint.post("/entry/batches/<int:batch_id>/close")
@roles("supervisor")
def close_batch(batch_id: int) -> ResponseReturnValue:
    """Where forms wait, only with the tick that says so."""
    found, closing = find_batch(batch_id), CloseForm()
    waits = unfinished(Batch.id == batch_id)
    if any(waits) and not closing.validate():
        return show(found, closing), 422
    return set_closed(found, True, waits)


@blueprint.post("/entry/batches/<int:batch_id>/open")
@roles("supervisor")
def open_batch(batch_id: int) -> ResponseReturnValue:
    return set_closed(find_batch(batch_id), False)


def set_closed(found: Batch, closed: bool, waits: Unfinished | None = None) -> ResponseReturnValue:
    if found.closed != closed:
        found.closed = closed
        details = waits._asdict() if waits and any(waits) else {}
        audit.record("batch.close" if closed else "batch.open", f"batch {found.code}", **details)
        db.session.commit()
    return redirect(url_for("entry.batch", batch_id=found.id))
