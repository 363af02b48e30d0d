"""Pages that the machine could not read: brought to their form by a person, kept with it as a picture alone,
or laid aside as not needed.
"""

from __future__ import annotations

import sqlalchemy as sa

from questionnaires.faults import N_, Fault
from questionnaires.paper import write_serial
from questionnaires.scanning import PageReading
from survey import audit
from survey.collection import Refused
from survey.collection.form_trail import move_back
from survey.collection.paper.locking import locked_form
from survey.collection.transaction import transaction
from survey.db import db
from survey.entry.scanning.by_whom import ATTACHED, DONE, NOT_NEEDED, word
from survey.entry.scanning.form_scans import UNREAD_STATES
from survey.entry.scanning.laying_aside import FORM_GONE, READ_BEFORE
from survey.entry.scanning.noting import sheet_place
from survey.entry.scanning.placing import placed
from survey.entry.scanning.stored import dump_faults, dump_reading, read_faults
from survey.models import PaperForm, Scan, ScanPage
from survey.models.paper import GONE_STATES
from survey.scan_store import scan_store

CHANGED = N_("Somebody else dealt with page %(page)s of “%(file)s” meanwhile.")
TO_BE_KEYED = N_(
    "The machine cannot read page %(form_page)s of form %(serial)s. Its picture is kept with the form, which "
    "is to be keyed."
)


def place_as_told(sheet_id: int, reading: PageReading, person_id: int) -> int:
    """Bring a page to the form that it was read as; the id of that form. Raises Refused."""
    store = scan_store()
    key = store.put(reading.picture)
    try:
        with transaction():
            sheet = locked_sheet(sheet_id, "unreadable")
            where = placed(sheet.scan, reading)
            if where.form_id is None:
                raise Refused(where.faults)
            replaced, sheet.key = sheet.key, key
            sheet.form_id, sheet.page, sheet.state = where.form_id, reading.page, where.state
            sheet.reason = dump_faults(where.faults)
            sheet.readings = {**dump_reading(reading), "told": word(person_id)}
            note(sheet, "told", form=write_serial(reading.serial), as_page=reading.page)
    except BaseException:
        store.delete(key)
        raise
    if replaced:
        store.delete(replaced)
    return where.form_id


def keep_with_form(sheet_id: int, form_id: int, page: int, person_id: int) -> None:
    """Keep the picture of a page with its form, which people are to key. Raises Refused."""
    with transaction():
        form = locked_form(form_id)
        sheet = locked_sheet(sheet_id, "unreadable")
        reason = kept_because(form, sheet, page)
        if form.state in UNREAD_STATES:
            move_back(form, person_id)
        before = {"page": sheet.page, "reason": sheet.reason}
        sheet.readings = {**sheet.readings, ATTACHED: {**word(person_id), **before}}
        sheet.form_id, sheet.page, sheet.state = form_id, page, "set_aside"
        sheet.reason = dump_faults([*read_faults(sheet.reason), reason])
        note(sheet, "attached", form=write_serial(form.serial or 0), as_page=page)


def kept_because(form: PaperForm, sheet: ScanPage, page: int) -> Fault:
    values = {"serial": write_serial(form.serial or 0), "form_page": page}
    if form.state in UNREAD_STATES:
        return Fault(sheet_place(sheet), TO_BE_KEYED, values)
    return Fault(sheet_place(sheet), FORM_GONE if form.state in GONE_STATES else READ_BEFORE, values)


def lay_aside_unread(sheet_id: int, person_id: int) -> None:
    """A blank back, a cover sheet: nothing of it is needed. Raises Refused."""
    with transaction():
        sheet = locked_sheet(sheet_id, "unreadable")
        sheet.readings = {**sheet.readings, NOT_NEEDED: word(person_id)}
        sheet.state = "set_aside"
        note(sheet, "not_needed")


def take_back_unread(sheet_id: int) -> None:
    """Let a page that a person laid aside, or kept with a form, be as it was before. Raises Refused."""
    with transaction():
        sheet = locked_sheet(sheet_id, "set_aside")
        attached = sheet.readings.get(ATTACHED)
        if attached is None and NOT_NEEDED not in sheet.readings:
            raise Refused([changed(sheet)])
        if attached:
            sheet.form_id, sheet.page, sheet.reason = None, attached["page"], attached["reason"]
        deeds = (ATTACHED, NOT_NEEDED, DONE)
        sheet.readings = {name: each for name, each in sheet.readings.items() if name not in deeds}
        sheet.state = "unreadable"
        note(sheet, "taken_back")


def locked_sheet(sheet_id: int, state: str) -> ScanPage:
    """The page, its scan locked before it as where pictures are deleted. Raises Refused where it is in
    another state meanwhile, or its pictures are gone.
    """
    scan_id = db.session.scalars(sa.select(ScanPage.scan_id).filter_by(id=sheet_id)).one()
    scan = db.session.get_one(Scan, scan_id, with_for_update=True, populate_existing=True)
    sheet = db.session.get_one(ScanPage, sheet_id, with_for_update=True, populate_existing=True)
    if sheet.state != state or scan.state == "deleted":
        raise Refused([changed(sheet)])
    return sheet


def is_open(sheet: ScanPage) -> bool:
    """Whether somebody may say what page it is: nobody reads it once its pictures are deleted."""
    return sheet.state == "unreadable" and sheet.scan.state != "deleted"


def changed(sheet: ScanPage) -> Fault:
    return Fault("form", CHANGED, {"page": sheet.position, "file": sheet.scan.name})


def note(sheet: ScanPage, deed: str, **details: object) -> None:
    subject = f"survey {sheet.scan.survey.code}"
    audit.record(f"scan.page_{deed}", subject, scan=sheet.scan_id, page=sheet.position, **details)
