"""In which state a form is, in words: the same on every page that shows forms or counts them."""

from __future__ import annotations

import sqlalchemy as sa

from questionnaires.faults import N_
from survey.collection.paper.scans_waiting import scan_waits
from survey.collection.paper_waiting import wants_second
from survey.db import db
from survey.entry.blueprint import blueprint
from survey.models import PaperForm

STATE_WORDS = {
    "printed": N_("Not issued yet"),
    "unseen": N_("Nothing noted yet"),
    "issued": N_("Issued, not back"),
    "returned": N_("Back, not keyed"),
    "scanned": N_("Scanned, not taken in"),
    "second": N_("To be keyed again"),
    "disputed": N_("To settle"),
    "to_check": N_("To check by eye"),
    "accepted": N_("Accepted"),
    "verified": N_("Verified"),
    "rejected": N_("Rejected"),
    "refused": N_("Refused"),
    "spoiled": N_("Spoiled"),
    "lost": N_("Lost"),
}
"""In the order of a form's way. What waits for a second person comes before what is accepted, and is not
counted there.
"""

STATE_MEANINGS = {
    "printed": N_("Printed; nobody has been given it yet."),
    "unseen": N_("Printed elsewhere, and neither marked nor keyed; it counts as handed out."),
    "issued": N_("Handed out; the paper is not back."),
    "returned": N_("The paper is here; nobody has keyed it, and no scan shows all of it."),
    "scanned": N_("Its scan is here; doubtful answers are to be decided, or it is to be taken in."),
    "second": N_("Keyed or scanned once; a second person is still to key it."),
    "disputed": N_("Its two readings differ; a supervisor decides what the paper says."),
    "to_check": N_("Its answers count; a second person is still to compare them with the paper."),
    "accepted": N_("Its answers count; the plan of its batch asks for no further check."),
    "verified": N_("Its answers count, and a second person has checked them."),
    "rejected": N_("A supervisor has rejected it and said why; its answers count nowhere, and stay stored."),
    "refused": N_("The person did not want to answer; it counts for the response rate."),
    "spoiled": N_("The paper cannot be used; if it had been handed out, it counts for the response rate."),
    "lost": N_("The paper is gone; it counts for the response rate, and if found it is back."),
}


def shown_state() -> sa.ColumnElement[str]:
    """The state of a form as a key of STATE_WORDS; a column of a query for forms."""
    is_accepted = PaperForm.state == "accepted"
    return sa.case(
        (scan_waits(), "scanned"),
        (sa.or_(PaperForm.state == "entered", wants_second()), "second"),
        (sa.and_(is_accepted, PaperForm.checked_by_id.is_not(None)), "verified"),
        (sa.and_(is_accepted, PaperForm.waits_for_check()), "to_check"),
        else_=PaperForm.state,
    )


def state_of(form: PaperForm) -> str:
    return db.session.scalars(sa.select(shown_state()).where(PaperForm.id == form.id)).one()


blueprint.add_app_template_filter(state_of, "shown_state")
blueprint.add_app_template_filter(STATE_WORDS.__getitem__, "state_words")
