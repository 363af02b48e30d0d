"""All scans of one form together: found in the database, and looked at as one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from questionnaires.paper import parse_layout
from questionnaires.paper.layout import Layout
from questionnaires.scanning import forms_of
from survey.db import db
from survey.entry.scanning.cells import ScannedForm
from survey.entry.scanning.stored import read_reading
from survey.models import Batch, FormLayout, PaperForm, ScanPage

USED = ("waiting", "sure", "doubtful", "settled")
"""States of pages whose reading says something of their form."""
UNREAD_STATES = ("printed", "issued", "returned")
"""States of forms that nobody has read."""


def is_asked() -> sa.ColumnElement[bool]:
    """Whether a person is asked about a page: nobody is any more where its form was keyed meanwhile."""
    return sa.and_(ScanPage.state == "doubtful", ScanPage.form.has(PaperForm.state.in_(UNREAD_STATES)))


def is_overtaken() -> sa.ColumnElement[bool]:
    """Whether a page is in doubt whose form was keyed, imported or marked as gone meanwhile."""
    return sa.and_(ScanPage.state == "doubtful", ScanPage.form.has(PaperForm.state.not_in(UNREAD_STATES)))


def is_ready() -> sa.ColumnElement[bool]:
    """Whether nothing is left to ask on a page, nor on any other of its form."""
    other = aliased(ScanPage)
    unsure = sa.exists().where(other.form_id == ScanPage.form_id, other.state.in_(("waiting", "doubtful")))
    return sa.and_(ScanPage.state == "sure", ~unsure)


def layout_of(batch: Batch) -> Layout:
    """The layout that the forms of a batch were printed in."""
    return _layout(batch.layout.sha256)


@lru_cache(maxsize=32)
def _layout(sha256: str) -> Layout:
    """What has this digest never changes."""
    return parse_layout(db.session.scalars(sa.select(FormLayout.content).filter_by(sha256=sha256)).one())


def sheets_of(form_id: int, *, lock: bool = False) -> Sequence[ScanPage]:
    """The pages whose readings count, in the order in which they came."""
    query = (
        sa.select(ScanPage)
        .where(ScanPage.form_id == form_id, ScanPage.state.in_(USED))
        .order_by(ScanPage.id)
        .options(joinedload(ScanPage.scan))
    )
    if lock:
        query = query.with_for_update(of=ScanPage).execution_options(populate_existing=True)
    return [sheet for sheet in db.session.scalars(query) if sheet.readings]


def scanned_form(form: PaperForm, sheets: Sequence[ScanPage]) -> ScannedForm | None:
    """The form as these sheets show it; None where there is none."""
    if not sheets:
        return None
    layout = layout_of(form.batch)
    digest = sheets[0].readings["digest"]
    (reading,) = forms_of([read_reading(sheet, layout) for sheet in sheets], {digest: layout}).forms
    said = {item: word for sheet in sheets for item, word in sheet.readings.get("said", {}).items()}
    return ScannedForm(form.batch.survey.questionnaire, layout, reading, said)
