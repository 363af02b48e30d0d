"""Taking back what was sent: type the receipt, read what will happen, press, done."""

from __future__ import annotations

import uuid

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from questionnaires.faults import N_, Fault
from survey import codes
from survey.access import public
from survey.collection import require_withdrawable, state_of, withdraw
from survey.models import Survey
from survey.respond import notices
from survey.respond.blueprint import blueprint, find_survey, page
from survey.respond.visit import current_visit, forget
from survey.security import is_refused, limiter

MISTYPED = N_("Check the receipt: it has 12 letters and digits, and at least one of them is not right.")
UNKNOWN = N_("No answers were sent under this receipt in this survey. Check it against your note.")
GONE = N_("The answers under this receipt are withdrawn already. There is nothing left to do.")
TRIES = "10 per minute; 60 per hour"
WITHDRAWN = notices.Notice(
    N_("Your answers are withdrawn"),
    N_("They were deleted just now and count nowhere any more. Thank you for telling us."),
    200,
    N_("To the first page"),
    answers=N_(
        "Nobody can bring them back, nor you. Figures that were computed before and published do not change."
    ),
    forgets=True,
)


@blueprint.get("/k/<slug>/withdraw")
@public
def enter_receipt(slug: str) -> ResponseReturnValue:
    survey = find_survey(slug)
    require_withdrawable(survey)
    return page("withdraw.html", survey, faults=(), typed="")


@blueprint.post("/k/<slug>/withdraw")
@public
@limiter.limit(TRIES, deduct_when=is_refused)
def take_back(slug: str) -> ResponseReturnValue:
    """First the page that says what will happen, then the deed. Only wrong receipts count to the limit."""
    survey = find_survey(slug)
    require_withdrawable(survey)
    typed = request.form.get("receipt", "")[:40]
    receipt = codes.normalise(typed)
    sentence = fault_of(survey, receipt)
    if receipt is None or sentence:
        faults = [Fault("receipt", sentence or MISTYPED)]
        return page("withdraw.html", survey, faults=faults, typed=typed), 422
    if "confirmed" not in request.form:
        return page("withdraw_confirm.html", survey, receipt=codes.printed(receipt))
    withdraw(survey, response_of(receipt))
    visit = current_visit(survey)
    if visit is not None and visit.receipt == receipt:
        forget(survey)
    return redirect(url_for("respond.withdrawn", slug=slug), 303)


@blueprint.get("/k/<slug>/withdrawn")
@public
def withdrawn(slug: str) -> ResponseReturnValue:
    return notices.show(WITHDRAWN, find_survey(slug), next_url=url_for("respond.start", slug=slug))


def fault_of(survey: Survey, receipt: str | None) -> str | None:
    """What is wrong with a receipt; None of one that can be used."""
    if receipt is None:
        return MISTYPED
    state = state_of(survey, response_of(receipt))
    return {None: UNKNOWN, "withdrawn": GONE, "expired": GONE}.get(state)


def response_of(receipt: str) -> uuid.UUID:
    return codes.response_id(receipt, current_app.config["SECRET_KEY"])
