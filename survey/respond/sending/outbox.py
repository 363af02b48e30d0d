"""Where a browser sends what was answered without a connection: stored once, however often it arrives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.answers import read_form
from questionnaires.faults import N_, Fault
from survey.access import public
from survey.collection import (
    CodeUsed,
    QuotaFull,
    Refused,
    Submission,
    SurveyClosed,
    asked_of,
    is_held,
    says_what_is_stored,
    submit,
)
from survey.language import sentence
from survey.respond import statistics
from survey.respond.blueprint import blueprint
from survey.respond.sending import ticket
from survey.respond.sending.signals import flags_of
from survey.respond.visit import current_visit, keep_sent
from survey.security import csrf

TAKEN_BACK = N_("These answers were taken back, or are past their last day of keeping. Nothing is kept.")
UNREADABLE = N_("These answers did not arrive as this survey sends them. Nothing was stored.")
OTHERS_STORED = N_(
    "This form was sent before with other answers, from here or from another device. "
    "Those are stored, not these."
)
PAUSED = N_("The survey is paused. Your answers are kept on this device and sent when it goes on.")
REASONS = {
    CodeUsed: ("used", 409, N_("Answers were sent with this code before. These were not stored.")),
    QuotaFull: ("full", 403, N_("There are enough answers from people like you. These were not stored.")),
    SurveyClosed: ("closed", 410, N_("The survey takes no answers now. These were not stored.")),
}
Texts = Mapping[str, list[str]]


@blueprint.post("/k/<slug>/outbox")
@public
@csrf.exempt  # the ticket in our signature takes the token's place: only who began the visit holds it
def receive(slug: str) -> ResponseReturnValue:
    """Accept a form as JSON: {"ticket": …, "answers": {item: [texts]}}. Nothing limits how often: a ticket
    sends one form however often it is tried.
    """
    sent = what_was_sent()
    found = ticket.read(sent.get("ticket")) if isinstance(sent, dict) else None
    texts = answer_texts(sent.get("answers")) if found else None
    if found is None or texts is None or found.survey.slug != slug.lower() or found.visit.sent:
        return told("unreadable", 400, gettext(UNREADABLE))
    try:
        return accept(found, texts)
    except Refused as refusal:
        return told_faults(list(refusal.faults))
    except tuple(REASONS) as reason:
        if isinstance(reason, SurveyClosed) and reason.standing == "paused":
            return told("paused", 403, gettext(PAUSED))
        state, status, words = REASONS[type(reason)]
        return told(state, status, gettext(words))


def what_was_sent() -> Any:
    """The JSON; None of what is none, or is nested deeper than anything we make."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def accept(found: ticket.Ticket, texts: Texts) -> ResponseReturnValue:
    survey, visit = found.survey, found.visit
    reading = read_form(asked_of(survey), texts)
    if reading.faults:
        return told_faults(reading.faults)
    submission = Submission(
        visit.response_id,
        found.stratum_id,
        reading.answers,
        visit.mode,
        flags=flags_of(survey, visit, reading.answers),
    )
    outcome = submit(survey, submission, code_hash=visit.burns or None, draft_hash=visit.draft_hash)
    if outcome.repeated and not is_held(survey, visit.response_id):
        return told("withdrawn", 410, gettext(TAKEN_BACK))
    if outcome.repeated and not says_what_is_stored(survey, submission):
        return told("used", 409, gettext(OTHERS_STORED))
    statistics.finished(survey, "outbox", visit, outcome)
    current = current_visit(survey)
    if current is not None and current.mark == visit.mark:
        keep_sent(survey, current)
    return jsonify(state="stored", receipt=visit.receipt)


def answer_texts(sent: Any) -> Texts | None:
    """The raw texts of a form, item by item; None where they have another shape."""
    if not isinstance(sent, dict):
        return None
    is_sound = all(
        isinstance(texts, list) and all(isinstance(text, str) and "\0" not in text for text in texts)
        for texts in sent.values()
    )
    return sent if is_sound else None


def told(state: str, status: int, words: str) -> ResponseReturnValue:
    return jsonify(state=state, message=words), status


def told_faults(faults: list[Fault]) -> ResponseReturnValue:
    listed = [{"place": fault.place, "sentence": sentence(fault)} for fault in faults]
    return jsonify(state="refused", faults=listed), 422
