"""Out of every computation: a response, a paper form, or both where the one was read from the other.

A form that is out is in no sample any more, unless its two readings are compared: by its rejection no error
becomes unknown. Its batch may be complete without it: that is judged anew.
"""

from __future__ import annotations

import sqlalchemy as sa

from survey import audit
from survey.collection.corrections import accepted, record_deed
from survey.collection.form_trail import move
from survey.collection.paper.judging import judge
from survey.collection.paper.locking import locked_form
from survey.collection.paper.verdict import weigh_unsettled
from survey.collection.quotas import move_places
from survey.collection.transaction import transaction
from survey.collection.withdrawing import current_answers
from survey.db import db
from survey.models import PaperForm, Response, User


def reject(response: Response, author: User, reason: str) -> None:
    """Take a response out, and the paper form it was read from. Raises Refused."""
    with transaction():
        form_id = db.session.scalar(sa.select(PaperForm.id).filter_by(response_id=response.id))
        if form_id is None:
            take_out(response, reason)
            record_deed("response.reject", response, reason=reason)  # a form keeps its own, until it expires
        else:
            take_out_form(locked_form(form_id), author, reason)


def reject_form(form_id: int, person: User, reason: str) -> None:
    """Take a form out, and the response that it is, where it is one already. Raises Refused."""
    with transaction():
        take_out_form(locked_form(form_id), person, reason)


def take_out_form(form: PaperForm, person: User, reason: str) -> None:
    """In the caller's transaction, the form and its batch locked there."""
    if form.state == "disputed":
        weigh_unsettled(form)
    response = form.response
    if response is not None:
        take_out(response, reason)
        record_deed("response.reject", response)
    move(form, "rejected", person.id, reason)
    form.checked_by_id = person.id
    if response is None:
        audit.record("form.reject", f"batch {form.batch.code}", number=form.number)
    judge(form.batch, person.id)


def take_out(response: Response, reason: str) -> None:
    locked = accepted(response, reason)
    move_places(locked.survey_id, [(locked, current_answers(locked), None)])
    locked.state = "rejected"
