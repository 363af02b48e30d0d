"""Closing a batch, once it is said what waits in it, and opening it again."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.access import roles
from survey.collection import paper
from survey.collection.paper_waiting import unfinished
from survey.entry.batches import show
from survey.entry.blueprint import blueprint, find_batch
from survey.entry.forms import CloseForm
from survey.models import Batch


@blueprint.post("/entry/batches/<int:batch_id>/close")
@roles("supervisor")
def close_batch(batch_id: int) -> ResponseReturnValue:
    """Where forms wait, only with the tick that says so."""
    found, closing = find_batch(batch_id), CloseForm()
    if any(unfinished(Batch.id == batch_id)) and not closing.validate():
        return show(found, closing), 422
    paper.close_batch(found, current_user)
    return redirect(url_for("entry.batch", batch_id=batch_id))


@blueprint.post("/entry/batches/<int:batch_id>/open")
@roles("supervisor")
def open_batch(batch_id: int) -> ResponseReturnValue:
    paper.reopen_batch(find_batch(batch_id))
    return redirect(url_for("entry.batch", batch_id=batch_id))
