"""Settling: what two people keyed of one item side by side, and a third says what the paper says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from questionnaires import answers as answering
from questionnaires.answers import write_form
from questionnaires.faults import N_, Fault
from survey.access import roles
from survey.addresses import argument
from survey.collection import Refused, SurveyClosed
from survey.collection.paper import Difference, differences_of, settle
from survey.collection.paper.deciding import forms_decided_by
from survey.db import db
from survey.entry.blueprint import blueprint, page
from survey.entry.scanning.pictures import pictures_of
from survey.entry.screen import Filled, Line, lines_of
from survey.entry.waiting import next_disputed
from survey.errors import UserError
from survey.models import FormReading, PaperForm

CHOOSE = N_("Choose what the paper says.")
CLOSED = N_("This survey takes no paper forms now. Nothing was saved.")
OWN_DECISION = N_("You decided what the scan of this form says: somebody else settles where it differs.")
OWN_FORM = N_("You keyed this form yourself: somebody else settles where it differs.")
SAID = ("blank", "unreadable", "impossible")


@dataclass(frozen=True)
class Said:
    """What somebody says of an item, as raw texts and a note."""

    texts: Sequence[str]
    note: str


@blueprint.get("/entry/batches/<int:batch_id>/settle")
@roles("supervisor")
def settle_batch(batch_id: int) -> ResponseReturnValue:
    """To the next form of the batch that waits to be settled."""
    form_id = next_disputed(batch_id, current_user.id, argument("after") or 0)
    if form_id is None:
        return redirect(url_for("entry.batch", batch_id=batch_id))
    return redirect(url_for("entry.settlement", form_id=form_id))


@blueprint.get("/entry/forms/<int:form_id>/settle")
@roles("supervisor")
def settlement(form_id: int) -> ResponseReturnValue:
    form = find_form(form_id)
    differences = differences_of(form)
    if not differences:
        return redirect(url_for("entry.batch", batch_id=form.batch_id))
    return show(form, differences)


@blueprint.post("/entry/forms/<int:form_id>/settle")
@roles("supervisor")
def settle_item(form_id: int) -> ResponseReturnValue:
    form = find_form(form_id)
    differences, item = differences_of(form), request.form.get("form-item", "")
    if not differences:
        return redirect(url_for("entry.batch", batch_id=form.batch_id), 303)
    said = chosen(item, differences)
    if said is None:
        return show(form, differences, item, [Fault("form-says", CHOOSE)]), 422
    try:
        state = settle(form.id, item, said.texts, current_user, note=said.note)
    except Refused as refusal:
        return refused(form_id, item, refusal)
    except SurveyClosed:
        raise UserError(CLOSED, status=409) from None
    return go_on(find_form(form_id), state)


def find_form(form_id: int) -> PaperForm:
    """Raises UserError where this person keyed the form, or decided a cell of its scan."""
    form = db.session.get(PaperForm, form_id) or abort(404)
    own = sa.select(FormReading.id).filter_by(form_id=form.id, person_id=current_user.id)
    if db.session.scalars(own).first() is not None:
        raise UserError(OWN_FORM, status=409)
    if form.id in forms_decided_by(form.batch_id, current_user.id):
        raise UserError(OWN_DECISION, status=409)
    return form


def chosen(item: str, differences: Sequence[Difference]) -> Said | None:
    """What was said of the item in this request; None where nothing was."""
    says = request.form.get("form-says", "")
    difference = next((each for each in differences if each.item == item), None)
    if difference and says == "first":
        return as_keyed(difference.first, difference.first_note)
    if difference and says == "second":
        return as_keyed(difference.second, difference.second_note)
    if says in ("blank", "unreadable"):
        return Said((), says)
    texts = [text for text in request.form.getlist(item) if text.strip()]
    if says == "other" and texts:
        return Said(texts, "impossible" if "form-impossible" in request.form else "")
    return None


def as_keyed(value: Any, note: str) -> Said:
    texts = write_form({"value": value})["value"] if value is not None else []
    return Said(texts, note if note in SAID else "" if texts else "blank")


def refused(form_id: int, item: str, refusal: Refused) -> ResponseReturnValue:
    """Show what is wrong at the item where it is, which both may have read alike."""
    form = find_form(form_id)
    known = {line.item.code for line in lines_of(questionnaire_of(form))}
    place = next((fault.place for fault in refusal.faults if fault.place in known), item)
    faults = [Fault("form-says", fault.template, fault.values) for fault in refusal.faults]
    return show(form, differences_of(form), place, faults), 422


def go_on(form: PaperForm, state: str) -> ResponseReturnValue:
    if state == "disputed":
        return redirect(url_for("entry.settlement", form_id=form.id), 303)
    flash(gettext("Form %(number)s is settled and accepted.", number=form.number))
    return redirect(url_for("entry.settle_batch", batch_id=form.batch_id, after=form.number), 303)


def questionnaire_of(form: PaperForm) -> Any:
    return form.batch.survey.questionnaire_version.questionnaire


def show(
    form: PaperForm, differences: Sequence[Difference], item: str = "", faults: Sequence[Fault] = ()
) -> str:
    lines = {line.item.code: line for line in lines_of(questionnaire_of(form))}
    item = item if item in lines else asked_for(lines, differences)
    return page(
        "settle.html",
        form.batch.survey,
        form=form,
        batch=form.batch,
        line=lines[item],
        difference=next((each for each in differences if each.item == item), None),
        place=place_of(item, differences) + 1,
        of=len(differences),
        before=settled_before(item, differences, lines),
        pictures=pictures_of(form, item),
        is_scanned=is_scanned(form),
        filled=Filled(request.form.to_dict(flat=False)),
        faults=faults,
        show=answering.show,
    )


def place_of(item: str, differences: Sequence[Difference]) -> int:
    return next((place for place, each in enumerate(differences) if each.item == item), 0)


def settled_before(item: str, differences: Sequence[Difference], lines: Mapping[str, Line]) -> Line | None:
    """The difference before this one, to look at again: until the last is settled each may be changed."""
    place = place_of(item, differences)
    return lines[differences[place - 1].item] if place else None


def is_scanned(form: PaperForm) -> bool:
    """Whether the machine was the first to read it."""
    query = sa.select(FormReading.id).filter_by(form_id=form.id, kind="scan")
    return db.session.scalars(query).first() is not None


def asked_for(lines: dict[str, Line], differences: Sequence[Difference]) -> str:
    """The item that the address names, else the first difference that is not settled."""
    named = request.args.get("item", "")
    if named in lines:
        return named
    return next((each.item for each in differences if each.settlement is None), differences[0].item)
