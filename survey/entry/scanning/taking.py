"""A scanned form on its way to the answers: looked at when something new is known of it, then taken in."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from questionnaires.faults import N_, Fault
from survey.collection import Refused, SurveyClosed
from survey.collection.form_trail import move_back
from survey.collection.paper import record_scan
from survey.collection.paper.locking import locked_form
from survey.collection.transaction import transaction
from survey.db import db
from survey.entry.scanning.cells import ScannedForm
from survey.entry.scanning.form_scans import UNREAD_STATES, scanned_form, sheets_of
from survey.entry.scanning.laying_aside import lay_aside
from survey.entry.scanning.noting import note_cells
from survey.entry.scanning.stored import dump_faults, read_faults
from survey.models import User

CLOSED = N_("The survey takes no paper forms now; this form waits.")


def take_form(form_id: int) -> str:
    """Look at all scans of a form; take it in where nothing is left to ask. What became of it: "taken",
    "open" where a person is asked or a page missing, "aside" where the form was read before.
    """
    with transaction():
        form = locked_form(form_id)
        sheets = sheets_of(form_id, lock=True)
        scanned = scanned_form(form, sheets)
        if scanned is None or form.state not in UNREAD_STATES:
            lay_aside(form, sheets)
            return "aside"
        move_back(form, sheets[0].scan.uploaded_by_id)
        note_cells(form, scanned, sheets)
        if scanned.missing_pages() or scanned.open_cells():
            return "open"
    try:
        return take_whole(form_id)
    except Refused as refusal:
        return keep_waiting(form_id, refusal.faults)
    except SurveyClosed:
        return keep_waiting(form_id, [Fault("", CLOSED)])


def take_whole(form_id: int) -> str:
    """Take the form in as it stands now, its sheets with it; "open" where somebody took an answer back, or
    took the form in, a moment ago. Raises Refused, SurveyClosed.
    """
    with transaction():
        form = locked_form(form_id)
        sheets = sheets_of(form_id, lock=True)
        scanned = scanned_form(form, sheets)
        if scanned is None or form.state not in UNREAD_STATES:
            return "open"
        if scanned.missing_pages() or scanned.open_cells():
            return "open"
        entries, person_id = scanned.entries(), last_to_speak(scanned)
        person = db.session.get(User, person_id) if person_id else None
        record_scan(form, entries.answers, entries.notes, person)
        for sheet in sheets:
            sheet.state = "settled"
        return "taken"


def last_to_speak(scanned: ScannedForm) -> int | None:
    """The person whose reading this is; nobody where the machine needed no help."""
    words = sorted(scanned.said.values(), key=lambda word: datetime.datetime.fromisoformat(word["at"]))
    return words[-1]["by"] if words else None


def keep_waiting(form_id: int, faults: Sequence[Fault]) -> str:
    """Why the form could not be taken in stands on its first page until the next try."""
    with transaction():
        sheets = sheets_of(form_id, lock=True)
        if sheets:
            sheets[0].reason = dump_faults([*read_faults(sheets[0].reason), *faults])
    return "open"
