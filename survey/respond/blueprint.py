"""The room's blueprint, and what all its pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, defer, joinedload

from questionnaires.answers import REQUIRED, show
from survey.db import db
from survey.models import QuestionnaireVersion, Survey
from survey.respond.visit import send_cookies

blueprint = Blueprint("respond", __name__, template_folder="templates")


# The definition is long and parsed once a process: a page asks for it only where this process is new to it.
FINDING = (
    select(Survey)
    .join(Survey.questionnaire_version)
    .options(
        contains_eager(Survey.questionnaire_version).options(defer(QuestionnaireVersion.content)),
        joinedload(Survey.round),
    )
)


class UnknownLink(Exception):
    """No survey has this address."""


def find_survey(slug: str) -> Survey:
    """The survey at this address, which telephones like to begin with a capital. Raises UnknownLink."""
    survey = db.session.scalars(FINDING.where(Survey.slug == slug.lower())).one_or_none()
    if survey is None:
        raise UnknownLink
    return survey


def page(template: str, survey: Survey, **values: Any) -> str:
    questionnaire = survey.questionnaire_version.questionnaire
    return render_template(
        f"respond/{template}",
        survey=survey,
        questionnaire=questionnaire,
        synthetic=survey.round.synthetic,
        show=show,
        REQUIRED=REQUIRED,
        **values,
    )


@blueprint.context_processor
def same_address() -> dict[str, Callable[[], str]]:
    """Every address here can be opened, so choosing a language keeps the place after a POST too."""
    return {"this_page": lambda: request.full_path.rstrip("?")}


@blueprint.after_request
def keep_no_copy(response: Response) -> Response:
    """On a shared device, the back button must not show the answers of the person before."""
    response.headers.setdefault("Cache-Control", "no-store")
    return send_cookies(response)
