"""What may be done with one form by hand: marked, rejected, put back from a keyer, put into the archive."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from questionnaires.faults import Fault
from survey.access import roles
from survey.collection import Refused
from survey.collection.paper import archive_form, mark_forms, put_back, reject_form
from survey.entry.blueprint import blueprint
from survey.entry.following.form_pages import form_of, show
from survey.entry.following.marking import ArchiveForm, MarkForm
from survey.entry.following.shown_numbers import name_of
from survey.entry.forms import ReasonForm
from survey.models import PaperForm


@blueprint.post("/entry/forms/<int:form_id>/mark")
@roles("enumerator", "supervisor")
def mark_form(form_id: int) -> ResponseReturnValue:
    form, marking = form_of(form_id), MarkForm()
    if not marking.validate():
        return show(form, marking), 422
    try:
        mark_forms(form.batch, [form.number], marking.state.data, current_user, marking.reason.data or "")
    except Refused as refused:
        return show(form_of(form_id), marking, named(refused, form_of(form_id))), 409
    return done(form_id, gettext("Form %(number)s is marked.", number=name_of(form)))


@blueprint.post("/entry/forms/<int:form_id>/reject")
@roles("supervisor")
def reject_paper(form_id: int) -> ResponseReturnValue:
    form, reason = form_of(form_id), ReasonForm(prefix="reject-")
    if not reason.validate():
        return show(form, rejecting=reason), 422
    try:
        reject_form(form_id, current_user, reason.reason.data)
    except Refused as refused:
        return show(form_of(form_id), faults=named(refused, form_of(form_id)), rejecting=reason), 409
    return done(form_id, gettext("The form is rejected: it counts nowhere any more."))


def named(refused: Refused, form: PaperForm) -> list[Fault]:
    """The faults, the form called by the number that stands on it."""
    return [Fault("", each.template, {**each.values, "number": name_of(form)}) for each in refused.faults]


@blueprint.post("/entry/forms/<int:form_id>/archive")
@roles("supervisor")
def archive_one(form_id: int) -> ResponseReturnValue:
    form, archiving = form_of(form_id), ArchiveForm()
    if not archiving.validate():
        return show(form, archiving=archiving), 422
    try:
        archive_form(form_id, current_user, archiving.place.data)
    except Refused as refused:
        return show(form_of(form_id), faults=named(refused, form_of(form_id)), archiving=archiving), 409
    return done(form_id, gettext("Form %(number)s is in the archive.", number=name_of(form)))


@blueprint.post("/entry/forms/<int:form_id>/put-back")
@roles("supervisor")
def put_form_back(form_id: int) -> ResponseReturnValue:
    """To the batch, as the form may be known no more."""
    form = form_of(form_id)
    batch_id, name = form.batch_id, name_of(form)
    kind = "second" if request.form.get("kind") == "second" else "first"
    try:
        put_back(form_id, kind)
    except Refused as refused:
        return show(form_of(form_id), faults=named(refused, form_of(form_id))), 409
    flash(gettext("Form %(number)s is put back: what was typed of it is thrown away.", number=name))
    return redirect(url_for("entry.follow_batch", batch_id=batch_id), 303)


def done(form_id: int, message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("entry.follow_form", form_id=form_id), 303)
