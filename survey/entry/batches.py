"""Batches: the list and its progress, a new one, the forms of one."""

from __future__ import annotations

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from survey import audit
from survey.access import roles
from survey.addresses import argument
from survey.collection.paper import noted_in
from survey.collection.paper.scans_waiting import numbers_scanned
from survey.collection.paper_waiting import unfinished
from survey.db import db
from survey.entry.blueprint import blueprint, find_batch, page
from survey.entry.by_machine import read_by_machine
from survey.entry.following.shown_numbers import link_gaps
from survey.entry.forms import CODE_TAKEN, BatchForm, CloseForm
from survey.entry.from_paper import counting_meanwhile
from survey.entry.progress import (
    batch_list,
    enumerators,
    keyed_numbers,
    known_numbers,
    missing_numbers,
    surveys_with_batches,
)
from survey.entry.states import shown_state
from survey.entry.verifying.rates import rates_of
from survey.entry.waiting import waiting_in
from survey.errors import UserError
from survey.models import Batch, PaperForm

FORMS_PER_PAGE = 100


@blueprint.get("/entry")
@roles("enumerator", "supervisor")
def batches() -> str:
    survey_id = argument("survey")
    supervises = current_user.role == "supervisor"
    shows_closed = supervises and "closed" in request.args
    number = argument("page") or 1
    surveys = surveys_with_batches()
    listed = batch_list(survey_id, closed=shows_closed, page=number)
    return render_template(
        "entry/batches.html",
        surveys=surveys,
        survey_id=survey_id,
        shows_closed=shows_closed,
        listed=listed,
        page=number,
        people=enumerators(survey_id) if supervises else [],
        synthetic=any(each.batch.survey.round.synthetic for each in listed.batches),
    )


@blueprint.route("/entry/batches/new", methods=["GET", "POST"])
@roles("supervisor")
def new_batch() -> ResponseReturnValue:
    form = BatchForm()
    if not form.validate_on_submit():
        return render_template("entry/new_batch.html", form=form), 400 if form.errors else 200
    stratum = form.strata[form.stratum_id.data]
    batch = Batch(
        survey_id=stratum.sample.survey_id,
        stratum_id=stratum.id,
        code=form.code.data,
        forms_expected=form.forms_expected.data,
    )
    db.session.add(batch)
    audit.record(
        "batch.create",
        f"batch {batch.code}",
        survey=stratum.sample.survey.code,
        forms_expected=batch.forms_expected,
    )
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise UserError(CODE_TAKEN, status=409) from None
    flash(gettext("Batch %(code)s is ready to be keyed.", code=batch.code))
    return redirect(url_for("entry.batch", batch_id=batch.id))


@blueprint.get("/entry/batches/<int:batch_id>")
@roles("enumerator", "supervisor")
def batch(batch_id: int) -> str:
    return show(find_batch(batch_id))


def show(found: Batch, closing: CloseForm | None = None) -> str:
    """The batch's page; `closing` is the form for that, where it was refused."""
    number = argument("page") or 1
    supervises = current_user.role == "supervisor"
    scanned = numbers_scanned(found.id)
    here = sorted({*known_numbers(found), *scanned})
    return page(
        "batch.html",
        found.survey,
        batch=found,
        waiting=waiting_in(found, current_user.id),
        unfinished=unfinished(Batch.id == found.id),
        closing=closing or CloseForm(formdata=None),
        rates=rates_of(found) if supervises else None,
        noted=noted_in(PaperForm.batch_id == found.id, PaperForm.state != "rejected") if supervises else {},
        counting_meanwhile=counting_meanwhile(found),
        keyed=len(keyed_numbers(found)),
        missing=link_gaps(found, missing_numbers(here, found.forms_expected)),
        scanned={found: scanned} if scanned else {},
        forms=forms_of(found, number),
        by_machine=read_by_machine(PaperForm.batch_id == found.id),
        page=number,
        pages=-(-number_of_forms(found) // FORMS_PER_PAGE),
    )


def number_of_forms(found: Batch) -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(PaperForm.batch_id == found.id)) or 0


def forms_of(found: Batch, number: int) -> list[tuple[PaperForm, str]]:
    """A page of the forms, each with its state as pages show it."""
    query = (
        sa.select(PaperForm, shown_state())
        .where(PaperForm.batch_id == found.id)
        .order_by(PaperForm.number)
        .options(joinedload(PaperForm.keyed_by), joinedload(PaperForm.checked_by))
    )
    rows = db.session.execute(query.limit(FORMS_PER_PAGE).offset(FORMS_PER_PAGE * (number - 1)))
    return [(form, state) for form, state in rows]
