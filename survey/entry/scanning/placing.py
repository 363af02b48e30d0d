"""Where a page that was read belongs: to a form of this survey, or nowhere, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from questionnaires.faults import N_, Fault
from questionnaires.paper import layout_digest, parse_layout, write_serial
from questionnaires.paper.layout import Layout
from questionnaires.scanning import PageReading
from questionnaires.scanning.finding import UNKNOWN_FORM
from survey.db import db
from survey.models import Batch, FormLayout, PaperForm, Scan, Survey

NEVER_PRINTED = N_("Page %(page)s of “%(file)s” has the number %(serial)s, which no form printed here has.")
OTHER_SURVEY = N_("Page %(page)s of “%(file)s” is of form %(serial)s of another survey, %(survey)s.")
OTHER_VERSION = N_(
    "Page %(page)s of “%(file)s” says it is of form %(serial)s, but that form was printed in another version."
)
OTHER_BATCH = N_(
    "Page %(page)s of “%(file)s”, of form %(serial)s, is of batch %(batch)s. It was put there, not with the "
    "batch this file was uploaded for."
)


@dataclass(frozen=True)
class Placed:
    """`state`: of the page: "waiting" for its form, "set_aside" or "unreadable"."""

    state: str
    form_id: int | None = None
    faults: tuple[Fault, ...] = ()


def layouts_of(survey: Survey) -> dict[str, Layout]:
    """Digest → layout of everything printed for a survey, or from its questionnaire."""
    printed = sa.select(Batch.layout_id).where(Batch.survey_id == survey.id, Batch.layout_id.is_not(None))
    is_wanted = sa.or_(FormLayout.id.in_(printed), FormLayout.questionnaire_id == survey.questionnaire_id)
    stored = db.session.scalars(sa.select(FormLayout.content).where(is_wanted).order_by(FormLayout.id))
    layouts = (parse_layout(content) for content in stored)
    return {layout_digest(layout): layout for layout in layouts}


def placed(scan: Scan, reading: PageReading) -> Placed:
    """Where a page belongs, by its own number: the file says nothing of that."""
    form = form_of(reading.serial)
    fault = next(foreign(scan, reading, form), None)
    if fault:
        return Placed("set_aside", faults=(fault,))
    if reading.fault or form is None:
        return Placed("unreadable", faults=(reading.fault,) if reading.fault else ())
    return Placed("waiting", form.id, tuple(remarks(scan, reading, form)))


def form_of(serial: int) -> PaperForm | None:
    query = sa.select(PaperForm).filter_by(serial=serial).options(joinedload(PaperForm.batch))
    return db.session.scalars(query).one_or_none() if serial else None


def foreign(scan: Scan, reading: PageReading, form: PaperForm | None) -> Iterator[Fault]:
    """Why a page that says its number is not for this survey."""
    if not reading.serial:
        return
    values = {"file": reading.file, "page": reading.number, "serial": write_serial(reading.serial)}
    if form is None:
        yield Fault(reading.place, NEVER_PRINTED, values)
    elif form.batch.survey_id != scan.survey_id:
        yield Fault(reading.place, OTHER_SURVEY, {**values, "survey": form.batch.survey.code})
    elif is_other_version(reading, form):
        yield Fault(reading.place, OTHER_VERSION, values)


def is_other_version(reading: PageReading, form: PaperForm) -> bool:
    layout = form.batch.layout
    if reading.digest and layout is not None:
        return reading.digest != layout.sha256
    return reading.fault is not None and reading.fault.template == UNKNOWN_FORM


def remarks(scan: Scan, reading: PageReading, form: PaperForm) -> Iterator[Fault]:
    if scan.batch_id is not None and form.batch_id != scan.batch_id:
        values = {"file": reading.file, "page": reading.number, "serial": write_serial(reading.serial)}
        yield Fault(reading.place, OTHER_BATCH, {**values, "batch": form.batch.code})
