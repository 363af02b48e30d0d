"""A page that the machine could not read: why not, what it looks like, and what may be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_login import current_user
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from questionnaires.faults import Fault
from questionnaires.paper import write_serial
from survey.access import roles
from survey.collection import Refused
from survey.entry.blueprint import blueprint, page
from survey.entry.scanning.by_whom import ATTACHED, NOT_NEEDED, deeds_on
from survey.entry.scanning.form_scans import layout_of
from survey.entry.scanning.listed_again import listed_again
from survey.entry.scanning.missing_scans import batches_of
from survey.entry.scanning.pictures import find_sheet
from survey.entry.scanning.reading_again import StillUnread, bring_to_form
from survey.entry.scanning.stored import read_faults
from survey.entry.scanning.telling import Told, told_page
from survey.entry.scanning.unread import is_open, lay_aside_unread, take_back_unread
from survey.forms import StaffForm
from survey.language import sentence
from survey.models import ScanPage

MOST_PAGES = 99


class TellForm(StaffForm):
    serial = StringField(
        lazy_gettext("Number of the form"),
        [InputRequired(lazy_gettext("Enter the number of the form.")), Length(max=80)],
        description=lazy_gettext("With its check digit, as printed at the top of each page."),
    )
    page = IntegerField(
        lazy_gettext("Page of the form"),
        [
            InputRequired(lazy_gettext("Enter which page of the form it is.")),
            NumberRange(1, MOST_PAGES, lazy_gettext("Pages of a form are numbered from 1.")),
        ],
    )


@blueprint.get("/entry/scans/pages/<int:sheet_id>")
@roles("supervisor")
def unread_page(sheet_id: int) -> ResponseReturnValue:
    sheet = find_sheet(sheet_id)
    if sheet.form_id is not None and ATTACHED not in sheet.readings:
        return redirect(url_for("entry.form_scans", form_id=sheet.form_id))
    return show(sheet, TellForm(formdata=None, data=known_of(sheet)))


@blueprint.post("/entry/scans/pages/<int:sheet_id>")
@roles("supervisor")
def tell_page(sheet_id: int) -> ResponseReturnValue:
    """Read it as the page that a person says it is; where that fails, they may keep its picture."""
    sheet, telling = find_sheet(sheet_id), TellForm()
    if not telling.validate():
        return show(sheet, telling), 422
    keeping, survey_id = request.form.get("deed") == "keep", sheet.scan.survey_id
    try:
        told = told_page(sheet, telling.serial.data, telling.page.data)
        became = bring_to_form(sheet, told, current_user.id, keeping=keeping)
    except Refused as refused:
        return not_brought(sheet_id, telling, refused)
    flash(words_of(told, became))
    return redirect(url_for("entry.scans", survey_id=survey_id), 303)


@blueprint.post("/entry/scans/pages/<int:sheet_id>/not-needed")
@roles("supervisor")
def page_not_needed(sheet_id: int) -> ResponseReturnValue:
    person_id = current_user.id
    return listed_again(
        sheet_id, lambda: lay_aside_unread(sheet_id, person_id), gettext("The page is laid aside.")
    )


@blueprint.post("/entry/scans/pages/<int:sheet_id>/take-back")
@roles("supervisor")
def take_page_back(sheet_id: int) -> ResponseReturnValue:
    """Undo laying it aside, or keeping its picture with a form."""
    return listed_again(
        sheet_id, lambda: take_back_unread(sheet_id), gettext("The page is to be looked at again.")
    )


def not_brought(sheet_id: int, telling: TellForm, refused: Refused) -> ResponseReturnValue:
    """Why, at its field; who came too late is led back to the list."""
    sheet, rest = find_sheet(sheet_id), []
    for fault in refused.faults:
        if fault.place == "form":
            flash(sentence(fault))
            return redirect(url_for("entry.scans", survey_id=sheet.scan.survey_id), 303)
        if fault.place in telling:
            field = telling[fault.place]
            field.errors = [*field.errors, sentence(fault)]
        else:
            rest.append(Fault("", fault.template, fault.values))
    return show(sheet, telling, rest, may_keep=isinstance(refused, StillUnread)), 422


def words_of(told: Told, became: str) -> str:
    number = write_serial(told.code.serial)
    if became == "taken":
        return gettext("Form %(number)s is read and taken in.", number=number)
    if became == "kept":
        return gettext("The picture is kept with form %(number)s.", number=number)
    if became == "open":
        return gettext(
            "The page is read. Of form %(number)s, answers are still to be decided, or pages are missing.",
            number=number,
        )
    return gettext("The page is read, and kept beside form %(number)s; see “To look at”.", number=number)


def known_of(sheet: ScanPage) -> dict[str, object]:
    """What the machine read of the number and the page, or what cannot be otherwise."""
    serial = sheet.readings.get("serial")
    pages = {layout_of(batch).pages for batch in batches_of(sheet.scan.survey_id)}
    only = 1 if pages == {1} else None
    return {"serial": write_serial(serial) if serial else "", "page": sheet.page or only}


def show(sheet: ScanPage, telling: TellForm, faults: Sequence[Fault] = (), *, may_keep: bool = False) -> str:
    return page(
        "scanning/unread.html",
        sheet.scan.survey,
        sheet=sheet,
        telling=telling,
        faults=faults,
        reasons=read_faults(sheet.reason),
        is_open=is_open(sheet),
        deed=deeds_on([sheet], ATTACHED, NOT_NEEDED).get(sheet.id),
        may_keep=may_keep,
    )
