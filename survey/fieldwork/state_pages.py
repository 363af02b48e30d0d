"""A survey is opened, paused, closed, and opened again; closed only once it is said what waits on paper."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from questionnaires.faults import N_
from survey import audit
from survey.access import roles
from survey.collection.paper import close_batches_of, reopen_batches_of
from survey.collection.paper.locking import NOT_THE_KEY
from survey.db import db
from survey.errors import UserError
from survey.fieldwork.blueprint import blueprint
from survey.fieldwork.closing_form import CloseSurveyForm
from survey.fieldwork.mail_addresses import forget
from survey.fieldwork.readiness import obstacles, paper_that_waits
from survey.fieldwork.states import SURVEY_FOLLOWS
from survey.fieldwork.survey_pages import show, subject
from survey.models import Mailing, Survey

NOT_FROM_HERE = N_("The survey is in another state by now. Look at it again.")
NOT_READY = N_("The survey cannot be opened yet. Its page says what is missing.")


@blueprint.post("/surveys/<int:survey_id>/state")
@roles("planner")
def change_survey_state(survey_id: int) -> ResponseReturnValue:
    """Open, pause or close the survey; where paper waits it is closed with the tick alone that says so.
    Raises UserError for a step it cannot take now.
    """
    survey, wanted, closing = locked_survey(survey_id), request.form.get("state", ""), CloseSurveyForm()
    if wanted != survey.state:
        require_step(survey, wanted)
        if wanted == "closed" and paper_that_waits(survey) and not closing.validate():
            return show(survey, closing), 422
        take_step(survey, wanted)
        db.session.commit()
    return redirect(url_for("fieldwork.show_survey", survey_id=survey_id))


def locked_survey(survey_id: int) -> Survey:
    """Locked so that it can still be referred to: whoever takes in a form holds its batch, which is locked
    here next, and then writes a response of this survey.
    """
    return db.session.get(Survey, survey_id, with_for_update=NOT_THE_KEY) or abort(404)


def require_step(survey: Survey, wanted: str) -> None:
    if wanted not in SURVEY_FOLLOWS[survey.state]:
        raise UserError(NOT_FROM_HERE, status=409)
    if wanted == "open" and obstacles(survey):
        raise UserError(NOT_READY, status=409)


def take_step(survey: Survey, wanted: str) -> None:
    audit.record("survey.state", subject(survey), state=[survey.state, wanted])
    before, survey.state = survey.state, wanted
    if before == "closed":
        reopen_batches_of(survey.id)
    if wanted == "closed":
        forget(Mailing.survey_id == survey.id)
        close_paper(survey)


def close_paper(survey: Survey) -> None:
    if batches := close_batches_of(survey.id, current_user):
        flash(
            ngettext(
                "%(num)d batch of paper forms was closed and judged with the survey.",
                "%(num)d batches of paper forms were closed and judged with the survey.",
                batches,
            )
        )
