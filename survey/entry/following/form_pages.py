"""One form: found by its number, and what happened to it."""

from __future__ import annotations

import sqlalchemy as sa
from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from questionnaires.faults import N_, Fault
from questionnaires.paper import PaperError, write_serial
from questionnaires.written import clean
from survey.access import roles
from survey.collection.form_trail import MOVES
from survey.collection.paper import noted_on
from survey.collection.paper.moving import may_be_archived
from survey.db import db
from survey.entry.blueprint import blueprint, page
from survey.entry.by_machine import read_by_machine
from survey.entry.following.being_keyed import being_keyed
from survey.entry.following.marking import ArchiveForm, MarkForm, deeds_for
from survey.entry.following.numbers import read_form_number
from survey.entry.following.trail import EVENT_WORDS, steps_of
from survey.entry.forms import ReasonForm
from survey.entry.states import state_of
from survey.models import PaperForm, ScanPage

LONGEST_NUMBER = 80
NO_SUCH_FORM = N_("No form was printed here with the number %(number)s.")


@blueprint.get("/entry/forms")
@roles("enumerator", "supervisor")
def find_form() -> ResponseReturnValue:
    """The form of a number that was typed, or of a QR code's text."""
    typed = clean(request.args.get("number", ""), lines=False)[:LONGEST_NUMBER]
    if not typed:
        return render_template("entry/following/find.html", number="", faults=[])
    try:
        serial = read_form_number(typed)
    except PaperError as error:
        return not_found(typed, [Fault("number", each.template, each.values) for each in error.faults])
    form_id = db.session.scalar(sa.select(PaperForm.id).filter_by(serial=serial))
    if form_id is None:
        return not_found(typed, [Fault("number", NO_SUCH_FORM, {"number": write_serial(serial)})])
    return redirect(url_for("entry.follow_form", form_id=form_id))


def not_found(typed: str, faults: list[Fault]) -> ResponseReturnValue:
    return render_template("entry/following/find.html", number=typed, faults=faults), 404


@blueprint.get("/entry/forms/<int:form_id>")
@roles("enumerator", "supervisor")
def follow_form(form_id: int) -> str:
    return show(form_of(form_id))


def form_of(form_id: int) -> PaperForm:
    return db.session.get(PaperForm, form_id) or abort(404)


def show(
    form: PaperForm,
    marking: MarkForm | None = None,
    faults: list[Fault] | None = None,
    rejecting: ReasonForm | None = None,
    archiving: ArchiveForm | None = None,
) -> str:
    marking = marking or MarkForm(formdata=None)
    marking.offer(deeds_for(form))
    shown, is_by_machine = state_of(form), bool(read_by_machine(PaperForm.id == form.id))
    may_read = current_user.role == "supervisor" and shown != "second"
    steps = steps_of(form, is_by_machine=is_by_machine, with_reasons=may_read)
    accepted = gettext(EVENT_WORDS["accepted"])
    return page(
        "following/form.html",
        form.batch.survey,
        paper=form,
        shown=shown,
        is_by_machine=is_by_machine,
        steps=steps,
        marking=marking,
        rejecting=rejecting or ReasonForm(formdata=None, prefix="reject-"),
        archiving=archiving or ArchiveForm(formdata=None),
        being_keyed=being_keyed(form.batch_id, form.id),
        is_scanned=is_scanned(form),
        noted=len(noted_on(form)) if may_read else 0,
        accepted=next((step for step in reversed(steps) if step.words == accepted), None),
        may_reject="rejected" in MOVES[form.state],
        may_archive=may_be_archived(form),
        found=faults or [],
    )


def is_scanned(form: PaperForm) -> bool:
    return bool(db.session.scalar(sa.select(sa.exists().where(ScanPage.form_id == form.id))))
