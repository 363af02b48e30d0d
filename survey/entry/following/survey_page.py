"""All paper of a survey: its forms by state, by person or by place, and who still has what."""

from __future__ import annotations

from flask import request

from survey.access import roles
from survey.db import db
from survey.entry.blueprint import blueprint, page
from survey.entry.following.counts import WAY_WORDS, WAYS, added, counts_of
from survey.entry.following.missing import missing_of
from survey.entry.states import STATE_MEANINGS, STATE_WORDS
from survey.models import Survey

USUAL_WAY = "enumerator"


@blueprint.get("/entry/paper/<int:survey_id>")
@roles("supervisor", "planner")
def follow_survey(survey_id: int) -> str:
    survey = db.get_or_404(Survey, survey_id)
    asked = request.args.get("by", "")
    way = asked if asked in WAYS else USUAL_WAY
    lines = counts_of(survey_id, way)
    return page(
        "following/survey.html",
        survey,
        way=way,
        ways=WAY_WORDS,
        lines=lines,
        total=added("", lines),
        states=STATE_WORDS,
        meanings=STATE_MEANINGS,
        missing=[each for each in missing_of(survey_id) if each.batches],
    )
