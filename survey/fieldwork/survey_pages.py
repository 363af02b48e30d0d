"""Surveys: one survey and its progress, a new survey, and changes."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import joinedload

from questionnaires.faults import N_
from survey import audit
from survey.access import roles
from survey.collection.paper import unjudged
from survey.db import db
from survey.errors import UserError
from survey.fieldwork.blueprint import SURVEY_READERS, blueprint, locked, public_address
from survey.fieldwork.closing_form import CloseSurveyForm
from survey.fieldwork.paper_outcomes import GONE_NAMES
from survey.fieldwork.progress import code_counts, progress
from survey.fieldwork.quotas.lines import quota_counts
from survey.fieldwork.readiness import obstacles, paper_that_waits, reminders
from survey.fieldwork.recording import changes, particulars
from survey.fieldwork.states import SURVEY_FOLLOWS, SURVEY_STATES
from survey.fieldwork.survey_forms import PAGE_WORDS, RATES_WORDS, SurveyForm
from survey.models import Round, Survey

RECORDED = (
    "questionnaire_id",
    "code",
    "slug",
    "opens_on",
    "closes_on",
    "open_link",
    "by_dossier",
    "page_by",
    "rates",
    "contact",
    "purpose",
    "legal_basis",
    "keep_until",
    "withdrawable",
)
ROUND_ENDED = N_("The round is closed: it takes no new survey.")
MODE_NAMES = {
    "online": N_("online"),
    "keyed": N_("keyed"),
    "scanned": N_("scanned"),
    "tablet": N_("tablet"),
    "imported": N_("imported"),
}


@blueprint.get("/surveys/<int:survey_id>")
@roles(*SURVEY_READERS)
def show_survey(survey_id: int) -> str:
    options = [joinedload(Survey.round), joinedload(Survey.questionnaire_version)]
    return show(db.get_or_404(Survey, survey_id, options=options))


def show(survey: Survey, closing: CloseSurveyForm | None = None) -> str:
    """The survey's page; `closing` is the form for that, where it was refused."""
    may_open_next = "open" in SURVEY_FOLLOWS[survey.state]
    return render_template(
        "fieldwork/survey.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        questionnaire=survey.questionnaire_version.questionnaire,
        obstacles=obstacles(survey) if may_open_next else [],
        reminders=list(reminders(survey)) if survey.state != "closed" else [],
        follows=SURVEY_FOLLOWS[survey.state],
        must_confirm=paper_that_waits(survey),
        closing=closing or CloseSurveyForm(formdata=None),
        unjudged=unjudged(Survey.id == survey.id) if survey.state == "closed" else [],
        states=SURVEY_STATES,
        progress=progress(survey),
        codes=code_counts(survey.id),
        modes=MODE_NAMES,
        gone_names=GONE_NAMES,
        quotas=quota_counts(survey.id),
        rates_words=RATES_WORDS,
        page_words=PAGE_WORDS,
        link=public_address(f"/k/{survey.slug}"),
    )


@blueprint.route("/rounds/<int:round_id>/surveys/new", methods=["GET", "POST"])
@roles("planner")
def new_survey(round_id: int) -> ResponseReturnValue:
    a_round = db.get_or_404(Round, round_id)
    if a_round.state not in ("planned", "open"):
        raise UserError(ROUND_ENDED, status=409)
    form = SurveyForm(a_round)
    if not form.validate_on_submit():
        return show_form(form, a_round, None)
    survey = Survey(round=a_round)
    form.fill(survey)
    db.session.add(survey)
    audit.record("survey.create", subject(survey), **changes({}, particulars(survey, RECORDED)))
    db.session.commit()
    flash(gettext("The survey is stored as a draft. Next, give it a sample."))
    return redirect(url_for("fieldwork.show_survey", survey_id=survey.id))


@blueprint.route("/surveys/<int:survey_id>/edit", methods=["GET", "POST"])
@roles("planner")
def edit_survey(survey_id: int) -> ResponseReturnValue:
    survey = locked(Survey, survey_id)
    form = SurveyForm(survey.round, survey)
    if not form.validate_on_submit():
        return show_form(form, survey.round, survey)
    before = particulars(survey, RECORDED)
    form.fill(survey)
    audit.record("survey.change", subject(survey), **changes(before, particulars(survey, RECORDED)))
    db.session.commit()
    flash(gettext("The changes are saved."))
    return redirect(url_for("fieldwork.show_survey", survey_id=survey_id))


def show_form(form: SurveyForm, a_round: Round, survey: Survey | None) -> ResponseReturnValue:
    page = render_template(
        "fieldwork/survey_form.html", form=form, round=a_round, survey=survey, synthetic=a_round.synthetic
    )
    return page, 400 if form.errors else 200


def subject(survey: Survey) -> str:
    """A survey as the audit trail names it."""
    return f"survey {survey.round.code}/{survey.code}"
