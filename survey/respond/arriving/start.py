"""The page that says who asks, why, and what becomes of the answers; and the start from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from questionnaires.faults import N_, Fault
from survey.access import public
from survey.collection import (
    QuotaFull,
    SurveyClosed,
    find_draft,
    has_sent,
    is_full,
    open_draft,
    standing,
    strata_on_offer,
)
from survey.models import Draft, Stratum, Survey
from survey.respond import notices, statistics
from survey.respond.answering.booklet import booklet_of
from survey.respond.answering.route import first_open_page, page_url, standing_of
from survey.respond.arriving.effort import effort_of
from survey.respond.arriving.invited import stratum_invited
from survey.respond.blueprint import blueprint, find_survey, page
from survey.respond.leaving.letting_go import let_go
from survey.respond.offline.keeping import whose
from survey.respond.visit import Visit, current_visit, keep, may_enter, new_visit
from survey.security import limiter

CHOOSE_UNIT = N_("Choose the agency you are rating.")
FOREIGN_UNIT = N_("The agency named in the link is not part of this survey. Choose one from the list.")
BAIT = "website"  # people never see this field; programs that fill every form do


@blueprint.get("/k/<slug>", strict_slashes=False)
@public
def start(slug: str) -> ResponseReturnValue:
    survey = find_survey(slug)
    if slug != survey.slug:  # what the browser keeps, it keeps for the address in small letters
        return redirect(url_for("respond.start", slug=survey.slug, unit=request.args.get("unit")))
    if standing(survey) != "open":
        raise SurveyClosed(standing(survey))
    visit = open_visit(survey)
    if not may_enter(survey, visit) and not survey.by_dossier:
        return show_code_needed(survey)
    named = request.args.get("unit")
    is_foreign = named and not stratum_with(strata_on_offer(survey), named)
    faults = [Fault("unit", FOREIGN_UNIT)] if is_foreign else []
    return show_start(survey, visit, named=named, faults=faults)


@blueprint.post("/k/<slug>")
@public
@limiter.limit("120 per minute")
def begin(slug: str) -> ResponseReturnValue:
    """Open the draft, or find the one that was left, and go on with it."""
    survey = find_survey(slug)
    if request.form.get(BAIT):
        return notices.show(notices.LOOKS_AUTOMATIC, survey, next_url=url_for("respond.start", slug=slug))
    if "anew" in request.form:
        let_go(survey, open_visit(survey))
        return redirect(url_for("respond.start", slug=slug), 303)
    visit = visit_to_begin(survey)
    if not may_enter(survey, visit):
        return show_code_needed(survey)
    stratum = chosen_stratum(survey, visit)
    if stratum is None and survey.rates == "one":
        return show_start(survey, visit, faults=[Fault("unit", CHOOSE_UNIT)]), 422
    if is_full(survey.id, stratum.id if stratum else None, {}):
        raise QuotaFull
    is_new = find_draft(survey, visit.draft_hash) is None
    draft = open_draft(survey, visit.draft_hash, stratum)
    keep(survey, visit)
    leads_to = redirect(way_on(survey, draft), 303)
    if is_new:
        statistics.started(survey, leads_to)
    return leads_to


def way_on(survey: Survey, draft: Draft) -> str:
    """The first open page; the check for who came from there, to change the agency."""
    if request.form.get("form-back") == "check":
        return page_url(survey, None)
    return first_open_page(survey, booklet_of(survey), draft.answers)


def visit_to_begin(survey: Survey) -> Visit:
    """This browser's visit, or a new one; who shares the device says so here."""
    begun = open_visit(survey)
    if begun is None:
        begun = new_visit(survey, again=current_visit(survey) is not None)
    return replace(begun, shared="shared" in request.form)


def show_code_needed(survey: Survey) -> ResponseReturnValue:
    return notices.show(notices.CODE_NEEDED, survey, next_url=url_for("respond.enter_code"))


def open_visit(survey: Survey) -> Visit | None:
    """This browser's visit, unless its answers were sent, from here or from another device.

    An invited visit is known by its invitation instead, which is burnt then.
    """
    visit = current_visit(survey)
    if visit is None or visit.sent:
        return None
    return visit if visit.invited or not has_sent(survey, visit.response_id) else None


def chosen_stratum(survey: Survey, visit: Visit) -> Stratum | None:
    """The invitation's stratum, or the one of the agency chosen on the page; None for a sitting in which
    several are rated. Raises CodeUsed.
    """
    stratum = stratum_invited(visit) if visit.invited else None
    if stratum is not None or survey.rates == "several":
        return None if survey.rates == "several" else stratum
    return stratum_with(strata_on_offer(survey), request.form.get("unit", ""))


def stratum_with(strata: Sequence[Stratum], unit_code: str) -> Stratum | None:
    return next((stratum for stratum in strata if stratum.unit.code == unit_code), None)


def show_start(
    survey: Survey, visit: Visit | None, *, named: str | None = None, faults: Sequence[Fault] = ()
) -> str:
    strata = strata_on_offer(survey)
    draft = find_draft(survey, visit.draft_hash) if visit else None
    invited_to = stratum_invited(visit) if visit and visit.invited else None
    goes_on = draft is not None and may_enter(survey, visit) and bool(invited_to or strata)
    begun_with = unit_code(strata, draft) if draft else None
    chosen = named if named and stratum_with(strata, named) else begun_with
    back = request.form.get("form-back") or request.args.get("back", "")
    return page(
        "resumed.html" if goes_on else "start.html",
        survey,
        strata=strata,
        rated=invited_to.unit if invited_to and survey.rates == "one" else None,
        draft=draft,
        chosen=chosen,
        back=back,
        unit_open=chosen != begun_with or back == "check",
        begun_about=unit_name(strata, draft) if draft else None,
        standing=standing_of(booklet_of(survey), draft.answers) if goes_on else None,
        visit=visit,
        may_enter=may_enter(survey, visit),
        sent_before=current_visit(survey) if visit is None else None,
        effort=effort_of(survey),
        faults=faults,
        kept=whose(survey, visit),
    )


def unit_name(strata: Sequence[Stratum], draft: Draft) -> str | None:
    return next((stratum.unit.name for stratum in strata if stratum.id == draft.stratum_id), None)


def unit_code(strata: Sequence[Stratum], draft: Draft) -> str | None:
    return next((stratum.unit.code for stratum in strata if stratum.id == draft.stratum_id), None)
