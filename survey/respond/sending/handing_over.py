"""Where a browser hands over what was answered without a connection, before the form is finished: from then
on the code leads to it on any device.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.answers import check_answers, read_form, write_form
from questionnaires.faults import N_
from questionnaires.schema import Questionnaire
from survey.access import public
from survey.collection import DraftMissing, SurveyClosed, asked_of, is_full, save_answers
from survey.collection.drafts import fingerprint
from survey.db import today
from survey.models import Draft, Survey
from survey.respond import statistics
from survey.respond.answering.booklet import booklet_of
from survey.respond.answering.pages import draft_of
from survey.respond.blueprint import blueprint, find_survey
from survey.respond.sending.received import Received, Texts, received, told, unreadable
from survey.security import csrf

GONE = N_("These answers can no longer be saved here: the form was sent, or its code is no longer in use.")
FULL = N_("There are enough answers from people like you. These would not be counted.")
CLOSED = N_("The survey takes no answers now. These are on this device alone.")


@blueprint.post("/k/<slug>/draft")
@public
@csrf.exempt  # the ticket in our signature takes the token's place, as in the outbox
def hand_over(slug: str) -> ResponseReturnValue:
    """Keep the answers sent in the draft, which keeps its others. Reply: {"state": "saved", "answers": all
    texts of the draft, "revision": its count of changes, "refused": [items that cannot be kept as they are],
    "overwritten": bool}, with a "message" where the answers are too many.
    """
    found = received(slug)
    survey = find_survey(slug)
    if found is None:
        return unreadable()
    draft = draft_of(survey, found.ticket.visit)
    try:
        if draft is None:
            raise DraftMissing
        return keep_in(draft, survey, found)
    except DraftMissing:
        return told("gone", 409, gettext(GONE))
    except SurveyClosed as reason:
        return told(reason.standing, 403, gettext(CLOSED))


def keep_in(draft: Draft, survey: Survey, found: Received) -> ResponseReturnValue:
    """Raises DraftMissing, SurveyClosed."""
    questionnaire, before, stratum_id = asked_of(survey), draft.answers, draft.stratum_id
    sound, refused = sifted(questionnaire, before, found.texts)
    items = found.texts.keys() - refused
    seen = fingerprint(read_form(questionnaire, found.before).answers, items)
    saved = save_answers(survey, found.ticket.visit.draft_hash, items, sound, seen)
    statistics.pages_handed_over(survey, booklet_of(survey), before, saved.answers)
    reply = {
        "state": "saved",
        "answers": write_form(saved.answers),
        "revision": saved.revision,
        "refused": sorted(refused),
        "overwritten": bool(items) and saved.overwritten,
    }
    too_many = is_full(survey.id, stratum_id, saved.answers)
    return jsonify(reply | {"message": gettext(FULL)} if too_many else reply)


def sifted(
    questionnaire: Questionnaire, stored: Mapping[str, Any], texts: Texts
) -> tuple[dict[str, Any], set[str]]:
    """The answers in `texts` that can be kept beside those stored, and the items whose texts cannot be: what
    is no answer, or no item of this form any more.
    """
    reading = read_form(questionnaire, texts)
    others = {code: answer for code, answer in stored.items() if code not in texts}
    found = check_answers(questionnaire, others | reading.answers, today=today(), complete=False)
    faulty = {fault.place for fault in [*found, *reading.faults]}
    refused = texts.keys() & faulty | texts.keys() - questionnaire.item_of.keys()
    return {code: answer for code, answer in reading.answers.items() if code not in refused}, refused
