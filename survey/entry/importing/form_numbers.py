"""The numbers of imported forms: of their own, or printed here with a check digit."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import sqlalchemy as sa

from questionnaires.faults import N_, Fault
from questionnaires.paper import PaperError, write_serial
from questionnaires.sheets import Row, Sheet, SheetFault
from questionnaires.text import nfkc
from survey.collection import Refused
from survey.collection.filing import refuse_unless_free, require_open_batch
from survey.collection.filing_many import FREE
from survey.collection.many import AT_A_TIME, recorded
from survey.db import db
from survey.entry.importing.printed_forms import FORM, LONGEST_NUMBER, find_printed
from survey.entry.importing.printed_numbers import serial_of
from survey.models import FormReading, PaperForm, Response, Survey

NAMESPACE = uuid.UUID("5f3f2f0e-7a52-4c55-9d0c-3f6f5a3f9b11")

NUMBER_NEEDED = N_("Every form needs its number here.")
NUMBER_TOO_LONG = N_("A form's number has at most %(most)s characters.")
NUMBER_TWICE = N_("Form %(number)s stands in row %(row)s too.")
IMPORTED_BEFORE = N_("Form %(number)s of this survey was imported before.")


def response_id(survey_id: int, number: str) -> uuid.UUID:
    """The same for the same form of a survey, so that a file imported twice meets its own responses."""
    return uuid.uuid5(NAMESPACE, f"{survey_id}/{' '.join(nfkc(number).casefold().split())}")


def find_imported(survey: Survey, number: str) -> Response | None:
    """The imported response of this number, as it stood in the file or as it is printed on the form."""
    try:
        serial = serial_of(number)
    except PaperError:
        serial = None
    names = [number] if serial is None else [number, write_serial(serial)]
    found = (db.session.get(Response, response_id(survey.id, name)) for name in names)
    return next((each for each in found if each is not None and each.mode == "imported"), None)


@dataclass(frozen=True)
class Numbered:
    """A row's form: its `number` as this survey writes it, the response it becomes, and the form printed
    here that it is, if it is one.
    """

    number: str
    response_id: uuid.UUID
    paper: PaperForm | None = None


@dataclass(frozen=True)
class Numbering:
    """The forms of a sheet by the numbers of their rows, and what is wrong with their numbers; `unplaced`
    are rows whose numbers look printed here and lead to no form, so that nothing says where they belong.
    """

    forms: Mapping[int, Numbered]
    faults: Sequence[SheetFault]
    unplaced: Set[int]


def read_numbering(survey: Survey, sheet: Sheet, rows: Sequence[Row]) -> Numbering:
    printed = find_printed(survey, rows)
    forms = {
        row.number: numbered(survey, row, printed.forms.get(row.number))
        for row in rows
        if row.number not in printed.unclear
    }
    faults = {**printed.unclear, **number_faults(rows, forms)}
    told = [
        sheet.fault(row, FORM, faults[row.number].template, faults[row.number].values)
        for row in rows
        if row.number in faults
    ]
    return Numbering(forms, told, frozenset(printed.unclear))


def numbered(survey: Survey, row: Row, paper: PaperForm | None) -> Numbered:
    number = row[FORM] if paper is None or paper.serial is None else write_serial(paper.serial)
    return Numbered(number, response_id(survey.id, number), paper)


def number_faults(rows: Sequence[Row], forms: Mapping[int, Numbered]) -> dict[int, Fault]:
    """Numbers that are missing, too long, in the file twice, keyed or imported before."""
    stored = recorded([form.response_id for form in forms.values() if form.paper is None])
    begun = begun_of([form.paper.id for form in forms.values() if form.paper])
    first_row: dict[uuid.UUID, int] = {}
    faults = {}
    for row in rows:
        form = forms.get(row.number)
        if form is None:
            continue
        earlier = first_row.setdefault(form.response_id, row.number)
        fault = number_fault(row, form, earlier, is_stored=form.response_id in stored)
        if fault is None and form.paper is not None:
            fault = paper_fault(form.paper, form.number, begun)
        if fault is not None:
            faults[row.number] = fault
    return faults


def number_fault(row: Row, form: Numbered, earlier: int, *, is_stored: bool) -> Fault | None:
    number = form.number
    if not number:
        return Fault(FORM, NUMBER_NEEDED)
    if len(number) > LONGEST_NUMBER:
        return Fault(FORM, NUMBER_TOO_LONG, {"most": LONGEST_NUMBER})
    if earlier != row.number:
        return Fault(FORM, NUMBER_TWICE, {"number": number, "row": earlier})
    return Fault(FORM, IMPORTED_BEFORE, {"number": number}) if is_stored else None


def begun_of(form_ids: Sequence[int]) -> set[int]:
    """Those of the forms that somebody has begun to key."""
    parts = (form_ids[start : start + AT_A_TIME] for start in range(0, len(form_ids), AT_A_TIME))
    queries = (sa.select(FormReading.form_id).where(FormReading.form_id.in_(part)) for part in parts)
    return {found for query in queries for found in db.session.scalars(query)}


def paper_fault(paper: PaperForm, number: str, begun: Set[int]) -> Fault | None:
    """Why the form printed here cannot be accepted now, called by the number on it."""
    try:
        require_open_batch(paper.batch)
        if paper.state not in FREE or paper.id in begun:
            refuse_unless_free(paper)
    except Refused as refused:
        fault = refused.faults[0]
        return Fault(FORM, fault.template, {**fault.values, "number": number})
    return None
