"""The fast screen for what the machine doubts: a picture, yes or no, and the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from questionnaires.faults import N_, Fault
from survey.access import roles
from survey.addresses import argument, sent
from survey.collection import Refused
from survey.entry.blueprint import blueprint, page
from survey.entry.scanning.asking import Asked, asked_on
from survey.entry.scanning.finding import find_survey
from survey.entry.scanning.open_questions import Question, is_anything_open, open_questions
from survey.entry.scanning.saying import say, say_blank, take_back
from survey.entry.scanning.showing import note_proposals
from survey.entry.scanning.standing import doubts_left, standing
from survey.entry.scanning.taking import take_form
from survey.language import sentence

CHOOSE = N_("Choose an answer, or say that it is blank or cannot be read.")
NOTHING_TYPED = N_("Type what is written, or press “.” where nothing is.")
CHANGED = N_("This question was looked at by somebody else meanwhile. Please look again.")
LAST_FORM = "form_of_last_scan"
UNDO = "undo"
"""In the session: the page and the items of this person's last answer, while it can be taken back."""
ONE_BY_ONE, MOST_ONE_BY_ONE = "scans_one_by_one", 50
"""In the session: the last pages of which this person wanted to be asked cell by cell."""


@blueprint.get("/entry/surveys/<int:survey_id>/scans/doubts")
@roles("enumerator", "supervisor")
def doubts(survey_id: int) -> str:
    find_survey(survey_id)
    return show(survey_id, questions_behind(survey_id, argument("after") or 0))


@blueprint.post("/entry/surveys/<int:survey_id>/scans/doubts")
@roles("enumerator", "supervisor")
def settle_doubt(survey_id: int) -> ResponseReturnValue:
    """One answer. The form before it, if that was its last, is taken in now: until then it can be undone."""
    find_survey(survey_id)
    sheet_id, items = sent("sheet") or abort(400), request.form.getlist("item") or [""]
    deed, person_id = request.form.get("say", ""), current_user.id
    try:
        if deed == "one_by_one":
            session[ONE_BY_ONE] = [*session.get(ONE_BY_ONE, ()), sheet_id][-MOST_ONE_BY_ONE:]
        elif deed == "undo":
            session[UNDO] = None
            take_back(sheet_id, items, person_id)
        else:
            is_taken = take_finished(survey_id, answer(sheet_id, items, deed, person_id))
            session[UNDO] = None if is_taken else [sheet_id, *items]
    except Refused as refusal:
        return refused(survey_id, sheet_id, items[0], refusal.faults[0])
    if wants_no_page():
        return {"left": doubts_left(survey_id)}
    return redirect(url_for("entry.doubts", survey_id=survey_id, after=sheet_id - 1), 303)


def answer(sheet_id: int, items: Sequence[str], deed: str, person_id: int) -> int:
    """Raises Refused."""
    item = items[0]
    if deed == "blank_page":
        return say_blank(sheet_id, items, person_id)
    if deed == "yes":
        return confirm(sheet_id, item, person_id)
    texts = [text for text in request.form.getlist(item) if text.strip()]
    if deed in ("blank", "unreadable"):
        return say(sheet_id, item, (), deed, person_id)
    if deed not in ("choose", "impossible"):
        abort(400)
    if not texts:
        raise Refused([Fault(item, NOTHING_TYPED if "typed" in request.form else CHOOSE)])
    return say(sheet_id, item, texts, "impossible" if deed == "impossible" else "", person_id)


def confirm(sheet_id: int, item: str, person_id: int) -> int:
    """Yes to what was proposed on the page, if it still is. Raises Refused."""
    found = next((each for each in asked_on(sheet_id) if each.cell.item == item), None)
    if found is None or found.proposal is None or found.proposal != request.form.get("proposal"):
        raise Refused([Fault("form", CHANGED)])
    return say(sheet_id, item, found.cell.proposal or (), found.cell.note, person_id)


def take_finished(survey_id: int, form_id: int) -> bool:
    """Take in the form of this person's answer before; this one too, where nothing else is asked. Whether it
    is taken in.
    """
    last, session[LAST_FORM] = session.get(LAST_FORM), form_id
    if last not in (None, form_id):
        take_form(last)
    return not is_anything_open(survey_id) and take_form(form_id) == "taken"


def refused(survey_id: int, sheet_id: int, item: str, fault: Fault) -> ResponseReturnValue:
    """Why, at its place; what was typed stays."""
    if wants_no_page():
        return {"message": sentence(fault), "place": fault.place}, 422 if fault.place == item else 409
    questions = questions_behind(survey_id, sheet_id - 1)
    asked = [each for each in questions if isinstance(each, Asked)]
    at_fault = next((each for each in asked if (each.sheet.id, each.cell.item) == (sheet_id, item)), None)
    if at_fault is None or fault.place != item:
        flash(sentence(fault))
        return show(survey_id, questions), 409
    at_fault = replace(at_fault, fault=fault, typed=request.form.getlist(item))
    others = [each for each in questions if each.id != at_fault.id]
    return show(survey_id, [at_fault, *others]), 422


def questions_behind(survey_id: int, after: int) -> list[Question]:
    return open_questions(survey_id, after, session.get(ONE_BY_ONE, ()))


def wants_no_page() -> bool:
    """The page's script goes on by itself."""
    return request.headers.get("X-Requested-With") == "fetch"


def show(survey_id: int, questions: list[Question]) -> str:
    survey, person_id = find_survey(survey_id), current_user.id
    shown = page(
        "scanning/doubts.html",
        survey,
        questions=questions,
        standing=standing(survey_id),
        left=doubts_left(survey_id),
        undo=session.get(UNDO),
    )
    note_proposals(questions, person_id)
    return shown
