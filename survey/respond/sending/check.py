"""Checking the answers, sending them, and the thanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from questionnaires.answers import check_answers
from questionnaires.faults import Fault
from questionnaires.routing import on_route
from survey import codes
from survey.access import public
from survey.collection import DraftMissing, Refused, require_open, submit_draft
from survey.db import db, today
from survey.models import Stratum, Survey
from survey.respond import statistics
from survey.respond.answering.booklet import Booklet, booklet_of
from survey.respond.answering.pages import draft_of
from survey.respond.answering.route import item_codes
from survey.respond.answering.units_checked import checking_units
from survey.respond.arriving.start import show_code_needed
from survey.respond.blueprint import blueprint, find_survey, page
from survey.respond.offline.keeping import kept, whose
from survey.respond.sending.left_out import tell_left_out
from survey.respond.sending.signals import flags_of
from survey.respond.visit import Visit, current_visit, keep_sent, may_enter


@blueprint.get("/k/<slug>/check")
@public
def check(slug: str) -> ResponseReturnValue:
    survey = find_survey(slug)
    require_open(survey, "online")
    visit = current_visit(survey)
    if draft_of(survey, visit) is None:
        return redirect(url_for("respond.thanks" if visit and visit.sent else "respond.start", slug=slug))
    return show_check(survey, visit)


@blueprint.post("/k/<slug>/check")
@public
def send(slug: str) -> ResponseReturnValue:
    """Send the answers, once: a double click, a reload or a lost reply meets the same thanks."""
    survey = find_survey(slug)
    visit = current_visit(survey)
    if visit is None or request.form.get("form-visit") != visit.mark:
        raise DraftMissing
    if visit.sent:
        return redirect(url_for("respond.thanks", slug=slug), 303)
    if not may_enter(survey, visit):
        return show_code_needed(survey)
    draft = draft_of(survey, visit)
    flags = flags_of(survey, visit, draft.answers) if draft else ()
    try:
        outcome = submit_draft(
            survey,
            visit.draft_hash,
            visit.response_id,
            code_hash=visit.burns or None,
            mode=visit.mode,
            flags=flags,
        )
    except Refused as refusal:
        return show_check(survey, visit, refusal.faults), 422
    tell_left_out(outcome.left_out)
    statistics.finished(survey, "online", visit, outcome)
    keep_sent(survey, visit)
    return redirect(url_for("respond.thanks", slug=slug), 303)


@blueprint.get("/k/<slug>/thanks")
@public
def thanks(slug: str) -> ResponseReturnValue:
    survey = find_survey(slug)
    visit = current_visit(survey)
    if visit is None or not visit.sent:
        return redirect(url_for("respond.start", slug=slug))
    shown = {"visit": visit, "receipt": codes.printed(visit.receipt), "kept": whose(survey, None)}
    return page("thanks.html", survey, **shown)


def show_check(survey: Survey, visit: Visit, faults: Sequence[Fault] | None = None) -> str:
    """All answers on a person's way; what still lacks is marked, and named at the top if `faults` say so."""
    draft = draft_of(survey, visit)
    stratum = db.session.get(Stratum, draft.stratum_id) if draft.stratum_id else None
    rated = stratum.unit if stratum else None
    checked = answers_to_check(booklet_of(survey), draft.answers)
    return page(
        "check.html",
        survey,
        rated=rated,
        kept=kept(survey, visit, draft, rated, None),
        visit=visit,
        faults=faults or (),
        **checked,
        **checking_units(survey, checked),
    )


def answers_to_check(booklet: Booklet, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the page to check answers shows, whoever gave them."""
    questionnaire = booklet.questionnaire
    record = on_route(questionnaire, answers, today=today())
    pages = booklet.way(record)
    lacking = check_answers(questionnaire, record, today=today(), complete=True)
    return {
        "pages": pages,
        "answers": record,
        "page_of": {code: number for number, part in pages.items() for code in item_codes(part.section)},
        "lacking": {fault.place for fault in lacking},
        "text_of": {item.code: item.text for item in questionnaire.items()},
    }
