"""A form from paper as it is stored: verify it against the paper, reject it, correct it, see its history."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy.orm import joinedload

from questionnaires import answers as answering
from questionnaires.answers import write_form
from questionnaires.faults import Fault
from questionnaires.routing import asked_items
from survey.access import roles
from survey.collection import Refused, correct, reject, verify
from survey.collection.paper_waiting import NOT_YET, hidden_form
from survey.db import db, today
from survey.entry.blueprint import blueprint, page
from survey.entry.forms import ReasonForm
from survey.entry.keying import read_answers
from survey.entry.screen import Filled, Line, changes, lines_of, screen
from survey.errors import UserError
from survey.models import PaperForm, Response, ResponseVersion

FROM_PAPER = ("keyed", "scanned", "imported")


@dataclass(frozen=True)
class Change:
    line: Line
    before: Any
    after: Any


@dataclass(frozen=True)
class Step:
    """One version in the history of a response, with what it changed."""

    version: ResponseVersion
    changes: Sequence[Change]


def find_response(response_id: uuid.UUID) -> Response:
    """A response that came from paper; what people sent themselves is nobody's to open here.

    Raises UserError while a second person is still to key the form without seeing the first answers.
    """
    response = db.session.get(Response, response_id)
    if response is None or response.mode not in FROM_PAPER:
        abort(404)
    waiting = hidden_form(response_id)
    if waiting is not None:
        raise UserError(NOT_YET, {"number": waiting}, status=409)
    return response


def paper_form(response: Response) -> PaperForm | None:
    """The form it was keyed from; none where it was imported."""
    query = sa.select(PaperForm).filter_by(response_id=response.id).options(joinedload(PaperForm.batch))
    return db.session.scalars(query).one_or_none()


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


@blueprint.get("/entry/responses/<uuid:response_id>/correct")
@roles("supervisor")
def correction(response_id: uuid.UUID) -> str:
    found = find_response(response_id)
    return show_correction(found, Filled(write_form(found.versions[-1].answers)), found.version)


@blueprint.post("/entry/responses/<uuid:response_id>/correct")
@roles("supervisor")
def correct_response(response_id: uuid.UUID) -> ResponseReturnValue:
    found = find_response(response_id)
    seen = request.form.get("form-version", type=int) or abort(400)
    with_blanks = "form-blanks" in request.form
    questionnaire = found.survey.questionnaire_version.questionnaire
    answers, faults = read_answers(questionnaire, with_blanks=with_blanks)
    reason = request.form.get("form-reason", "")
    if not faults:
        try:
            correct(found, answers, current_user, reason, seen_version=seen, with_blanks=with_blanks)
        except Refused as refusal:
            faults = [Fault("form-reason", fault.template, fault.values) for fault in refusal.faults]
    if faults:
        return show_correction(found, Filled(request.form.to_dict(flat=False), faults), seen), 422
    flash(gettext("The correction is saved as a new version."))
    return redirect(url_for("entry.response", response_id=found.id), 303)


def show(found: Response, reason: ReasonForm | None = None, faults: Sequence[Fault] = ()) -> str:
    questionnaire = found.survey.questionnaire_version.questionnaire
    answers = found.versions[-1].answers
    asked = {item.code for item in asked_items(questionnaire, answers, today=today())}
    return page(
        "response.html",
        found.survey,
        response=found,
        paper=paper_form(found),
        reason=reason or ReasonForm(),
        faults=faults,
        answers=answers,
        parts=screen(questionnaire),
        asked=asked,
        steps=history(found, lines_of(questionnaire)),
        show=answering.show,
    )


def history(found: Response, lines: Sequence[Line]) -> list[Step]:
    """The versions, newest first."""
    earlier: dict[str, Any] = {}
    steps = []
    for version in found.versions:
        changed = changes(earlier, version.answers, lines) if version.version > 1 else []
        codes = [(line, line.item.code) for line in changed]
        steps.append(
            Step(
                version, [Change(line, earlier.get(code), version.answers.get(code)) for line, code in codes]
            )
        )
        earlier = version.answers
    return steps[::-1]


def show_correction(found: Response, filled: Filled, seen: int) -> str:
    questionnaire = found.survey.questionnaire_version.questionnaire
    return page(
        "correct.html",
        found.survey,
        response=found,
        paper=paper_form(found),
        seen=seen,
        reason=request.form.get("form-reason", ""),
        parts=screen(questionnaire),
        numbers={line.item.code: line.number for line in lines_of(questionnaire)},
        filled=filled,
        blanks_confirmed="form-blanks" in request.form,
        today=today(),
    )
