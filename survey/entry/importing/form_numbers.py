"""The numbers of imported forms: of their own, or printed here with a check digit."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from questionnaires.faults import N_, Fault
from questionnaires.paper import PaperError, read_serial, write_serial
from questionnaires.sheets import Row, Sheet, SheetFault
from survey.collection import Refused
from survey.collection.filing import refuse_unless_free, require_open_batch
from survey.collection.filing_many import FREE
from survey.collection.many import AT_A_TIME, recorded
from survey.db import db
from survey.models import Batch, FormReading, PaperForm, Stratum, Survey

FORM = "FORM"
LONGEST_NUMBER = 64
FEWEST_DIGITS = 8
"""Of a number printed here, with its check digit."""

NAMESPACE = uuid.UUID("5f3f2f0e-7a52-4c55-9d0c-3f6f5a3f9b11")

NUMBER_NEEDED = N_("Every form needs its number here.")
NUMBER_TOO_LONG = N_("A form's number has at most %(most)s characters.")
NUMBER_TWICE = N_("Form %(number)s stands in row %(row)s too.")
IMPORTED_BEFORE = N_("Form %(number)s of this survey was imported before.")
NOT_PRINTED = N_("No form was printed for this survey with the number %(number)s.")


def response_id(survey_id: int, number: str) -> uuid.UUID:
    """The same for the same form of a survey, so that a file imported twice meets its own responses."""
    return uuid.uuid5(NAMESPACE, f"{survey_id}/{' '.join(number.casefold().split())}")


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
    serials, wrong = serials_of(survey, rows)
    papers = papers_of(survey, list(serials.values()))
    forms = {
        row.number: numbered(survey, row, serials.get(row.number), papers)
        for row in rows
        if row.number not in wrong
    }
    faults = [sheet.fault(by_number[0], FORM, *by_number[1:]) for by_number in wrong.values()]
    unplaced = {*wrong, *(row for row, serial in serials.items() if serial not in papers)}
    return Numbering(forms, [*faults, *number_faults(sheet, rows, forms, serials)], unplaced)


Wrong = dict[int, tuple[Row, str, Mapping[str, object]]]


def serials_of(survey: Survey, rows: Sequence[Row]) -> tuple[dict[int, int], Wrong]:
    """Row → serial, where its number looks like one printed here; and rows whose check digit does not fit.

    A survey that printed no forms may number its forms as it likes.
    """
    serials: dict[int, int] = {}
    wrong: Wrong = {}
    if not has_printed(survey):
        return serials, wrong
    for row in rows:
        if looks_printed(row[FORM]):
            try:
                serials[row.number] = read_serial(row[FORM])
            except PaperError as error:
                fault = error.faults[0]
                wrong[row.number] = row, fault.template, fault.values
    return serials, wrong


def has_printed(survey: Survey) -> bool:
    printed = sa.select(Batch.id).where(Batch.survey_id == survey.id, Batch.first_serial.is_not(None))
    return bool(db.session.scalar(sa.select(printed.exists())))


def looks_printed(number: str) -> bool:
    is_plain = re.fullmatch(r"[0-9\s.\u2010-\u2015-]+", number)
    return bool(is_plain) and sum(sign.isdigit() for sign in number) >= FEWEST_DIGITS


def papers_of(survey: Survey, serials: Sequence[int]) -> dict[int, PaperForm]:
    """Serial → the survey's form."""
    found: dict[int, PaperForm] = {}
    for start in range(0, len(serials), AT_A_TIME):
        query = (
            sa.select(PaperForm)
            .join(PaperForm.batch)
            .where(Batch.survey_id == survey.id, PaperForm.serial.in_(serials[start : start + AT_A_TIME]))
            .options(
                joinedload(PaperForm.batch).joinedload(Batch.stratum).joinedload(Stratum.unit),
                joinedload(PaperForm.keyed_by),
            )
        )
        found |= {form.serial: form for form in db.session.scalars(query)}
    return found


def numbered(survey: Survey, row: Row, serial: int | None, papers: Mapping[int, PaperForm]) -> Numbered:
    number = row[FORM] if serial is None else write_serial(serial)
    paper = papers.get(serial) if serial is not None else None
    return Numbered(number, response_id(survey.id, number), paper)


def number_faults(
    sheet: Sheet, rows: Sequence[Row], forms: Mapping[int, Numbered], serials: Mapping[int, int]
) -> list[SheetFault]:
    """Numbers that are missing, too long, in the file twice, not printed, keyed or imported before."""
    stored = recorded([form.response_id for form in forms.values() if form.paper is None])
    begun = begun_of([form.paper.id for form in forms.values() if form.paper])
    first_row: dict[uuid.UUID, int] = {}
    faults = []
    for row in rows:
        form = forms.get(row.number)
        if form is None:
            continue
        earlier = first_row.setdefault(form.response_id, row.number)
        fault = number_fault(row, form, earlier, is_stored=form.response_id in stored)
        if fault is None and row.number in serials:
            fault = paper_fault(form, begun)
        if fault is not None:
            faults.append(sheet.fault(row, FORM, fault.template, fault.values))
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


def paper_fault(form: Numbered, begun: Set[int]) -> Fault | None:
    """Why the form printed here cannot be accepted now, called by the number on it."""
    if form.paper is None:
        return Fault(FORM, NOT_PRINTED, {"number": form.number})
    try:
        require_open_batch(form.paper.batch)
        if form.paper.state not in FREE or form.paper.id in begun:
            refuse_unless_free(form.paper)
    except Refused as refused:
        fault = refused.faults[0]
        return Fault(FORM, fault.template, {**fault.values, "number": form.number})
    return None
