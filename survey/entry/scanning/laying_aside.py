"""Scans of a form that was read before: kept beside it, and named where they say something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from questionnaires.answers import write_form
from questionnaires.faults import N_, Fault
from questionnaires.paper import write_serial
from questionnaires.scanning import BLANK, SURE, ItemReading
from survey.collection.paper.comparing import Entries, compared_items, entries_of
from survey.collection.paper.locking import readings_of
from survey.collection.paper.verdict import final_entries, settlements_of
from survey.entry.scanning.form_scans import scanned_form
from survey.entry.scanning.noting import items_on, sheet_place
from survey.entry.scanning.stored import dump_faults, read_faults
from survey.entry.screen import lines_of
from survey.models import PaperForm, ScanPage
from survey.models.paper import GONE_STATES

READ_BEFORE = N_("Form %(serial)s was keyed or scanned before; this scan is kept, and changes nothing.")
READ_OTHERWISE = N_(
    "Form %(serial)s was keyed or scanned before, and this scan of its page %(page)s shows other answers "
    "(questions: %(questions)s). If somebody else answered on a copy of the form, their answers are not "
    "counted: look at both, and key them as a form of their own."
)
FORM_GONE = N_("Form %(serial)s is marked as spoiled, refused or lost, but here is a scan of it.")


def lay_aside(form: PaperForm, sheets: Sequence[ScanPage]) -> None:
    """The form, locked by the caller, was read already: what is not settled with it is a double."""
    doubles = [sheet for sheet in sheets if sheet.state != "settled"]
    for sheet in doubles:
        sheet.reason = dump_faults([*read_faults(sheet.reason), why_aside(form, sheet, doubles)])
    for sheet in doubles:
        sheet.state = "set_aside"


def why_aside(form: PaperForm, sheet: ScanPage, doubles: Sequence[ScanPage]) -> Fault:
    values = {"serial": write_serial(form.serial or 0)}
    if form.state in GONE_STATES:
        return Fault(sheet_place(sheet), FORM_GONE, values)
    if other := set(read_otherwise(form, sheet, doubles)):
        lines = lines_of(form.batch.survey.questionnaire)
        questions = ", ".join(line.number for line in lines if line.item.code in other)
        values |= {"page": str(sheet.page), "questions": questions}
        return Fault(sheet_place(sheet), READ_OTHERWISE, values)
    return Fault(sheet_place(sheet), READ_BEFORE, values)


def read_otherwise(form: PaperForm, sheet: ScanPage, doubles: Sequence[ScanPage]) -> Iterator[str]:
    """The items on one double that do not say what was taken of the form; the other pages scanned with it
    tell of items that go over two.
    """
    taken = entries_taken(form)
    beside = [each for each in doubles if each is sheet or each.page != sheet.page]
    scanned = scanned_form(form, beside)
    if scanned is None or not (taken.answers or taken.notes):  # withdrawn, or past the last day of keeping
        return
    here = set(items_on(scanned, sheet.page)) & set(scanned.reading.items)
    for item in compared_items(scanned.questionnaire, taken):
        if item in here and contradicts(scanned.reading.items[item], texts_of(taken, item)):
            yield item


def contradicts(read: ItemReading, taken: Sequence[str]) -> bool:
    """Whether the boxes say something else; of doubtful ones, whether none of them may say it."""
    if read.state in (SURE, BLANK):
        return list(read.values) != list(taken)
    return bool(read.likely) and not set(taken) <= set(read.likely)


def entries_taken(form: PaperForm) -> Entries:
    """What a form says as its readings, and whoever settled where they differ, say now."""
    first, second = readings_of(form)
    if first is None:
        return Entries()
    is_read_twice = second is not None and second.state == "done"
    return final_entries(first, second, settlements_of(form)) if is_read_twice else entries_of(first)


def texts_of(taken: Entries, item: str) -> list[str]:
    value = taken.value(item)
    return [] if value is None else write_form({item: value})[item]
