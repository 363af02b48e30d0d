"""One section a page: show it, keep every valid part of what was typed, go on where the answers lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.answers import check_answers, read_form
from questionnaires.faults import Fault
from questionnaires.routing import AskedSection
from questionnaires.schema import Question, Questionnaire, Section
from survey.access import public
from survey.collection import DraftMissing, find_draft, require_open, save_answers
from survey.db import today
from survey.language import LANGUAGES, remember
from survey.models import Draft, Survey
from survey.respond import notices
from survey.respond.blueprint import blueprint, find_survey
from survey.respond.route import (
    Answers,
    asked_codes,
    first_open_page,
    item_codes,
    page_after,
    page_url,
    way,
)
from survey.respond.section import raw_texts, show_page
from survey.respond.visit import Visit, current_visit

# No code of an item has a hyphen.
CONTROLS = {"csrf_token", "form-response", "form-seen", "form-back", "form-live", "form-language"}


@dataclass(frozen=True)
class Posted:
    """What a page sent: the draft's answers with this page's, the faults, and the page's sound answers."""

    merged: dict[str, Any]
    faults: list[Fault]
    sound: dict[str, Any]


@blueprint.get("/k/<slug>/<int:step>")
@public
def show_section(slug: str, step: int) -> ResponseReturnValue:
    survey = find_survey(slug)
    require_open(survey, "online")
    visit = current_visit(survey)
    draft = draft_of(survey, visit)
    if draft is None:
        return redirect(url_for("respond.thanks" if visit and visit.sent else "respond.start", slug=slug))
    pages = way(survey.questionnaire_version.questionnaire, draft.answers)
    if step not in pages:
        return redirect(page_url(survey, page_after(pages, step)))
    return show_page(survey, visit, draft, step, raw_texts(draft.answers))


@blueprint.post("/k/<slug>/<int:step>")
@public
def save_section(slug: str, step: int) -> ResponseReturnValue:
    survey = find_survey(slug)
    visit = current_visit(survey)
    draft = draft_of(survey, visit)
    if draft is None or request.form.get("form-response") != visit.response:
        raise DraftMissing  # sent already, or a page that an earlier person left open
    questionnaire = survey.questionnaire_version.questionnaire
    before = way(questionnaire, draft.answers).get(step)
    if before is None:
        return notices.show(notices.NO_LONGER_ASKED, survey, next_url=first_open_page(survey, draft.answers))
    if set(request.form) - CONTROLS - set(item_codes(before.section)):
        return notices.show(notices.NOT_ON_THIS_PAGE, survey, next_url=page_url(survey, step))
    return keep_and_go_on(survey, visit, draft, step, before)


def draft_of(survey: Survey, visit: Visit | None) -> Draft | None:
    return find_draft(survey, visit.draft_hash) if visit and not visit.sent else None


def keep_and_go_on(
    survey: Survey, visit: Visit, draft: Draft, step: int, before: AskedSection
) -> ResponseReturnValue:
    questionnaire = survey.questionnaire_version.questionnaire
    posted = read_page(questionnaire, before.section, draft.answers)
    saved = save_answers(
        survey, visit.draft_hash, item_codes(before.section), posted.sound, request.form.get("form-seen", "")
    )
    if saved.overwritten:
        flash(gettext("This page was changed in another window too. What you sent last was kept."))
    if request.form.get("form-language") in LANGUAGES:
        return remember(redirect(request.full_path, 303), request.form["form-language"])
    revealed = newly_asked(questionnaire, step, before, posted.merged)
    faults = [fault for fault in posted.faults if fault.place not in codes_of(revealed)]
    if faults:
        typed = request.form.to_dict(flat=False)
        return show_page(survey, visit, draft, step, typed, posted.merged, faults), 422
    if revealed:
        flash(gettext("Because of your answer, there is more to ask on this page."))
        return redirect(page_url(survey, step, back=request.form.get("form-back") or None), 303)
    return redirect(next_url(survey, step, saved.answers), 303)


def read_page(questionnaire: Questionnaire, section: Section, answers: Answers) -> Posted:
    """Read and check the form of a page. What cannot be read or is wrong is a fault, and not kept."""
    here = item_codes(section)
    reading = read_form(questionnaire, request.form.to_dict(flat=False))
    elsewhere = {code: answer for code, answer in answers.items() if code not in here}
    merged = elsewhere | reading.answers
    found = check_answers(questionnaire, merged, today=today(), complete=True, only=section)
    by_place = {fault.place: fault for fault in [*found, *reading.faults]}
    sound = {code: answer for code, answer in reading.answers.items() if code not in by_place}
    return Posted(merged, [by_place[code] for code in here if code in by_place], sound)


def newly_asked(
    questionnaire: Questionnaire, step: int, before: AskedSection, answers: Answers
) -> list[Question]:
    """Questions of this page that these answers brought up, which a browser without scripts did not show."""
    if request.form.get("form-live"):
        return []
    after = way(questionnaire, answers).get(step)
    shown = asked_codes(before)
    return [question for question in after.questions if question.code not in shown] if after else []


def codes_of(questions: Sequence[Question]) -> set[str]:
    return {item.code for question in questions for item in question.items()}


def next_url(survey: Survey, step: int, answers: Answers) -> str:
    pages = way(survey.questionnaire_version.questionnaire, answers)
    if request.form.get("form-back") == "check":
        return first_open_page(survey, answers)
    return page_url(survey, page_after(pages, step))
