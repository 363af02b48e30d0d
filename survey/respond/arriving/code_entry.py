"""Entering a code: from a letter, or to go on with what was begun on another device."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from questionnaires.faults import N_, Fault
from survey import codes
from survey.access import public
from survey.collection import CodeUsed
from survey.models import Survey
from survey.respond.arriving.invited import dossier_burns, visit_by_code
from survey.respond.arriving.lead_in import lead_in
from survey.respond.arriving.start import open_visit, show_start
from survey.respond.blueprint import blueprint, find_survey
from survey.respond.visit import keep, new_visit
from survey.security import is_refused, limiter

MISTYPED = N_("Check the code: it has 12 letters and digits, and at least one of them is not right.")
UNKNOWN_CODE = N_(
    "No survey knows this code. Check it against your invitation or your note. A code to go on with ends "
    "with its survey."
)
UNKNOWN_DOSSIER = N_(
    "This number is not on the list of this survey, or answers were sent with it already. Check it against "
    "the receipt you were given for your dossier."
)
TRIES = "20 per minute; 200 per hour"


@blueprint.get("/c", strict_slashes=False)
@public
def enter_code() -> str:
    return render_template("respond/code.html", faults=(), typed="")


@blueprint.get("/c/<code>")
@public
def open_code(code: str) -> str:
    """The address in a message: it fills the code in, and the person's own press begins the visit."""
    return render_template("respond/code.html", faults=(), typed=code[:40])


@blueprint.post("/c")
@public
@limiter.limit(TRIES, deduct_when=is_refused)
def accept_code() -> ResponseReturnValue:
    """Lead to the survey that the code is for. Only wrong codes count towards the limit."""
    typed = request.form.get("code", "")
    code = codes.normalise(typed)
    found = visit_by_code(code) if code else None
    if found is None:
        faults = [Fault("code", UNKNOWN_CODE if code else MISTYPED)]
        return render_template("respond/code.html", faults=faults, typed=typed[:40]), 422
    survey, visit = found
    return lead_in(survey, visit)


@blueprint.post("/k/<slug>/dossier")
@public
@limiter.limit(TRIES)  # all tries, right or wrong: numbers follow one another, and could be tried out
def accept_dossier(slug: str) -> ResponseReturnValue:
    """Let in who holds the receipt of a dossier on the list. Its number is kept nowhere beside answers."""
    survey = find_survey(slug)
    burns = burnt_by(survey, request.form.get("dossier", "")[:100]) if survey.by_dossier else None
    if burns is None:
        return show_start(survey, None, faults=[Fault("dossier", UNKNOWN_DOSSIER)]), 422
    begun = open_visit(survey)
    keep(survey, replace(begun, burns=burns) if begun else new_visit(survey, burns=burns))
    return redirect(url_for("respond.start", slug=slug), 303)


def burnt_by(survey: Survey, number: str) -> str | None:
    """What this number burns; nothing if it is unknown or was used, so that trying tells neither apart."""
    try:
        return dossier_burns(survey, number)
    except CodeUsed:
        return None
