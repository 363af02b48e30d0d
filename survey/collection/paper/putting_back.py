"""A form taken out of the hands of who keys it: after a slip in its number, or where its keyer has left."""

from __future__ import annotations

from questionnaires.faults import N_, Fault
from survey import audit
from survey.collection.paper.locking import locked_form, readings_of
from survey.collection.submission import Refused
from survey.collection.transaction import transaction
from survey.db import db
from survey.models import PaperForm

NOBODY_KEYS_IT = N_("Nobody has form %(number)s open for this keying now: it was finished or put back.")


def put_back(form_id: int, kind: str) -> None:
    """Throw away what was typed of a form in a "first" or "second" reading that is not finished: the form
    waits to be keyed again, by anybody who may. A form printed elsewhere and known by that reading alone is
    known no more.

    Raises Refused where nobody has such a reading open.
    """
    with transaction():
        form = locked_form(form_id)
        first, second = readings_of(form)
        reading = second if kind == "second" else first
        if reading is None or reading.state != "open":
            raise Refused([Fault("form", NOBODY_KEYS_IT, {"number": form.number})])
        facts = {"number": form.number, "reading": kind, "keyer": reading.person_id}
        audit.record("form.put_back", f"batch {form.batch.code}", **facts)
        db.session.delete(reading)
        db.session.flush()
        if kind == "first" and is_known_by_it_alone(form):
            db.session.delete(form)


def is_known_by_it_alone(form: PaperForm) -> bool:
    return form.batch.printed_on is None and not form.events
