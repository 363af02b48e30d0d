"""Closing a batch, once it is said what waits in it, and opening it again."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from questionnaires.faults import N_
from survey.access import roles
from survey.collection import SurveyClosed, paper
from survey.collection.paper_waiting import unfinished
from survey.entry.batches import show
from survey.entry.blueprint import blueprint, find_batch
from survey.entry.forms import CloseForm
from survey.errors import UserError
from survey.models import Batch

WITH_THE_SURVEY = N_("The survey is closed: a batch opens again with it, or after it.")


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
    try:
        paper.reopen_batch(find_batch(batch_id))
    except SurveyClosed:
        raise UserError(WITH_THE_SURVEY, status=409) from None
    return redirect(url_for("entry.batch", batch_id=batch_id))
