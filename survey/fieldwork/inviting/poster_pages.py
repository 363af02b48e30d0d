"""Posters to print: chosen on a page, handed out as one PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from questionnaires.faults import N_, Fault
from survey import audit
from survey.access import roles
from survey.collection import strata_on_offer
from survey.db import db
from survey.fieldwork.blueprint import blueprint
from survey.fieldwork.inviting.places import survey_address
from survey.fieldwork.inviting.poster import posters_of
from survey.fieldwork.inviting.poster_pdf import SIZES, posters_pdf
from survey.fieldwork.survey_pages import subject
from survey.fieldwork.tables import PDF, attachment
from survey.models import Survey, Unit

SIZE_NAMES: Mapping[str, str] = {
    "a4": N_("Posters: one on each A4 page"),
    "cards": N_("Cards for the desk: four alike on each A4 page, to cut"),
}
NONE_CHOSEN = N_("Choose at least one poster.")
BY_CODE_ALONE = N_(
    "This survey is answered with personal codes alone, so a poster would lead nowhere. Let people answer "
    "over the open link or with the number of a dossier first."
)


@blueprint.get("/surveys/<int:survey_id>/posters")
@roles("planner")
def show_posters(survey_id: int) -> str:
    survey = db.get_or_404(Survey, survey_id)
    return show(survey, units_of(survey), MultiDict([("size", "a4"), ("units", "some")]))


@blueprint.post("/surveys/<int:survey_id>/posters")
@roles("planner")
def make_posters(survey_id: int) -> ResponseReturnValue:
    survey = db.get_or_404(Survey, survey_id)
    units, size = units_of(survey), request.form.get("size", "a4")
    posters = posters_of(survey, wanted_of(units, request.form), "general" in request.form)
    if not posters or size not in SIZES:
        return show(survey, units, request.form, [Fault("general", NONE_CHOSEN)]), 422
    audit.record("poster.make", subject(survey), posters=len(posters), size=size)
    db.session.commit()
    return attachment(posters_pdf(posters, size, survey.code), PDF, f"posters-{survey.code}.pdf")


def units_of(survey: Survey) -> list[Unit]:
    """The units that the address can name; where several are rated in one sitting, it names none."""
    return [] if survey.rates == "several" else [stratum.unit for stratum in strata_on_offer(survey)]


def wanted_of(units: Sequence[Unit], form: MultiDict[str, str]) -> list[Unit]:
    ticked = set(form.getlist("unit"))
    return [unit for unit in units if form.get("units") == "all" or unit.code in ticked]


def show(
    survey: Survey, units: Sequence[Unit], chosen: MultiDict[str, str], faults: Sequence[Fault] = ()
) -> str:
    return render_template(
        "fieldwork/inviting/posters.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        units=units,
        chosen=chosen,
        sizes=SIZE_NAMES,
        address=survey_address(survey),
        obstacle=None if survey.open_link or survey.by_dossier else BY_CODE_ALONE,
        faults=faults,
    )
