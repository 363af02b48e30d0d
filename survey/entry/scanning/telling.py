"""What a person says of a page that the machine could not read: then it is read once more, by their word."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

import structlog

from questionnaires.faults import N_, Fault
from questionnaires.paper import PageCode, PaperError, write_serial
from questionnaires.paper.layout import Layout
from questionnaires.paper.page_code import DIGITS
from questionnaires.scanning import PageReading, ScanRefused, pages_of, read_page
from questionnaires.scanning.finding import TOLD_OTHERWISE
from questionnaires.scanning.many import read_alone
from questionnaires.scanning.pages import OTHER_PAGE, unforeseen
from questionnaires.scanning.refused import UNFORESEEN
from survey.collection import Refused
from survey.db import db
from survey.entry.following.numbers import read_form_number
from survey.entry.importing.printed_numbers import serial_of
from survey.entry.scanning.form_scans import layout_of
from survey.entry.scanning.placing import foreign, form_of
from survey.entry.scanning.reading_job import NO_FILE
from survey.entry.scanning.stored import read_faults
from survey.entry.scanning.taking import take_form
from survey.entry.scanning.unread import changed, is_open, keep_with_form, place_as_told
from survey.models import PaperForm, ScanPage
from survey.scan_store import ScanUnreadable, scan_store

NO_SUCH_PAGE = N_("Form %(serial)s has no page %(page)s; its last page is page %(pages)s.")
FIELDS = {TOLD_OTHERWISE: "serial", OTHER_PAGE: "page"}
"""Of faults of the machine, where something else should have been typed."""

log = structlog.get_logger()


class StillUnread(Refused):
    """The machine cannot read a page as the one it is said to be; its picture may be kept all the same."""


@dataclass(frozen=True)
class Told:
    """A page of a form of the scan's survey: the `code` it bears, in a layout of this `digest`."""

    form_id: int
    code: PageCode
    digest: str
    layout: Layout


def told_page(sheet: ScanPage, number: str, page: int) -> Told:
    """`number`: of the form, in any notation. Raises Refused, its faults at "serial" and "page"."""
    form = told_form(sheet, number)
    layout, digest = layout_of(form.batch), form.batch.layout.sha256
    serial = form.serial or 0
    if page > layout.pages:
        values = {"serial": write_serial(serial), "pages": layout.pages, "page": page}
        raise Refused([Fault("page", NO_SUCH_PAGE, values)])
    code = PageCode(digest[:DIGITS], serial, page, layout.pages)
    return Told(form.id, code, digest, layout)


def told_form(sheet: ScanPage, number: str) -> PaperForm:
    try:
        serial = serial_of(number) or read_form_number(number)
    except PaperError as error:
        faults = [Fault("serial", each.template, each.values) for each in error.faults]
        raise Refused(faults) from None
    form = form_of(serial)
    bare = PageReading(sheet.scan.name, sheet.position, serial=serial)
    faults = [Fault("serial", each.template, each.values) for each in foreign(sheet.scan, bare, form)]
    if faults or form is None:
        raise Refused(faults)
    return form


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
        log.error("page of a scan not read", page=sheet_id, error=reading.error)
    fault = reading.fault
    if fault is None:
        return take_form(place_as_told(sheet_id, reading, person_id))
    at_field = Fault(FIELDS.get(fault.template, ""), fault.template, fault.values)
    if fault.template == TOLD_OTHERWISE:
        raise Refused([at_field])
    if not keeping:
        raise StillUnread([at_field])
    keep_with_form(sheet_id, told.form_id, told.code.page, person_id)
    return "kept"


def read_again(sheet: ScanPage, told: Told) -> PageReading:
    """The page as the stored file shows it, read as the page that it is said to be. The session's transaction
    ends: nobody waits while a page is read. What a library may die of is read in another process.
    """
    name, position, key = sheet.scan.name, sheet.position, sheet.scan.key
    is_dangerous = any(fault.template == UNFORESEEN for fault in read_faults(sheet.reason))
    db.session.rollback()
    try:
        with scan_store().opened(key) as file:
            (scanned,) = pages_of(file, name, [position])
    except (FileNotFoundError, ScanUnreadable, ScanRefused):
        return PageReading(name, position, Fault("", NO_FILE, {"file": name}))
    read = read_alone if is_dangerous else read_page
    try:
        return read(scanned, {told.digest: told.layout}, told.code)
    except BrokenProcessPool as error:  # no other process can be started
        return unforeseen(scanned, error)
