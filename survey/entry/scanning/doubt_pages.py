"""The fast screen for what the machine doubts: a picture, yes or no, and the next."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from questionnaires.faults import N_, Fault
from survey.access import roles
from survey.addresses import argument, sent
from survey.collection import Refused
from survey.entry.blueprint import blueprint, page
from survey.entry.scanning.asking import Asked, asked_on, is_anything_open, open_cells
from survey.entry.scanning.finding import find_survey
from survey.entry.scanning.saying import say, take_back
from survey.entry.scanning.showing import note_proposals
from survey.entry.scanning.standing import doubts_of, standing
from survey.entry.scanning.taking import take_form
from survey.language import sentence

CHOOSE = N_("Choose an answer, or say that it is blank or cannot be read.")
NOTHING_TYPED = N_("Type what is written, or press “.” where nothing is.")
CHANGED = N_("This question was looked at by somebody else meanwhile. Please look again.")
LAST_FORM = "form_of_last_scan"


@blueprint.get("/entry/surveys/<int:survey_id>/scans/doubts")
@roles("enumerator", "supervisor")
def doubts(survey_id: int) -> str:
    survey = find_survey(survey_id)
    cells = open_cells(survey.id, argument("after") or 0)
    return show(survey_id, cells)


@blueprint.post("/entry/surveys/<int:survey_id>/scans/doubts")
@roles("enumerator", "supervisor")
def settle_doubt(survey_id: int) -> ResponseReturnValue:
    """One answer. The form before it, if that was its last, is taken in now: until then it can be undone."""
    find_survey(survey_id)
    sheet_id, item = sent("sheet") or abort(400), request.form.get("item", "")
    deed, person_id = request.form.get("say", ""), current_user.id
    try:
        if deed == "undo":
            take_back(sheet_id, item, person_id)
        else:
            take_finished(survey_id, answer(sheet_id, item, deed, person_id))
    except Refused as refusal:
        return refused(survey_id, sheet_id, item, refusal.faults[0])
    if wants_no_page():
        return "", 204
    session["undo"] = None if deed == "undo" else [sheet_id, item]
    return redirect(url_for("entry.doubts", survey_id=survey_id, after=sheet_id - 1), 303)


def answer(sheet_id: int, item: str, deed: str, person_id: int) -> int:
    """Raises Refused."""
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


def take_finished(survey_id: int, form_id: int) -> None:
    """Take in the form of this person's answer before; this one too, where nothing else is asked."""
    last, session[LAST_FORM] = session.get(LAST_FORM), form_id
    if last not in (None, form_id):
        take_form(last)
    if not is_anything_open(survey_id):
        take_form(form_id)


def refused(survey_id: int, sheet_id: int, item: str, fault: Fault) -> ResponseReturnValue:
    """Why, at its place; what was typed stays."""
    if wants_no_page():
        return {"message": sentence(fault), "place": fault.place}, 422 if fault.place == item else 409
    cells = open_cells(survey_id, sheet_id - 1)
    at_fault = next((each for each in cells if (each.sheet.id, each.cell.item) == (sheet_id, item)), None)
    if at_fault is None or fault.place != item:
        flash(sentence(fault))
        return show(survey_id, cells), 409
    at_fault = replace(at_fault, fault=fault, typed=request.form.getlist(item))
    others = [each for each in cells if each.id != at_fault.id]
    return show(survey_id, [at_fault, *others]), 422


def wants_no_page() -> bool:
    """The page's script goes on by itself."""
    return request.headers.get("X-Requested-With") == "fetch"


def show(survey_id: int, cells: list[Asked]) -> str:
    undo = session.get("undo")
    survey, state, person_id = find_survey(survey_id), standing(survey_id), current_user.id
    shown = page(
        "scanning/doubts.html", survey, cells=cells, standing=state, doubts=doubts_of(survey_id), undo=undo
    )
    note_proposals(cells, person_id)
    return shown
