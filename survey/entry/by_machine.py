"""Which forms the machine read first; people only decided what it was in doubt about."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext

from survey.db import db
from survey.entry.blueprint import blueprint
from survey.models import FormReading, PaperForm


def read_by_machine(*forms: sa.ColumnElement[bool]) -> set[int]:
    """The ids of those of these forms."""
    query = sa.select(FormReading.form_id).join(FormReading.form).where(FormReading.kind == "scan", *forms)
    return set(db.session.scalars(query.where(FormReading.state == "done")))


def reader_of(form: PaperForm, is_by_machine: bool) -> str:
    """Who read the form first, in words; empty where nobody has."""
    name = form.keyed_by.full_name if form.keyed_by else ""
    if not is_by_machine:
        return name
    if name:
        return gettext("Read by the machine, doubts decided by %(name)s", name=name)
    return gettext("Read by the machine")


blueprint.add_app_template_filter(reader_of, "reader")
