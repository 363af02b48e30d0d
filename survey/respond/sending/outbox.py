"""Where a browser sends what was answered without a connection: stored once, however often it arrives."""

from __future__ import annotations

from flask import jsonify
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
from survey.respond.sending.received import Texts, received, told, unreadable
from survey.respond.sending.signals import flags_of
from survey.respond.sending.ticket import Ticket
from survey.respond.visit import current_visit, keep_sent
from survey.security import csrf

TAKEN_BACK = N_("These answers were taken back, or are past their last day of keeping. Nothing is kept.")
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


@blueprint.post("/k/<slug>/outbox")
@public
@csrf.exempt  # the ticket in our signature takes the token's place: only who began the visit holds it
def receive(slug: str) -> ResponseReturnValue:
    """Accept a form as JSON: {"ticket": …, "answers": {item: [texts]}}. Nothing limits how often: a ticket
    sends one form however often it is tried.
    """
    found = received(slug)
    if found is None:
        return unreadable()
    try:
        return accept(found.ticket, found.texts)
    except Refused as refusal:
        return told_faults(list(refusal.faults))
    except tuple(REASONS) as reason:
        if isinstance(reason, SurveyClosed) and reason.standing == "paused":
            return told("paused", 403, gettext(PAUSED))
        state, status, words = REASONS[type(reason)]
        return told(state, status, gettext(words))


def accept(found: Ticket, texts: Texts) -> ResponseReturnValue:
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


def told_faults(faults: list[Fault]) -> ResponseReturnValue:
    listed = [{"place": fault.place, "sentence": sentence(fault)} for fault in faults]
    return jsonify(state="refused", faults=listed), 422
