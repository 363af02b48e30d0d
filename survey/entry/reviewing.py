"""A form from paper as it is stored: verify it against the paper, reject it, see its history."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

import sqlalchemy as sa
from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from questionnaires import answers as answering
from questionnaires.faults import Fault
from questionnaires.routing import asked_items
from survey.access import roles
from survey.collection import Refused, reject, verify
from survey.db import db, today
from survey.entry.blueprint import blueprint, page
from survey.entry.forms import ReasonForm
from survey.entry.from_paper import find_response, history, noted_by_item, paper_form
from survey.entry.screen import lines_of, screen
from survey.models import PaperForm, Response


@blueprint.get("/entry/responses/<uuid:response_id>")
@roles("supervisor")
def response(response_id: uuid.UUID) -> str:
    return show(find_response(response_id))


@blueprint.post("/entry/responses/<uuid:response_id>/verify")
@roles("supervisor")
def verify_form(response_id: uuid.UUID) -> ResponseReturnValue:
    found = find_response(response_id)
    form = paper_form(found) or abort(404)
    number = form.number

    def deed() -> None:
        verify(form, current_user)

    return done(found, deed, gettext("Form %(number)s is verified.", number=number))


@blueprint.post("/entry/responses/<uuid:response_id>/reject")
@roles("supervisor")
def reject_response(response_id: uuid.UUID) -> ResponseReturnValue:
    found, reason = find_response(response_id), ReasonForm()
    if not reason.validate_on_submit():
        return show(found, reason), 400

    def deed() -> None:
        reject(found, current_user, reason.reason.data)

    return done(found, deed, gettext("The form is rejected: it counts nowhere any more."))


def done(found: Response, deed: Callable[[], None], message: str) -> ResponseReturnValue:
    """Do it, and go on to the next form to check; show why not where it is refused."""
    try:
        deed()
    except Refused as refusal:
        return show(found, faults=[Fault("", fault.template, fault.values) for fault in refusal.faults]), 409
    flash(message)
    return redirect(next_address(found), 303)


def next_address(found: Response) -> str:
    form = paper_form(found)
    if form is None:
        return url_for("entry.response", response_id=found.id)
    to_check = (
        sa.select(PaperForm.response_id)
        .where(
            PaperForm.batch_id == form.batch_id,
            PaperForm.state == "accepted",
            PaperForm.waits_for_check(),
            PaperForm.number > form.number,
        )
        .order_by(PaperForm.number)
        .limit(1)
    )
    following = db.session.scalar(to_check)
    if following is None:
        return url_for("entry.batch", batch_id=form.batch_id)
    return url_for("entry.response", response_id=following)


def show(found: Response, reason: ReasonForm | None = None, faults: Sequence[Fault] = ()) -> str:
    questionnaire = found.survey.questionnaire_version.questionnaire
    answers = found.versions[-1].answers
    asked = {item.code for item in asked_items(questionnaire, answers, today=today())}
    paper, lines = paper_form(found), lines_of(questionnaire)
    noted = noted_by_item(paper)
    return page(
        "response.html",
        found.survey,
        response=found,
        paper=paper,
        reason=reason or ReasonForm(),
        faults=faults,
        answers=answers,
        parts=screen(questionnaire),
        shown=asked | noted.keys(),
        noted=noted,
        lines=lines,
        steps=history(found, lines),
        show=answering.show,
    )
