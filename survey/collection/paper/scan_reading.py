"""The reading of a form's scan, beside one that somebody began by hand: nothing typed is overwritten."""

from __future__ import annotations

import uuid

from questionnaires.faults import N_, Fault
from questionnaires.paper import write_serial
from survey.collection.form_trail import NOT_NOW, note
from survey.collection.paper.locking import readings_of
from survey.collection.paper.open_readings import LEASE
from survey.collection.submission import Refused
from survey.db import db, now
from survey.models import FormReading, PaperForm, User

IN_HANDS = N_("Form %(serial)s is being keyed by %(name)s: its scan waits.")
BEGUN_BY_HAND = N_(
    "Form %(serial)s was begun by %(name)s and is not keyed to its end: its scan waits until somebody keys "
    "the form, or a supervisor puts it back."
)
SCAN_CAME = "Ảnh quét / scan"
"""The reason of a "taken_over" in the trail, where a scan ended a reading of which nothing was keyed."""


def scan_reading(form: PaperForm, person: User | None) -> FormReading:
    """A reading of the scan, whose doubts `person` decided last; the form is locked by the caller. One that
    was begun by hand and left with nothing keyed ends with that. Raises Refused.
    """
    found, _ = readings_of(form)
    if found is None:
        found = FormReading(form=form)
        db.session.add(found)
    else:
        require_left_empty(form, found)
        note(form, "taken_over", person.id if person else None, SCAN_CAME)
    found.kind, found.token, found.started_at, found.saved_at = "scan", uuid.uuid4(), now(), now()
    return found


def require_left_empty(form: PaperForm, reading: FormReading) -> None:
    if reading.state == "done":
        raise Refused([Fault("form", NOT_NOW, {"number": form.number})])
    values = {
        "serial": write_serial(form.serial) if form.serial else str(form.number),
        "name": reading.person.full_name if reading.person else "–",
    }
    if reading.saved_at >= now() - LEASE:
        raise Refused([Fault("form", IN_HANDS, values)])
    if reading.seq:
        raise Refused([Fault("form", BEGUN_BY_HAND, values)])
