"""The page of a survey's tablets, and what the planner does there."""

from __future__ import annotations

import segno
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.faults import N_
from survey import audit
from survey.access import roles
from survey.db import db
from survey.errors import UserError
from survey.fieldwork.blueprint import blueprint, locked, public_address
from survey.fieldwork.kiosks.forms import KioskForm
from survey.fieldwork.kiosks.stored import answers_on_tablets, kiosk_of, kiosks_of, new_key, strata_for
from survey.fieldwork.survey_pages import subject
from survey.models import Kiosk, Survey

CLOSED = N_("The survey is closed: a tablet would take no answers.")
SEVERAL_RATED = N_("In this survey each person rates several units; a tablet at a desk is for one unit.")
SWITCHED = {
    True: ("kiosk.switch_on", N_("The tablet is switched on.")),
    False: ("kiosk.switch_off", N_("The tablet is switched off. Who is answering on it may finish.")),
}


@blueprint.get("/surveys/<int:survey_id>/kiosks")
@roles("planner")
def show_kiosks(survey_id: int) -> str:
    survey = db.get_or_404(Survey, survey_id)
    return show(survey, KioskForm(survey, strata_for(survey_id)))


@blueprint.post("/surveys/<int:survey_id>/kiosks")
@roles("planner")
def add_kiosk(survey_id: int) -> ResponseReturnValue:
    survey = able_to_have_kiosks(locked(Survey, survey_id))
    form = KioskForm(survey, strata_for(survey_id))
    if not form.validate():
        return show(survey, form), 400
    kiosk = Kiosk(survey=survey, stratum_id=form.stratum_id.data, name=form.name.data)
    key = new_key(kiosk)
    db.session.add(kiosk)
    db.session.flush()
    audit.record("kiosk.create", subject(survey), kiosk=kiosk.name, stratum=kiosk.stratum.code)
    db.session.commit()
    return show_link(survey, kiosk, key)


@blueprint.post("/surveys/<int:survey_id>/kiosks/<int:kiosk_id>/key")
@roles("planner")
def renew_key(survey_id: int, kiosk_id: int) -> ResponseReturnValue:
    """Make another key: the device that holds the one before is shut out."""
    survey = able_to_have_kiosks(locked(Survey, survey_id))
    kiosk = kiosk_of(survey, kiosk_id)
    key = new_key(kiosk)
    audit.record("kiosk.key", subject(survey), kiosk=kiosk.name)
    db.session.commit()
    return show_link(survey, kiosk, key)


@blueprint.post("/surveys/<int:survey_id>/kiosks/<int:kiosk_id>/switch")
@roles("planner")
def switch_kiosk(survey_id: int, kiosk_id: int) -> ResponseReturnValue:
    """On or off, as the button said; a second click changes nothing."""
    survey = locked(Survey, survey_id)
    kiosk, wanted = kiosk_of(survey, kiosk_id), request.form.get("active") == "1"
    action, words = SWITCHED[wanted]
    if kiosk.active != wanted:
        kiosk.active = wanted
        audit.record(action, subject(survey), kiosk=kiosk.name)
        db.session.commit()
    flash(gettext(words))
    return redirect(url_for("fieldwork.show_kiosks", survey_id=survey_id), 303)


def able_to_have_kiosks(survey: Survey) -> Survey:
    """The survey, if tablets can serve it. Raises UserError."""
    if survey.state == "closed":
        raise UserError(CLOSED, status=409)
    if survey.rates == "several":
        raise UserError(SEVERAL_RATED, status=409)
    return survey


def show(survey: Survey, form: KioskForm) -> str:
    return render_template(
        "fieldwork/kiosks.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        form=form,
        kiosks=kiosks_of(survey.id),
        answers=answers_on_tablets(survey.id),
        quit_address=public_address(url_for("respond.ask_to_quit")),
    )


def show_link(survey: Survey, kiosk: Kiosk, key: str) -> str:
    """The only time that anybody sees the key, as a link and as a code for the tablet's camera."""
    address = public_address(url_for("respond.confirm_kiosk", key=key))
    return render_template(
        "fieldwork/kiosk_link.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        kiosk=kiosk,
        address=address,
        picture=segno.make(address).svg_data_uri(scale=6),
    )
