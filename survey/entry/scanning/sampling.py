"""Sure cells looked at by a person: the machine is checked too."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import sqlalchemy as sa

from questionnaires.faults import N_, Fault
from questionnaires.paper import write_serial
from survey import audit
from survey.collection.transaction import transaction
from survey.db import db, now
from survey.entry.scanning.asking import AT_ONCE, Asked, in_words, lines_by_item
from survey.entry.scanning.cells import Cell
from survey.entry.scanning.noting import sheet_place
from survey.entry.scanning.pictures import pictures_of
from survey.entry.scanning.standing import of_survey
from survey.entry.scanning.stored import dump_faults, read_faults
from survey.entry.waiting import may_be_keyed_again
from survey.models import ScanPage

MACHINE_WRONG = N_(
    "Form %(serial)s, question %(number)s: the machine was sure, and wrong. Correct the answer of this form."
)


def cells_to_check(survey_id: int) -> list[Asked]:
    """The next sure cells to look at; those of forms that may be keyed again later."""
    sheets_shown = of_survey(sa.select(ScanPage), survey_id).join(ScanPage.form).where(~may_be_keyed_again())
    drawn = sheets_shown.where(ScanPage.readings["to_check"].as_integer() > 0)
    sheets = db.session.scalars(drawn.order_by(ScanPage.id).limit(AT_ONCE))
    return list(islice((asked for sheet in sheets for asked in drawn_on(sheet)), AT_ONCE))


def drawn_on(sheet: ScanPage) -> Iterator[Asked]:
    """The cells of a sheet that were drawn, and that nobody has checked yet."""
    questionnaire = sheet.form.batch.survey.questionnaire
    lines = lines_by_item(questionnaire)
    for item in sheet.readings["sample"]:
        if item not in sheet.readings.get("checked", {}):
            values = tuple(sheet.readings["items"].get(item, {}).get("values", ()))
            cell = Cell(item, Fault(item, ""), values)
            proposal = in_words(questionnaire, lines[item].item, values)
            yield Asked(sheet, cell, lines[item], pictures_of(sheet.form, item), proposal)


def note_check(sheet_id: int, item: str, is_right: bool, person_id: int) -> None:
    """Note once what a person found; a wrong one is named on the page of the scans."""
    with transaction():
        sheet = db.session.get_one(ScanPage, sheet_id, with_for_update=True, populate_existing=True)
        checked = sheet.readings.get("checked", {})
        if item not in sheet.readings.get("sample", ()) or item in checked:
            return
        found = {"right": is_right, "by": person_id, "at": now().isoformat()}
        tally = "right" if is_right else "wrong"
        sheet.readings = {
            **sheet.readings,
            "checked": {**checked, item: found},
            "to_check": sheet.readings["to_check"] - 1,
            tally: sheet.readings[tally] + 1,
        }
        if not is_right:
            sheet.reason = dump_faults([*read_faults(sheet.reason), wrong(sheet, item)])
        subject = f"form {sheet.form.batch.code}/{sheet.form.number}"
        audit.record("scan.check", subject, item=item, right=is_right)


def take_back_check(sheet_id: int, item: str, person_id: int) -> bool:
    """Let a cell be checked again; only by who checked it. Whether there was anything to take back."""
    with transaction():
        sheet = db.session.get_one(ScanPage, sheet_id, with_for_update=True, populate_existing=True)
        checked = sheet.readings.get("checked", {})
        found = checked.get(item)
        if found is None or found["by"] != person_id:
            return False
        tally = "right" if found["right"] else "wrong"
        sheet.readings = {
            **sheet.readings,
            "checked": {code: each for code, each in checked.items() if code != item},
            "to_check": sheet.readings["to_check"] + 1,
            tally: sheet.readings[tally] - 1,
        }
        if not found["right"]:
            named = wrong(sheet, item)
            sheet.reason = dump_faults(fault for fault in read_faults(sheet.reason) if fault != named)
        subject = f"form {sheet.form.batch.code}/{sheet.form.number}"
        audit.record("scan.check_undone", subject, item=item, right=found["right"])
        return True


def wrong(sheet: ScanPage, item: str) -> Fault:
    line = lines_by_item(sheet.form.batch.survey.questionnaire)[item]
    values = {"serial": write_serial(sheet.form.serial), "number": line.number}
    return Fault(sheet_place(sheet), MACHINE_WRONG, values)
