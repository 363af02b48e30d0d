"""What is written on the pages of a form when it is looked at: open cells, cells to check, what to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from questionnaires.faults import Fault
from questionnaires.scanning import BLANK, SURE
from questionnaires.scanning.forms import MISSING, TURNED, TWICE, TWICE_DIFFERENT
from survey.collection.second_choice import fraction
from survey.entry.scanning.cells import ScannedForm
from survey.entry.scanning.stored import dump_faults, read_faults
from survey.models import PaperForm, ScanPage

DOUBLES = (TWICE, TWICE_DIFFERENT)
SAMPLED = 0.02
"""The share of sure cells shown to a person where the batch's plan names no share."""


def note_cells(form: PaperForm, scanned: ScannedForm, sheets: Sequence[ScanPage]) -> None:
    """Write on each page which of its cells are open, which are drawn to be checked, and what to know."""
    still_open = {cell.item for cell in scanned.open_cells()}
    first = sheets[0]
    faults = scanned.reading.faults
    for sheet in sheets:
        here = items_on(scanned, sheet.page)
        open_here = [item for item in here if item in still_open and is_first(sheet, sheets)]
        drawn_here = drawn(form, scanned, sheet, here if is_first(sheet, sheets) else ())
        sheet.readings = {**sheet.readings, "open": open_here, **drawn_here}
        sheet.state = "doubtful" if open_here else "waiting" if scanned.missing_pages() else "sure"
        own = own_faults(faults, sheet, sheets)
        missing = [fault for fault in faults if fault.template == MISSING] if sheet is first else []
        remarks = [fault for fault in read_faults(sheet.reason) if fault.place == sheet_place(sheet)]
        sheet.reason = dump_faults([*remarks, *own, *missing])


def own_faults(faults: Sequence[Fault], sheet: ScanPage, sheets: Sequence[ScanPage]) -> list[Fault]:
    """What is to be known of this very scan: of doubles the later ones are named, and what lay turned."""
    here = {fault.template: fault for fault in faults if fault.place.endswith(f":{sheet.page}")}
    if is_first(sheet, sheets):
        here = {template: fault for template, fault in here.items() if template not in DOUBLES}
    if not sheet.readings["turned"]:
        here.pop(TURNED, None)
    return list(here.values())


def sheet_place(sheet: ScanPage) -> str:
    return f"{sheet.scan.name}:{sheet.position}"


def is_first(sheet: ScanPage, sheets: Sequence[ScanPage]) -> bool:
    """Of the scans of the same page of a form, the one on which people speak."""
    return sheet is next(each for each in sheets if each.page == sheet.page)


def items_on(scanned: ScannedForm, page: int | None) -> list[str]:
    """The items that begin on a page, in the order of the form."""
    begins: dict[str, int] = {}
    for each in (*scanned.layout.boxes, *scanned.layout.written):
        begins[each.item] = min(each.place.page, begins.get(each.item, each.place.page))
    return [item for item in scanned.layout.items() if begins[item] == page]


def drawn(form: PaperForm, scanned: ScannedForm, sheet: ScanPage, items: Sequence[str]) -> dict[str, Any]:
    """The sure cells of the page that somebody is asked to check; once drawn, they stay."""
    if "sample" in sheet.readings:
        return {}
    batch = form.batch
    share = batch.verify_share / 100 if batch.plan == "share" else SAMPLED
    sure = [item for item in items if is_sure(scanned, item)]
    sample = [item for item in sure if fraction(f"{batch.seed}/{item}", form.number) < share]
    return {"sample": sample, "to_check": len(sample), "right": 0, "wrong": 0}


def seen_by(readings: Mapping[str, Any], person_id: int) -> dict[str, Any]:
    """What a page says, and that this person has seen some of it, which nothing takes back."""
    return {**readings, "seen": sorted({*readings.get("seen", ()), person_id})}


def is_sure(scanned: ScannedForm, item: str) -> bool:
    """What a machine read of boxes, or that nothing is written."""
    read = scanned.reading.items.get(item)
    return item in scanned.reading.empty if read is None else read.state in (SURE, BLANK)
