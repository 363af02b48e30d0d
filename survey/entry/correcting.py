"""A form from paper is corrected: a new version of its answers, with the reason."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from questionnaires.answers import show, write_form
from questionnaires.faults import Fault
from survey.access import roles
from survey.collection import Refused, correct
from survey.db import today
from survey.entry.blueprint import blueprint, page
from survey.entry.from_paper import find_response, noted_by_item, paper_form
from survey.entry.keying import read_answers
from survey.entry.screen import Filled, lines_of, screen
from survey.models import Response


@blueprint.get("/entry/responses/<uuid:response_id>/correct")
@roles("supervisor")
def correction(response_id: uuid.UUID) -> str:
    found = find_response(response_id)
    return show_correction(found, write_form(found.versions[-1].answers), found.version)


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
        return show_correction(found, request.form.to_dict(flat=False), seen, faults), 422
    flash(gettext("The correction is saved as a new version."))
    return redirect(url_for("entry.response", response_id=found.id), 303)


def show_correction(
    found: Response, texts: Mapping[str, Sequence[str]], seen: int, faults: Sequence[Fault] = ()
) -> str:
    paper, lines = paper_form(found), lines_of(found.survey.questionnaire_version.questionnaire)
    return page(
        "correct.html",
        found.survey,
        response=found,
        paper=paper,
        seen=seen,
        reason=request.form.get("form-reason", ""),
        parts=screen(found.survey.questionnaire_version.questionnaire),
        lines=lines,
        numbers={line.item.code: line.number for line in lines},
        filled=Filled(texts, faults, noted_by_item(paper)),
        show=show,
        blanks_confirmed="form-blanks" in request.form,
        today=today(),
    )
