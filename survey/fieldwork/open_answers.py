"""Answers by an open link or a poster: they are not of people chosen, so no response rate counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from analysis.samples.response import ONLINE, by_open_link
from survey.collection.invitations import codes_used, used_in
from survey.db import db
from survey.models import Response


def open_answers(survey_ids: Sequence[int]) -> Counter[tuple[int, int]]:
    """(survey, unit) → accepted answers online beyond the codes used, by stratum, as the report has them."""
    query = (
        sa.select(Response.survey_id, Response.unit_id, Response.stratum_id, sa.func.count())
        .where(Response.survey_id.in_(survey_ids), Response.state == "accepted", Response.mode == ONLINE)
        .group_by(Response.survey_id, Response.unit_id, Response.stratum_id)
    )
    used = codes_used(survey_ids)
    found: Counter[tuple[int, int]] = Counter()
    for survey_id, unit_id, stratum_id, online in db.session.execute(query):
        codes = used_in(stratum_id, used.get(survey_id, {}))
        found[survey_id, unit_id] += by_open_link(online, codes)
    return found
