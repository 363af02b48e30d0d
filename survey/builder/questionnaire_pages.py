"""Questionnaires: the list, one version as people read it in every language, and adding a version."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask import render_template, request
from flask.typing import ResponseReturnValue

from survey.access import roles
from survey.builder import pages
from survey.builder.blueprint import READERS, blueprint
from survey.builder.covering import STATES, covering, of_group
from survey.builder.drafts.lists import drafts_of, questionnaires_in_use, state_of, stored
from survey.builder.form_view import sections, weighed_criteria
from survey.builder.shelves import FRAMEWORKS, QUESTIONNAIRES, Version, versions
from survey.db import db
from survey.models import QuestionnaireVersion, Survey


@blueprint.get("/questionnaires")
@roles(*READERS)
def list_questionnaires() -> str:
    uses = sa.select(Survey.questionnaire_id, sa.func.count()).group_by(Survey.questionnaire_id)
    return render_template(
        "builder/questionnaires.html",
        stored=stored(versions(QUESTIONNAIRES), questionnaires_in_use()),
        drafts=drafts_of("questionnaire"),
        uses=dict(db.session.execute(uses).all()),
    )


@blueprint.route("/questionnaires/new", methods=["GET", "POST"])
@roles("planner")
def add_questionnaire() -> ResponseReturnValue:
    return pages.add_page(QUESTIONNAIRES)


@blueprint.get("/questionnaires/<int:version_id>")
@roles(*READERS)
def show_questionnaire(version_id: int) -> str:
    version = db.get_or_404(QuestionnaireVersion, version_id)
    questionnaire = version.questionnaire
    frameworks = versions(FRAMEWORKS)
    chosen = chosen_framework(frameworks)
    return render_template(
        "builder/questionnaire.html",
        version=version,
        state=state_of(version, version_id in questionnaires_in_use()),
        questionnaire=questionnaire,
        sections=sections(questionnaire),
        uses=uses_of(version_id),
        frameworks=frameworks,
        chosen=chosen,
        criteria=weighed_criteria(questionnaire, chosen.framework) if chosen else {},
        covering=(
            of_group(covering(chosen.framework, [questionnaire]), questionnaire.group) if chosen else None
        ),
        states=STATES,
    )


def uses_of(version_id: int) -> int:
    """In how many surveys the version is asked."""
    query = sa.select(sa.func.count()).select_from(Survey).where(Survey.questionnaire_id == version_id)
    return db.session.scalar(query) or 0


def chosen_framework(frameworks: Sequence[Version]) -> Version | None:
    """The framework named in the address, else the first that is not retired."""
    named = request.args.get("framework")
    if named:
        return next((each for each in frameworks if str(each.id) == named), None)
    offered = (each for each in frameworks if each.retired_on is None)
    return next(offered, next(iter(frameworks), None))


@blueprint.post("/questionnaires/<int:version_id>/remove")
@roles("planner")
def remove_questionnaire(version_id: int) -> ResponseReturnValue:
    in_use = sa.exists().where(Survey.questionnaire_id == version_id)
    return pages.remove(QUESTIONNAIRES, version_id, in_use)
