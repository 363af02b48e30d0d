"""One person's turn at a tablet: the start screen, the start, the thanks, and the return for the next."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey import codes
from survey.access import public
from survey.collection import minutes_of, open_draft
from survey.language import COOKIE, language
from survey.models import Kiosk, Survey
from survey.respond import statistics
from survey.respond.answering.booklet import booklet_of
from survey.respond.answering.route import first_open_page
from survey.respond.blueprint import blueprint, find_survey, page
from survey.respond.kiosk.device import device_key, keep_key, kiosk_for, this_kiosk
from survey.respond.kiosk.ending import end_turn
from survey.respond.kiosk.frame import WAITS, Frame
from survey.respond.kiosk.obstacles import NOT_SET_UP, obstacle, show_obstacle
from survey.respond.visit import current_visit, forget, keep, new_visit
from survey.security import limiter

THANKS_STAY = 10  # seconds
THANKS_WITH_RECEIPT_STAY = 60  # a receipt that takes answers back is to be written down
START_RENEWED = 600  # seconds: a survey that was closed meanwhile must not look open for long


@blueprint.get("/kiosk", strict_slashes=False)
@public
def kiosk_home() -> ResponseReturnValue:
    """The tablet's first page. Its key is kept anew, as browsers forget what is never renewed."""
    kiosk = this_kiosk()
    if kiosk is None:
        return show_obstacle(NOT_SET_UP)
    return keep_key(redirect(url_for("respond.kiosk_start", slug=kiosk.survey.slug)), device_key())


@blueprint.get("/kiosk/line")
@public
def answer_the_line() -> ResponseReturnValue:
    """Where a tablet asks whether its connection holds."""
    return "", 204


@blueprint.get("/k/<slug>/kiosk")
@public
def kiosk_start(slug: str) -> ResponseReturnValue:
    """The start screen. Whoever comes here by the browser's own buttons has left their turn."""
    survey = find_survey(slug)
    kiosk = kiosk_for(survey)
    if kiosk is None:
        return redirect(url_for("respond.kiosk_home"))
    if current_visit(survey):
        return redirect(url_for("respond.leave", slug=slug))
    notice = obstacle(kiosk)
    return show_obstacle(notice, kiosk) if notice else show_start_screen(kiosk)


@blueprint.post("/k/<slug>/kiosk")
@public
@limiter.limit("120 per minute")
def begin_turn(slug: str) -> ResponseReturnValue:
    survey = find_survey(slug)
    kiosk = kiosk_for(survey)
    end_visit(survey, keeps_answers=True)
    if kiosk is None or obstacle(kiosk):
        return redirect(url_for("respond.kiosk_home"), 303)
    visit = new_visit(survey, kiosk=kiosk.id, shared=True)
    open_draft(survey, visit.draft_hash, kiosk.stratum)
    keep(survey, visit)
    first_page = redirect(first_open_page(survey, booklet_of(survey), {}), 303)
    statistics.started(survey, first_page)
    return first_page


@blueprint.route("/k/<slug>/leave", methods=["GET", "POST"])
@public
def leave(slug: str) -> ResponseReturnValue:
    """End the turn: what is complete counts, unless the person asks to delete it. Again, it does nothing."""
    survey = find_survey(slug)
    end_visit(survey, keeps_answers=request.form.get("answers") != "delete")
    back = redirect(url_for("respond.kiosk_start", slug=slug), 303)
    return in_first_language(back) if device_key() else back


@blueprint.get("/k/<slug>/kiosk/thanks")
@public
def kiosk_thanks(slug: str) -> ResponseReturnValue:
    survey = find_survey(slug)
    visit = current_visit(survey)
    if visit is None or not visit.kiosk or not visit.sent:
        return redirect(url_for("respond.leave", slug=slug))
    stays = THANKS_WITH_RECEIPT_STAY if survey.withdrawable else THANKS_STAY
    frame = Frame(url_for("respond.leave", slug=slug), stays)
    return page("kiosk/thanks.html", survey, receipt=codes.printed(visit.receipt), kiosk_frame=frame)


def end_visit(survey: Survey, *, keeps_answers: bool) -> None:
    visit = current_visit(survey)
    if visit and visit.kiosk:
        end_turn(survey, visit, keeps_answers=keeps_answers)
    if device_key() or (visit and visit.kiosk):
        forget(survey)


def show_start_screen(kiosk: Kiosk) -> str:
    """In a language that somebody chose and left, it waits no longer than any page."""
    waits = START_RENEWED if language() == "vi" else WAITS
    return page(
        "kiosk/start.html",
        kiosk.survey,
        kiosk=kiosk,
        minutes=minutes_of(kiosk.survey),
        kiosk_frame=Frame(url_for("respond.leave", slug=kiosk.survey.slug), waits),
    )


def in_first_language(response: Response) -> Response:
    """The next person chooses for themselves."""
    response.delete_cookie(COOKIE)
    return response
