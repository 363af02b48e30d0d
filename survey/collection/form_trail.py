"""What may become of a paper form, and the trail that every step leaves."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaires.faults import N_, Fault
from survey.collection.submission import Refused
from survey.db import db, now
from survey.models import FormEvent, PaperForm
from survey.models.paper import GONE_STATES

REASON_NEEDED = N_("Say why.")
NOT_NOW = N_("Form %(number)s cannot be marked so: meanwhile it was marked, or keyed, otherwise.")
NEED_A_REASON = {"rejected", *GONE_STATES}

MOVES: Mapping[str, frozenset[str]] = {
    "printed": frozenset({"issued", "returned", *GONE_STATES}),
    "issued": frozenset({"returned", *GONE_STATES}),
    "returned": frozenset({"entered", "rejected", *GONE_STATES}),
    "entered": frozenset({"disputed", "accepted", "rejected"}),
    "disputed": frozenset({"accepted", "rejected"}),
    "accepted": frozenset({"disputed", "rejected"}),
    "rejected": frozenset(),
    # found again, or not spoiled after all
    **dict.fromkeys(GONE_STATES, frozenset({"returned"})),
}


def move(form: PaperForm, state: str, person_id: int | None, reason: str = "") -> None:
    """Bring a form, locked by the caller, into a state. Raises Refused where none leads there from its own,
    or where a reason is lacking.
    """
    reason = reason.strip()
    if state in NEED_A_REASON and not reason:
        raise Refused([Fault("reason", REASON_NEEDED)])
    if state not in MOVES[form.state]:
        raise Refused([Fault("form", NOT_NOW, {"number": form.number})])
    form.state, form.reason = state, reason
    note(form, state, person_id, reason)


def move_back(form: PaperForm, person_id: int | None) -> None:
    """Whoever reads a form has it in hand: it is returned, where nobody has said so yet."""
    if form.state in ("printed", "issued"):
        move(form, "returned", person_id)


def note(form: PaperForm, event: str, person_id: int | None, reason: str = "") -> None:
    db.session.add(FormEvent(form=form, event=event, at=now(), person_id=person_id, reason=reason.strip()))
