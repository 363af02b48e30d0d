"""Kind pages for what cannot go on, each with what to do now."""

from __future__ import annotations

from typing import NamedTuple

from flask import render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import RequestEntityTooLarge

from questionnaires.faults import N_
from survey.collection import CodeUsed, DraftMissing, NotWithdrawable, QuotaFull, SurveyClosed
from survey.models import Survey
from survey.respond.blueprint import UnknownLink, blueprint, find_survey
from survey.respond.offline.keeping import whose
from survey.respond.visit import current_visit, forget


class Notice(NamedTuple):
    """What happened, what to do now, and, where people may wonder, what it means for their `answers`.

    `forgets`: the person left, and the browser deletes what it kept of them. `drops`: the page that was sent
    is not kept and need not be, so the browser does not try it again.
    """

    title: str
    advice: str
    status: int
    button: str = N_("Continue")
    answers: str = ""
    forgets: bool = False
    drops: bool = False


UNKNOWN_LINK = Notice(
    N_("This link leads to no survey"),
    N_("Please check it against your invitation. A link is easily cut off when it is copied."),
    404,
    N_("Enter your personal code"),
)
CODE_USED = Notice(
    N_("This code has already been used"),
    N_(
        "Each code can be used once, and answers were sent with this one. If it was not you, please tell the "
        "agency that invited you."
    ),
    409,
    answers=N_("What was sent with this code is stored and counts once. Nothing more was sent now."),
)
FULL = Notice(
    N_("This survey has enough answers from people like you"),
    N_(
        "Each group of people is asked in a fixed number, and yours is complete. Thank you for your interest."
    ),
    403,
    answers=N_(
        "Nothing was sent. What you had answered is not counted, and is deleted when the survey ends."
    ),
)
LOOKS_AUTOMATIC = Notice(
    N_("This looks like a program, not a person"),
    N_("A field that people do not see was filled in. Please open the first page again and leave it empty."),
    400,
    N_("To the first page"),
    answers=N_("Nothing was begun and nothing stored."),
)
CODE_NEEDED = Notice(
    N_("This survey is by invitation"),
    N_("Please enter the personal code from your invitation."),
    403,
    N_("Enter your personal code"),
    answers=N_("Nothing is stored until you enter it and agree to start."),
)
NOTHING_OPEN = Notice(
    N_("There is nothing here to continue"),
    N_("These answers were sent, or the page was open for too long. You can start from the first page."),
    409,
    N_("To the first page"),
    answers=N_("What was sent before is stored. What you typed on this page just now was not saved."),
)
NO_LONGER_ASKED = Notice(
    N_("This page is no longer part of your questions"),
    N_("Because of your other answers, these questions are not asked. Nothing was changed; please continue."),
    409,
    drops=True,
)
NOT_ON_THIS_PAGE = Notice(
    N_("The answers do not belong to this page"),
    N_("Nothing was saved. Please open the page again and answer the questions it shows."),
    400,
    drops=True,
)
TOO_LONG = Notice(
    N_("The text is too long"),
    N_("This page was not saved. Please write less and send it again."),
    413,
)
NO_COOKIES = Notice(
    N_("Your browser did not keep its place"),
    N_(
        "This survey needs cookies while you answer, and only then. Please allow cookies for this site, "
        "or leave private mode, then start again. If the page had been open for very long, just start again."
    ),
    400,
    answers=N_("The page you just sent was not saved. Pages you saved before are still there."),
)
NOT_WITHDRAWABLE = Notice(
    N_("Answers of this survey cannot be taken back"),
    N_("Once sent, nobody can find your answers among the others, neither you nor we."),
    403,
    N_("How we handle your answers"),
    answers=N_("The receipt shows that you took part and leads to nothing. Your answers stay counted."),
)
STANDINGS = {
    "early": Notice(
        N_("This survey has not started yet"),
        N_("Please come back later."),
        403,
        answers=N_("Nothing is asked and nothing stored before that day."),
    ),
    "paused": Notice(
        N_("This survey is paused"),
        N_("Please come back later. Whoever has begun already can then go on where they left off."),
        403,
    ),
    "closed": Notice(
        N_("This survey is closed"),
        N_("It takes no more answers. Thank you for your interest; the results will be published."),
        410,
        N_("How we handle your answers"),
        answers=N_(
            "What was sent in time is stored and counts. What was never sent is deleted, not counted."
        ),
    ),
}


def show(notice: Notice, survey: Survey | None = None, **values: object) -> tuple[str, int]:
    shown = {
        "notice": notice,
        "survey": survey,
        "synthetic": survey is not None and survey.round.synthetic,
        "kept": whose(survey, current_visit(survey)) if survey else None,
    }
    return render_template("respond/notice.html", **shown, **values), notice.status


def show_standing(survey: Survey, standing: str) -> tuple[str, int]:
    """Why the survey takes no answers today, with the first day where one is planned."""
    is_planned = standing == "early" and survey.state == "open"
    is_over = standing == "closed"
    return show(
        STANDINGS[standing],
        survey,
        first_day=survey.opens_on if is_planned else None,
        next_url=url_for("respond.privacy", slug=survey.slug) if is_over else None,
    )


@blueprint.errorhandler(UnknownLink)
def show_unknown_link(error: UnknownLink) -> tuple[str, int]:
    return show(UNKNOWN_LINK, next_url=url_for("respond.enter_code"))


@blueprint.errorhandler(SurveyClosed)
def show_closed(error: SurveyClosed) -> tuple[str, int]:
    return show_standing(find_survey(request.view_args["slug"]), error.standing)


@blueprint.errorhandler(NotWithdrawable)
def show_not_withdrawable(error: NotWithdrawable) -> tuple[str, int]:
    survey = find_survey(request.view_args["slug"])
    return show(NOT_WITHDRAWABLE, survey, next_url=url_for("respond.privacy", slug=survey.slug))


@blueprint.errorhandler(QuotaFull)
def show_full(error: QuotaFull) -> tuple[str, int]:
    is_page = "step" in (request.view_args or {})  # an answer decided it: a slip of the finger can be mended
    next_url = request.path if is_page else None
    return show(FULL, find_survey(request.view_args["slug"]), next_url=next_url)


@blueprint.errorhandler(CodeUsed)
def show_code_used(error: CodeUsed) -> tuple[str, int]:
    survey = find_survey(request.view_args["slug"]) if "slug" in request.view_args else None
    if survey is not None:
        forget(survey)  # so that the open link can still be used
    return show(CODE_USED, survey)


@blueprint.errorhandler(DraftMissing)
def show_nothing_open(error: DraftMissing) -> tuple[str, int]:
    survey = find_survey(request.view_args["slug"])
    return show(NOTHING_OPEN, survey, next_url=url_for("respond.start", slug=survey.slug))


@blueprint.errorhandler(RequestEntityTooLarge)
def show_too_long(error: RequestEntityTooLarge) -> tuple[str, int]:
    return show(TOO_LONG, next_url=request.path)


@blueprint.errorhandler(CSRFError)
def show_no_cookies(error: CSRFError) -> tuple[str, int]:
    """A form of ours always carries its token: what is missing is the cookie it belongs to."""
    return show(NO_COOKIES, next_url=request.path)
