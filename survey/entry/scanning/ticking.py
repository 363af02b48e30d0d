"""Notices of a page ticked off by who has seen to them, and put back."""

from __future__ import annotations

from questionnaires.faults import N_, Fault
from survey import audit
from survey.collection import Refused
from survey.collection.transaction import transaction
from survey.db import db
from survey.entry.scanning.by_whom import DONE, word
from survey.entry.scanning.named_pages import is_ticked, version_of
from survey.models import ScanPage

OTHERWISE = N_(
    "What is named of page %(page)s of “%(file)s” changed meanwhile, or somebody else saw to it. Please look "
    "again."
)


def tick_off(sheet_id: int, version: str, person_id: int) -> None:
    """All that is named of a page is done; `version`: of the notices that the person saw. Raises Refused."""
    with transaction():
        sheet = locked(sheet_id)
        if not sheet.reason or is_ticked(sheet) or version_of(sheet) != version:
            raise Refused([otherwise(sheet)])
        sheet.readings = {**sheet.readings, DONE: {**word(person_id), "reason": sheet.reason}}
        note(sheet, "scan.notices_done")


def put_back(sheet_id: int) -> None:
    """Raises Refused where nothing is ticked off."""
    with transaction():
        sheet = locked(sheet_id)
        if not is_ticked(sheet):
            raise Refused([otherwise(sheet)])
        sheet.readings = {name: each for name, each in sheet.readings.items() if name != DONE}
        note(sheet, "scan.notices_put_back")


def locked(sheet_id: int) -> ScanPage:
    return db.session.get_one(ScanPage, sheet_id, with_for_update=True, populate_existing=True)


def otherwise(sheet: ScanPage) -> Fault:
    return Fault("form", OTHERWISE, {"page": sheet.position, "file": sheet.scan.name})


def note(sheet: ScanPage, action: str) -> None:
    audit.record(action, f"survey {sheet.scan.survey.code}", scan=sheet.scan_id, page=sheet.position)
