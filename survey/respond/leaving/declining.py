"""Saying no, before the first question or in the middle."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from questionnaires.faults import N_
from survey.access import public
from survey.respond import notices, statistics
from survey.respond.blueprint import blueprint, find_survey
from survey.respond.leaving.letting_go import let_go_of_all
from survey.respond.visit import current_visit

DECLINED = notices.Notice(
    N_("You do not take part. Nothing was kept"),
    N_("That is your right, and it has no consequence for you or for any dossier of yours."),
    200,
    N_("Back to the first page"),
    answers=N_("There are none: whatever was answered on this device and not sent is deleted."),
    forgets=True,
)


@blueprint.post("/k/<slug>/decline")
@public
def decline(slug: str) -> ResponseReturnValue:
    """Keep nothing: no draft, no place in this browser."""
    survey = find_survey(slug)
    let_go_of_all(survey, current_visit(survey))
    statistics.declined(survey)
    return redirect(url_for("respond.declined", slug=slug), 303)


@blueprint.get("/k/<slug>/declined")
@public
def declined(slug: str) -> ResponseReturnValue:
    return notices.show(DECLINED, find_survey(slug), next_url=url_for("respond.start", slug=slug))
