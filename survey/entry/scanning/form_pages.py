"""One form as its scans show it: the pages straightened, and what was read of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort
from flask_login import current_user
from sqlalchemy.orm import joinedload

from questionnaires.answers import show
from questionnaires.paper import write_serial
from questionnaires.scanning import BLANK
from survey.access import roles
from survey.collection.paper.comparing import Entries
from survey.collection.paper.reading import with_possible, with_route
from survey.db import db
from survey.entry.blueprint import blueprint, page
from survey.entry.scanning.asking import lines_by_item
from survey.entry.scanning.cells import ScannedForm
from survey.entry.scanning.form_scans import scanned_form, sheets_of
from survey.entry.scanning.showing import note_shown
from survey.entry.scanning.stored import read_faults
from survey.entry.screen import Line
from survey.entry.waiting import is_hidden
from survey.language import language
from survey.models import PaperForm, ScanPage, User


@dataclass(frozen=True)
class Read:
    """What the machine made of an item ("" for handwriting), the answer now, and who decided it, if a person
    did.
    """

    line: Line
    state: str
    answer: str
    note: str
    person: str


@blueprint.get("/entry/forms/<int:form_id>/scans")
@roles("supervisor")
def form_scans(form_id: int) -> str:
    form = db.session.get(PaperForm, form_id) or abort(404)
    scanned = scanned_form(form, sheets_of(form_id))
    sheets, hidden, person_id = all_sheets(form_id), is_hidden(form_id), current_user.id
    shown = page(
        "scanning/form.html",
        form.batch.survey,
        form=form,
        serial=write_serial(form.serial) if form.serial else "",
        sheets=sheets,
        lines=read_lines(scanned) if scanned and not hidden else [],
        is_hidden=hidden,
        missing=scanned.missing_pages() if scanned else [],
        read_faults=read_faults,
    )
    if not hidden:
        note_shown(sheets, person_id)
    return shown


def all_sheets(form_id: int) -> Sequence[ScanPage]:
    """Those set aside too."""
    query = sa.select(ScanPage).filter_by(form_id=form_id).order_by(ScanPage.page, ScanPage.id)
    return db.session.scalars(query.options(joinedload(ScanPage.scan))).all()


def read_lines(scanned: ScannedForm) -> list[Read]:
    entries, lines = entries_shown(scanned), lines_by_item(scanned.questionnaire)
    ids = {word["by"] for word in scanned.said.values()}
    names = dict(db.session.execute(sa.select(User.id, User.full_name).where(User.id.in_(ids))).all())
    read = []
    for item in scanned.layout.items():
        line, said = lines[item], scanned.said.get(item)
        machine = scanned.reading.items.get(item)
        answer = show(line.item.question, entries.answers.get(item), language())
        name = names.get(said["by"], "–") if said else ""
        state = machine.state if machine else BLANK if item in scanned.reading.empty else ""
        read.append(Read(line, state, answer, entries.notes.get(item, ""), name))
    return read


def entries_shown(scanned: ScannedForm) -> Entries:
    """With notes of what is not asked, once all is known that says what is."""
    entries, questionnaire = scanned.entries(), scanned.questionnaire
    if scanned.missing_pages() or scanned.open_cells():
        return entries
    return with_route(questionnaire, with_possible(questionnaire, entries))
