"""The survey that a page of this room is about."""

from __future__ import annotations

from flask import abort

from survey.db import db
from survey.models import Survey


def find_survey(survey_id: int) -> Survey:
    """404 where there is none that takes answers, or took any."""
    survey = db.session.get(Survey, survey_id)
    if survey is None or survey.state == "draft":
        abort(404)
    return survey
