"""Between a code and its survey: a step at the survey's address, where a cookie tells who was here before."""

from __future__ import annotations

import datetime
from dataclasses import asdict, replace

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from survey.access import public
from survey.models import Survey
from survey.respond.arriving.start import open_visit
from survey.respond.blueprint import blueprint, find_survey
from survey.respond.leaving.letting_go import let_go
from survey.respond.visit import Visit, keep, signer, unsign

A_MINUTE = datetime.timedelta(minutes=1)
COOKIE = "arrival"


def lead_in(survey: Survey, visit: Visit) -> Response:
    """Hand the visit that a code begins over to the step below, and to no other page."""
    response = redirect(url_for("respond.arrive", slug=survey.slug), 303)
    response.set_cookie(
        COOKIE,
        signer(purpose(survey)).dumps(asdict(visit)),
        max_age=A_MINUTE,
        path=f"/k/{survey.slug}/arrive",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


@blueprint.get("/k/<slug>/arrive")
@public
def arrive(slug: str) -> ResponseReturnValue:
    survey = find_survey(slug)
    found = unsign(request.cookies.get(COOKIE, ""), purpose(survey))
    if found and found[1] < A_MINUTE:
        take_in(survey, found[0])
    response = redirect(url_for("respond.start", slug=survey.slug), 303)
    response.delete_cookie(COOKIE, path=f"/k/{survey.slug}/arrive")
    return response


def take_in(survey: Survey, visit: Visit) -> None:
    """Whoever answers here already goes on with the same visit, and with what the browser keeps of it."""
    current = open_visit(survey)
    if current is not None and current.secret == visit.secret:
        keep(survey, replace(current, code_shown=True))
        return
    let_go(survey, current)
    keep(survey, visit)


def purpose(survey: Survey) -> str:
    return f"arrival.{survey.id}"
