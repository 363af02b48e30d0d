"""What a person says of the cells of a scanned form, and takes back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from questionnaires.faults import N_, Fault
from survey.collection import Refused
from survey.collection.paper.locking import locked_form
from survey.collection.paper.reading import require_possible, typed_value
from survey.collection.transaction import transaction
from survey.db import db, now
from survey.entry.scanning.cells import ScannedForm
from survey.entry.scanning.form_scans import UNREAD_STATES, scanned_form, sheets_of
from survey.entry.scanning.noting import note_cells, seen_by
from survey.models import PaperForm, ScanPage

TAKEN_IN = N_("This form is taken in already: a supervisor can correct it.")
SAID_BEFORE = N_("Somebody else decided this meanwhile. Nothing was changed.")
NOT_HERE = N_("This form has no such open question any more.")


def say(sheet_id: int, item: str, texts: Sequence[str], note: str, person_id: int) -> int:
    """Note what a person reads at an item, as raw texts, or a note of it; the id of the form. What the same
    person said before is replaced. Raises Refused, the fault at the item, or at "form".
    """
    with transaction():
        form, sheets, sheet = open_form(sheet_id)
        scanned = scanned_form(form, sheets)
        if scanned is None or item not in scanned.layout.items():
            raise Refused([Fault("form", NOT_HERE)])
        earlier = scanned.said.get(item)
        if earlier and earlier["by"] != person_id:
            raise Refused([Fault("form", SAID_BEFORE)])
        if note == "impossible" and not texts:
            raise Refused([Fault("form", NOT_HERE)])
        value = typed_value(scanned.questionnaire, item, texts, note)
        said = {**scanned.said, item: word(value, note, person_id)}
        whole = ScannedForm(scanned.questionnaire, scanned.layout, scanned.reading, said)
        require_possible(scanned.questionnaire, whole.entries(), item)
        keep(sheet, {item: said[item]}, person_id)
        note_cells(form, whole, sheets)
        return form.id


def say_blank(sheet_id: int, items: Sequence[str], person_id: int) -> int:
    """Note of several items of a page that they are blank, as each is proposed to be, all or none; the id of
    the form. What this person noted so before is no fault. Raises Refused, the fault at "form".
    """
    with transaction():
        form, sheets, sheet = open_form(sheet_id)
        scanned = scanned_form(form, sheets)
        if scanned is None or not set(items) <= proposed_blank(scanned, sheet, person_id):
            raise Refused([Fault("form", SAID_BEFORE)])
        said = dict.fromkeys(items, word(None, "blank", person_id))
        keep(sheet, said, person_id)
        note_cells(form, replace(scanned, said={**scanned.said, **said}), sheets)
        return form.id


def proposed_blank(scanned: ScannedForm, sheet: ScanPage, person_id: int) -> set[str]:
    """The open items of a page that look blank, and those of which this person said that they are."""
    blank = {cell.item for cell in scanned.open_cells() if cell.is_blank} & set(sheet.readings["open"])
    said = sheet.readings.get("said", {}).items()
    return blank | {item for item, each in said if (each["by"], each["note"]) == (person_id, "blank")}


def take_back(sheet_id: int, items: Collection[str], person_id: int) -> None:
    """Let cells of a page be open again, all or none. Raises Refused."""
    with transaction():
        form, sheets, sheet = open_form(sheet_id)
        mine = {item for item, each in sheet.readings.get("said", {}).items() if each["by"] == person_id}
        if not items or not set(items) <= mine:
            raise Refused([Fault("form", NOT_HERE)])
        others = {item: said for item, said in sheet.readings["said"].items() if item not in items}
        sheet.readings = {**seen_by(sheet.readings, person_id), "said": others}
        note_cells(form, scanned_form(form, sheets), sheets)


def open_form(sheet_id: int) -> tuple[PaperForm, Sequence[ScanPage], ScanPage]:
    """The form of a sheet, locked, with all its sheets, while it is not taken in. Raises Refused."""
    found = db.session.get(ScanPage, sheet_id)
    if found is None or found.form_id is None:
        raise Refused([Fault("form", NOT_HERE)])
    form = locked_form(found.form_id)
    sheets = sheets_of(form.id, lock=True)
    sheet = next((each for each in sheets if each.id == sheet_id), None)
    if form.state not in UNREAD_STATES or sheet is None:
        raise Refused([Fault("form", TAKEN_IN)])
    return form, sheets, sheet


def word(value: object, note: str, person_id: int) -> dict[str, object]:
    """Without a value, and nothing noted, the paper is blank there."""
    return {
        "value": value,
        "note": note if value is not None or note else "blank",
        "by": person_id,
        "at": now().isoformat(),
    }


def keep(sheet: ScanPage, said: Mapping[str, Mapping[str, object]], person_id: int) -> None:
    others = sheet.readings.get("said", {})
    sheet.readings = {**seen_by(sheet.readings, person_id), "said": {**others, **said}}
