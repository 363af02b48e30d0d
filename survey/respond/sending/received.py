"""What a browser sends by itself, a ticket and raw texts as JSON, and replies that a script understands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.faults import N_
from survey.respond.sending import ticket

UNREADABLE = N_("These answers did not arrive as this survey sends them. Nothing was stored.")
Texts = Mapping[str, list[str]]


class Received(NamedTuple):
    """One person's ticket with the raw texts sent under it; `before` are those they stand in place of."""

    ticket: ticket.Ticket
    texts: Texts
    before: Texts


def received(slug: str) -> Received | None:
    """What was sent as {"ticket": …, "answers": {item: [texts]}, "before": {item: [texts]}}, the last being
    optional; None of anything else, and of a ticket for another survey.
    """
    sent = what_was_sent()
    found = ticket.read(sent.get("ticket")) if isinstance(sent, dict) else None
    if found is None or found.survey.slug != slug.lower() or found.visit.sent:
        return None
    texts, before = answer_texts(sent.get("answers")), answer_texts(sent.get("before", {}))
    return None if texts is None or before is None else Received(found, texts, before)


def what_was_sent() -> Any:
    """The JSON; None of what is none, or is nested deeper than anything we make."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


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


def unreadable() -> ResponseReturnValue:
    return told("unreadable", 400, gettext(UNREADABLE))
