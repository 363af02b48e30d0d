"""An unread page read once more, as the page that a person says it is, and brought to its form."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from functools import partial

import structlog

from questionnaires.faults import Fault
from questionnaires.scanning import PageReading, ScannedPage, ScanRefused, pages_of, read_page
from questionnaires.scanning.finding import TOLD_OTHERWISE
from questionnaires.scanning.many import read_alone
from questionnaires.scanning.opened_apart import pages_apart
from questionnaires.scanning.pages import OTHER_PAGE, unforeseen
from questionnaires.scanning.refused import UNFORESEEN
from survey.collection import Refused
from survey.db import db
from survey.entry.scanning.reading_job import NO_FILE
from survey.entry.scanning.stored import read_faults
from survey.entry.scanning.taking import take_form
from survey.entry.scanning.telling import Told
from survey.entry.scanning.unread import changed, is_open, keep_with_form, place_as_told
from survey.models import ScanPage
from survey.scan_store import ScanUnreadable, scan_store

FIELDS = {TOLD_OTHERWISE: "serial", OTHER_PAGE: "page"}
"""Of faults of the machine, where something else should have been typed."""

log = structlog.get_logger()


class StillUnread(Refused):
    """The machine cannot read a page as the one it is said to be; its picture may be kept all the same."""


def bring_to_form(sheet: ScanPage, told: Told, person_id: int, *, keeping: bool) -> str:
    """Read a page as the one it is said to be, and take its form in where nothing is left to ask; `keeping`:
    where it still cannot be read, keep its picture with the form. What became of it: as of `take_form`, or
    "kept". Raises Refused, StillUnread.
    """
    sheet_id = sheet.id
    if not is_open(sheet):
        raise Refused([changed(sheet)])
    reading = read_again(sheet, told)
    if reading.error:
        log.error("page of a scan not read", sheet=sheet_id, error=reading.error)
    if reading.fault is None:
        return take_form(place_as_told(sheet_id, reading, person_id))
    if not keeping or reading.fault.template == TOLD_OTHERWISE:
        raise why_not(reading.fault)
    keep_with_form(sheet_id, told.form_id, told.code.page, person_id)
    return "kept"


def why_not(fault: Fault) -> Refused:
    """Where the code of the page says that it is another, nobody keeps it with this form."""
    kind = Refused if fault.template == TOLD_OTHERWISE else StillUnread
    return kind([Fault(FIELDS.get(fault.template, ""), fault.template, fault.values)])


def read_again(sheet: ScanPage, told: Told) -> PageReading:
    """The page as the stored file shows it. The session's transaction ends: nobody waits while it is read.
    Where a library failed on it before, other processes open and read it: they may die of it.
    """
    name, position, open_file = sheet.scan.name, sheet.position, partial(scan_store().opened, sheet.scan.key)
    is_dangerous = any(fault.template == UNFORESEEN for fault in read_faults(sheet.reason))
    layouts = {told.digest: told.layout}
    db.session.rollback()
    try:
        if is_dangerous:
            (scanned,) = pages_apart(open_file, name, [position])
            return read_alone(scanned, layouts, told.code)
        with open_file() as file:
            (scanned,) = pages_of(file, name, [position])
        return read_page(scanned, layouts, told.code)
    except (FileNotFoundError, ScanUnreadable, ScanRefused):
        return PageReading(name, position, Fault("", NO_FILE, {"file": name}))
    except BrokenProcessPool as error:  # no other process can be started
        return unforeseen(ScannedPage(name, position, None), error)
