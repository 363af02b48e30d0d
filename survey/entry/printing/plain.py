"""The plain Word version of a survey's form: no numbers, no marks for a machine, to edit and copy."""

from __future__ import annotations

import io

from flask import abort, send_file
from flask.typing import ResponseReturnValue

from questionnaires.printing import questionnaire_docx
from survey.access import roles
from survey.collection.paper.printing import notice_of
from survey.db import db
from survey.entry.blueprint import blueprint
from survey.models import Survey

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/entry/print/<int:survey_id>/form-<language>.docx")
@roles("supervisor", "planner")
def download_plain_form(survey_id: int, language: str) -> ResponseReturnValue:
    survey = db.get_or_404(Survey, survey_id)
    if language not in survey.questionnaire.languages:
        abort(404)
    form = questionnaire_docx(survey.questionnaire, language, notice_of(survey).text(language))
    return send_file(io.BytesIO(form), DOCX, as_attachment=True, download_name=f"{survey.code}.docx")
