"""Keying a paper form: the whole questionnaire on one screen, checked as answers from the web are."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from questionnaires.answers import read_form
from questionnaires.faults import N_, Fault
from questionnaires.routing import on_route
from questionnaires.schema import Questionnaire
from questionnaires.written import Unreadable, read_number
from survey.access import roles
from survey.addresses import argument
from survey.collection import PaperEntry, Refused, Submission, SurveyClosed, require_open, submit
from survey.collection.checking import answer_faults
from survey.db import db, today
from survey.entry.blueprint import blueprint, find_batch, page
from survey.entry.progress import keyed_numbers, known_numbers, next_number
from survey.entry.screen import Filled, lines_of, screen
from survey.errors import UserError
from survey.models import Batch, ResponseVersion

LARGEST_NUMBER = 999_999_999

NUMBER_NEEDED = N_("Enter the number printed on the form: a whole number above 0.")
NO_PAPER_NOW = N_("This survey takes no paper forms now. Nothing was saved.")
SAVED_OTHERWISE = N_(
    "Form %(number)s was saved from this page before, with other answers. Nothing was changed: "
    "a supervisor can correct it."
)
BATCH_IS_CLOSED = N_("This batch is closed: it takes no more forms.")


@dataclass(frozen=True)
class Keyed:
    """A form as it stands on the screen. `token` makes a repeated request the same form again."""

    token: uuid.UUID
    number: str
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    blanks_confirmed: bool = False

    def form_number(self) -> int | None:
        try:
            number = read_number(self.number)
        except Unreadable:
            return None
        return number if isinstance(number, int) and 0 < number <= LARGEST_NUMBER else None

    def response_id(self, batch: Batch) -> uuid.UUID:
        """The same for the same form of this page; another number is another form, even after going back."""
        return uuid.uuid5(self.token, f"{batch.id}/{self.form_number()}")


@blueprint.get("/entry/batches/<int:batch_id>/key")
@roles("enumerator", "supervisor")
def key(batch_id: int) -> str:
    batch = find_batch(batch_id)
    require_keying(batch)
    number = next_number(known_numbers(batch), argument("after"))
    return show(batch, Keyed(uuid.uuid4(), str(number)))


def require_keying(batch: Batch) -> None:
    """Say so before anything is typed. Raises UserError."""
    if batch.closed:
        raise UserError(BATCH_IS_CLOSED, status=409)
    try:
        require_open(batch.survey, "keyed")
    except SurveyClosed:
        raise UserError(NO_PAPER_NOW, status=409) from None


@blueprint.post("/entry/batches/<int:batch_id>/key")
@roles("enumerator", "supervisor")
def save(batch_id: int) -> ResponseReturnValue:
    batch = find_batch(batch_id)
    keyed, faults = read_screen(batch.survey.questionnaire_version.questionnaire)
    faults = faults or store(batch, keyed)
    if faults:
        return show(batch, keyed, faults), 422
    return go_on(batch, keyed.form_number())


def read_screen(questionnaire: Questionnaire) -> tuple[Keyed, list[Fault]]:
    """The form in this request, and every fault in it."""
    try:
        token = uuid.UUID(request.form.get("form-token", ""))
    except ValueError:
        abort(400)
    blanks_confirmed = "form-blanks" in request.form
    answers, faults = read_answers(questionnaire, with_blanks=blanks_confirmed)
    number = request.form.get("form-number", "").strip()
    keyed = Keyed(token, number, request.form.to_dict(flat=False), answers, blanks_confirmed)
    if keyed.form_number() is None:
        faults = [Fault("form-number", NUMBER_NEEDED), *faults]
    return keyed, faults


def read_answers(questionnaire: Questionnaire, *, with_blanks: bool) -> tuple[dict[str, Any], list[Fault]]:
    """The answers on the screen, and everything wrong with them in the order of the lines."""
    reading = read_form(questionnaire, request.form.to_dict(flat=False))
    checked = answer_faults(questionnaire, reading.answers, with_blanks=with_blanks)
    by_place = {fault.place: fault for fault in [*checked, *reading.faults]}
    return reading.answers, [by_place[item.code] for item in questionnaire.items() if item.code in by_place]


def store(batch: Batch, keyed: Keyed) -> list[Fault]:
    """Save the form; what stands in the way of that, if anything does."""
    paper = PaperEntry(batch.id, keyed.form_number(), current_user.id)
    submission = Submission(
        keyed.response_id(batch),
        batch.stratum_id,
        keyed.answers,
        mode="keyed",
        paper=paper,
        blanks_confirmed=keyed.blanks_confirmed,
    )
    try:
        outcome = submit(batch.survey, submission)
    except Refused as refusal:
        return [Fault("form-number", fault.template, fault.values) for fault in refusal.faults]
    except SurveyClosed:
        return [Fault("", NO_PAPER_NOW)]
    if outcome.repeated and is_changed(batch, outcome.response_id, keyed.answers):
        return [Fault("form-number", SAVED_OTHERWISE, {"number": paper.number})]
    return []


def is_changed(batch: Batch, response_id: uuid.UUID, answers: Mapping[str, Any]) -> bool:
    """Whether a page that was sent before now holds other answers."""
    stored = db.session.get_one(ResponseVersion, (response_id, 1))
    questionnaire = batch.survey.questionnaire_version.questionnaire
    return stored.answers != on_route(questionnaire, answers, today=today())


def go_on(batch: Batch, number: int) -> ResponseReturnValue:
    """To the next form; to the batch when all its forms are keyed."""
    flash(gettext("Form %(number)s is saved.", number=number))
    if len(known_numbers(batch)) == batch.forms_expected:
        flash(gettext("All forms of this batch are keyed."))
        return redirect(url_for("entry.batch", batch_id=batch.id), 303)
    return redirect(url_for("entry.key", batch_id=batch.id, after=number), 303)


def show(batch: Batch, keyed: Keyed, faults: Sequence[Fault] = ()) -> str:
    filled = filled_screen(batch.survey.questionnaire_version.questionnaire, keyed, faults)
    return page("key.html", batch.survey, batch=batch, done=len(keyed_numbers(batch)), **filled)


def filled_screen(questionnaire: Questionnaire, keyed: Keyed, faults: Sequence[Fault]) -> dict[str, Any]:
    """What the screen shows of a form, whatever batch it is of."""
    return {
        "parts": screen(questionnaire),
        "numbers": {line.item.code: line.number for line in lines_of(questionnaire)},
        "keyed": keyed,
        "filled": Filled(keyed.texts, faults),
        "today": today(),
    }
