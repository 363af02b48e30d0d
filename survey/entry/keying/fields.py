"""What the keying screen's script sends: a form claimed, each field as it is keyed, the end of the form.

Replies are JSON. What is refused comes back as faults in the reader's words, each with its place: the code of
an item, "number", or "form" where this screen no longer holds the form.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from questionnaires.faults import Fault
from questionnaires.text import nfkc
from survey.access import roles
from survey.addresses import sent
from survey.collection import Refused, SurveyClosed
from survey.collection.paper import claim, finish, save_field, stay
from survey.collection.paper.saving import NOT_YOURS
from survey.db import db
from survey.entry.blueprint import blueprint, find_batch
from survey.entry.keying.replies import Reply, as_reply
from survey.entry.keying.scans import only_scans_left
from survey.entry.keying.storing import NO_PAPER_NOW
from survey.entry.keying.typed_numbers import number_typed
from survey.language import sentence
from survey.models import FormReading


def in_words(view: Callable[..., Reply]) -> Callable[..., ResponseReturnValue]:
    """Answer a refusal with its faults: 409 where the screen lost the form, 422 where something is wrong."""

    @wraps(view)
    def answer(**values: Any) -> ResponseReturnValue:
        try:
            return view(**values)
        except Refused as refusal:
            faults = refusal.faults
        except SurveyClosed:
            faults = (Fault("form", NO_PAPER_NOW),)
        told = [{"place": fault.place, "words": sentence(fault)} for fault in faults]
        is_lost = any(fault.place == "form" for fault in faults)
        return {"faults": told}, 409 if is_lost else 422

    return answer


@blueprint.post("/entry/batches/<int:batch_id>/claim")
@roles("enumerator", "supervisor")
@in_words
def claim_form(batch_id: int) -> Reply:
    """The next form for this person, or the one of the number sent, with what this person saved of it. Where
    there is none, and those left have their scans, that is said.
    """
    batch = find_batch(batch_id)
    kind = "second" if request.form.get("kind") == "second" else "first"
    typed = nfkc(request.form.get("number", "")).strip()
    number = number_typed(typed, batch) if typed else None
    held = claim(batch.id, current_user, kind, number=number, after=sent("after") or 0)
    if held is not None:
        return {"held": as_reply(held, find_batch(batch_id))}
    return {"held": None, "only_scans": only_scans_left(find_batch(batch_id)) if kind == "first" else ""}


@blueprint.post("/entry/readings/<int:reading_id>")
@roles("enumerator", "supervisor")
@in_words
def save_item(reading_id: int) -> Reply:
    token = own_token(reading_id)
    item = request.form.get("item", "")
    highest = save_field(
        reading_id,
        token,
        item,
        request.form.getlist("text"),
        note=request.form.get("note", ""),
        cursor=item,
        seq=sent("seq") or abort(400),
        undo="undo" in request.form,
    )
    return {"seq": highest}


@blueprint.post("/entry/readings/<int:reading_id>/stay")
@roles("enumerator", "supervisor")
@in_words
def stay_at_form(reading_id: int) -> Reply:
    stay(reading_id, own_token(reading_id))
    return {}


@blueprint.post("/entry/readings/<int:reading_id>/finish")
@roles("enumerator", "supervisor")
@in_words
def finish_form(reading_id: int) -> Reply:
    """Say nothing of the form's state: whether two readings agree is not for the second keyer to know."""
    finish(reading_id, own_token(reading_id))
    return {}


def own_token(reading_id: int) -> uuid.UUID:
    """The token that was sent, where the reading is this person's; a screen outlives a change of users."""
    try:
        token = uuid.UUID(request.form.get("token", ""))
    except ValueError:
        abort(400)
    reading = db.session.get(FormReading, reading_id)
    if reading is None or reading.person_id != current_user.id:
        raise Refused([Fault("form", NOT_YOURS)])
    return token
