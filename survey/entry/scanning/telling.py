"""What a person says of a page that the machine could not read: which page of which form it is."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.faults import N_, Fault
from questionnaires.paper import PageCode, PaperError, write_serial
from questionnaires.paper.layout import Layout
from questionnaires.paper.page_code import DIGITS
from questionnaires.scanning import PageReading
from survey.collection import Refused
from survey.entry.following.numbers import read_form_number
from survey.entry.importing.printed_numbers import serial_of
from survey.entry.scanning.form_scans import layout_of
from survey.entry.scanning.placing import foreign, form_of
from survey.models import PaperForm, ScanPage

NO_SUCH_PAGE = N_("Form %(serial)s has no page %(page)s; its last page is page %(pages)s.")


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
