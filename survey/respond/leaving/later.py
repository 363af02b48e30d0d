"""Going on later: the code that leads back, and a device that forgets."""

from __future__ import annotations

from dataclasses import replace

import segno
from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from questionnaires.faults import N_
from survey import codes
from survey.access import public
from survey.collection import SurveyClosed, standing
from survey.respond import notices
from survey.respond.answering.booklet import booklet_of
from survey.respond.answering.pages import draft_of
from survey.respond.answering.route import first_open_page
from survey.respond.blueprint import blueprint, find_survey, page
from survey.respond.leaving.letting_go import let_go
from survey.respond.offline.keeping import whose
from survey.respond.visit import current_visit, keep

KEPT_FOR = ("open", "paused")
LEFT = notices.Notice(
    N_("This device has forgotten your answers"),
    N_("Nothing on it leads to your answers any more. Close this window if other people use the device."),
    200,
    N_("Enter your code to go on"),
    answers=N_("They wait, unsent, for your code. Without the code nobody can open them."),
    forgets=True,
)


@blueprint.get("/k/<slug>/later")
@public
def later(slug: str) -> ResponseReturnValue:
    """The code to go on with, and how. From now on the draft is findable without this browser."""
    survey = find_survey(slug)
    if standing(survey) not in KEPT_FOR:
        raise SurveyClosed(standing(survey))
    visit = current_visit(survey)
    draft = draft_of(survey, visit)
    if draft is None:
        return redirect(url_for("respond.thanks" if visit and visit.sent else "respond.start", slug=slug))
    keep(survey, replace(visit, code_shown=True))
    printed = codes.printed(visit.secret)
    return page(
        "later.html",
        survey,
        visit=visit,
        code=printed,
        enter_address=address(url_for("respond.enter_code")),
        code_address=address(url_for("respond.open_code", code=printed)),
        picture=picture_of(address(url_for("respond.open_code", code=printed))),
        kept=whose(survey, visit),
        go_on=first_open_page(survey, booklet_of(survey), draft.answers),
    )


@blueprint.post("/k/<slug>/later")
@public
def leave_device(slug: str) -> ResponseReturnValue:
    """Forget the visit here; the draft waits for its code."""
    survey = find_survey(slug)
    let_go(survey, current_visit(survey))
    return redirect(url_for("respond.left", slug=slug), 303)


@blueprint.get("/k/<slug>/left")
@public
def left(slug: str) -> ResponseReturnValue:
    return notices.show(LEFT, find_survey(slug), next_url=url_for("respond.enter_code"))


def address(path: str) -> str:
    """The address of a page as it is typed on another device."""
    return (current_app.config["PUBLIC_URL"] or request.url_root.rstrip("/")) + path


def picture_of(text: str) -> Markup:
    """A QR code, drawn here: no other host learns of it."""
    code = segno.make(text, micro=False, error="m")
    return Markup(code.svg_inline(scale=4, svgclass=None, lineclass=None))
