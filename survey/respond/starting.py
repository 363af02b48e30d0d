"""Entering a personal code, and the page that says who asks, why, and what becomes of the answers."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from questionnaires.faults import N_, Fault
from survey import codes
from survey.access import public
from survey.collection import CodeUsed, SurveyClosed, find_draft, open_draft, standing, strata_on_offer
from survey.db import db
from survey.models import Draft, Invitation, Stratum, Survey
from survey.respond import notices
from survey.respond.blueprint import blueprint, find_survey, page
from survey.respond.route import first_open_page
from survey.respond.visit import Visit, current_visit, hash_of_code, keep, new_visit
from survey.security import limiter

MISTYPED = N_("Check the code: it has 12 letters and digits, and at least one of them is not right.")
UNKNOWN_CODE = N_("No survey knows this code. Check it against your invitation.")
CHOOSE_UNIT = N_("Choose the agency you are rating.")
FOREIGN_UNIT = N_("The agency named in the link is not part of this survey. Choose one from the list.")


def is_wrong(response: Response) -> bool:
    return response.status_code == 422


@blueprint.get("/c", strict_slashes=False)
@public
def enter_code() -> str:
    return render_template("respond/code.html", faults=(), typed="")


@blueprint.post("/c")
@public
@limiter.limit("20 per minute; 200 per hour", deduct_when=is_wrong)
def accept_code() -> ResponseReturnValue:
    """Lead to the survey that the code is for. Only wrong codes count towards the limit."""
    typed = request.form.get("code", "")
    code = codes.normalise(typed)
    invitation = find_by_code(code) if code else None
    if invitation is None:
        faults = [Fault("code", UNKNOWN_CODE if code else MISTYPED)]
        return render_template("respond/code.html", faults=faults, typed=typed[:40]), 422
    if invitation.used:
        raise CodeUsed
    survey = invitation.survey
    visit = current_visit(survey)
    if visit is None or visit.secret != code:
        keep(survey, new_visit(code))
    return redirect(url_for("respond.start", slug=survey.slug), 303)


def find_by_code(code: str) -> Invitation | None:
    return db.session.scalars(select(Invitation).filter_by(code_hash=hash_of_code(code))).one_or_none()


@blueprint.get("/k/<slug>", strict_slashes=False)
@public
def start(slug: str) -> ResponseReturnValue:
    survey = find_survey(slug)
    if standing(survey) != "open":
        raise SurveyClosed(standing(survey))
    visit = open_visit(survey)
    if visit is None and not survey.open_link:
        return show_code_needed(survey)
    strata = strata_on_offer(survey)
    named = request.args.get("unit")
    faults = [Fault("unit", FOREIGN_UNIT)] if named and not stratum_with(strata, named) else []
    return show_start(survey, visit, strata, named, faults)


@blueprint.post("/k/<slug>")
@public
@limiter.limit("120 per minute")
def begin(slug: str) -> ResponseReturnValue:
    """Open the draft, or find the one that was left, and go to its first open page."""
    survey = find_survey(slug)
    visit = open_visit(survey)
    if visit is None or "anew" in request.form:
        if not survey.open_link:
            return show_code_needed(survey)
        visit = new_visit()
    stratum = chosen_stratum(survey, visit)
    if stratum is None:
        strata = strata_on_offer(survey)
        return show_start(survey, visit, strata, None, [Fault("unit", CHOOSE_UNIT)]), 422
    draft = open_draft(survey, visit.draft_hash, stratum)
    keep(survey, visit)
    return redirect(first_open_page(survey, draft.answers), 303)


def show_code_needed(survey: Survey) -> ResponseReturnValue:
    return notices.show(notices.CODE_NEEDED, survey, next_url=url_for("respond.enter_code"))


def open_visit(survey: Survey) -> Visit | None:
    """This browser's visit, unless its answers were sent."""
    visit = current_visit(survey)
    return visit if visit and not visit.sent else None


def chosen_stratum(survey: Survey, visit: Visit) -> Stratum | None:
    """The invitation's stratum, or the one of the agency chosen on the page. Raises CodeUsed."""
    if visit.by_code:
        return invited_to(visit)
    return stratum_with(strata_on_offer(survey), request.form.get("unit", ""))


def invited_to(visit: Visit) -> Stratum:
    invitation = find_by_code(visit.secret)
    if invitation is None or invitation.used:
        raise CodeUsed
    return invitation.stratum


def stratum_with(strata: Sequence[Stratum], unit_code: str) -> Stratum | None:
    return next((stratum for stratum in strata if stratum.unit.code == unit_code), None)


def show_start(
    survey: Survey, visit: Visit | None, strata: Sequence[Stratum], named: str | None, faults: Sequence[Fault]
) -> str:
    draft = find_draft(survey, visit.draft_hash) if visit else None
    rated = invited_to(visit).unit if visit and visit.by_code else None
    chosen = named or (unit_code(strata, draft) if draft else None)
    values = {"rated": rated, "draft": draft, "chosen": chosen, "visit": visit, "faults": faults}
    return page("start.html", survey, strata=strata, **values)


def unit_code(strata: Sequence[Stratum], draft: Draft) -> str | None:
    return next((stratum.unit.code for stratum in strata if stratum.id == draft.stratum_id), None)
