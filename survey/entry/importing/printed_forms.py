"""Which rows of a sheet are forms printed here, by their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from questionnaires.faults import N_, Fault
from questionnaires.paper import PaperError, write_serial
from questionnaires.sheets import Row
from survey.collection.many import AT_A_TIME
from survey.db import db
from survey.entry.importing.printed_numbers import is_short, serial_of, serial_within
from survey.models import Batch, PaperForm, Stratum, Survey

FORM = "FORM"
LONGEST_NUMBER = 64

NOT_PRINTED = N_("No form was printed for this survey with the number %(number)s.")
NEITHER = N_(
    "“%(number)s” is not the number of a form printed for this survey. If the form was printed elsewhere, "
    "put a letter before its number, such as P-%(number)s."
)
LOOKS_PRINTED = N_(
    "“%(number)s” looks like form %(printed)s, which was printed for this survey. Write %(printed)s alone."
)


@dataclass(frozen=True)
class Printed:
    """The forms printed here by the numbers of their rows; `unclear` are rows whose numbers look printed here
    and lead to no form, so that nothing says where they belong.
    """

    forms: Mapping[int, PaperForm]
    unclear: Mapping[int, Fault]


def find_printed(survey: Survey, rows: Sequence[Row]) -> Printed:
    """A survey that printed no forms may number its forms as it likes."""
    if not has_printed(survey):
        return Printed({}, {})
    serials, unclear = serials_of(rows)
    within = {row.number: serial_within(row[FORM]) for row in rows if row.number not in serials}
    papers = papers_of(survey, [serial for serial in (*serials.values(), *within.values()) if serial])
    forms: dict[int, PaperForm] = {}
    for row in rows:
        serial, other = serials.get(row.number), within.get(row.number)
        if serial in papers:
            forms[row.number] = papers[serial]
        elif serial is not None:
            unclear[row.number] = not_printed(row, Fault(FORM, NOT_PRINTED, {"number": write_serial(serial)}))
        elif other in papers:
            shown = {"number": row[FORM][:LONGEST_NUMBER], "printed": write_serial(other)}
            unclear[row.number] = Fault(FORM, LOOKS_PRINTED, shown)
    return Printed(forms, unclear)


def serials_of(rows: Sequence[Row]) -> tuple[dict[int, int], dict[int, Fault]]:
    """Row → serial, where its number is, or can only be, one printed here; and where it fails to be one."""
    serials: dict[int, int] = {}
    unclear: dict[int, Fault] = {}
    for row in rows:
        try:
            serial = serial_of(row[FORM])
        except PaperError as error:
            unclear[row.number] = not_printed(row, error.faults[0])
        else:
            if serial is not None:
                serials[row.number] = serial
    return serials, unclear


def not_printed(row: Row, fault: Fault) -> Fault:
    """The fault; of a short number, which may be one of another printer, how to write it then."""
    return Fault(FORM, NEITHER, {"number": row[FORM]}) if is_short(row[FORM]) else fault


def has_printed(survey: Survey) -> bool:
    printed = sa.select(Batch.id).where(Batch.survey_id == survey.id, Batch.first_serial.is_not(None))
    return bool(db.session.scalar(sa.select(printed.exists())))


def papers_of(survey: Survey, serials: Sequence[int]) -> dict[int | None, PaperForm]:
    """Serial → the survey's form."""
    found: dict[int | None, PaperForm] = {}
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
