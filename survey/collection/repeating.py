"""Whether a submission that meets a stored one says what is stored: only then may it be told as stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from survey.collection.recording import Asked, accepted_rows
from survey.collection.submission import Submission
from survey.db import db
from survey.models import Response, ResponseVersion, Survey


def says_what_is_stored(survey: Asked, submission: Submission) -> bool:
    """Compared is what came first, whatever staff corrected since. Of a sitting, units that had no room then
    are not stored; where no quota was ever set, all must be. Raises Refused.
    """
    said = {each.stratum_id: each.record for each in accepted_rows(survey, submission)}
    stored = stored_answers(survey, submission)
    is_same = all(said.get(stratum_id) == answers for stratum_id, answers in stored.items())
    return is_same and (len(stored) == len(said) or has_quotas(survey.id))


def stored_answers(survey: Asked, submission: Submission) -> dict[int, Mapping[str, Any]]:
    """Stratum → answers as they first came, of this submission and of all units of its sitting."""
    first = Response.id == submission.response_id
    is_sitting = survey.rates == "several" and submission.stratum_id is None
    rater = sa.select(Response.psu).where(first).scalar_subquery()
    query = (
        sa.select(Response.stratum_id, ResponseVersion.answers)
        .join(Response.versions)
        .where(Response.survey_id == survey.id, ResponseVersion.version == 1)
        .where(Response.psu == rater if is_sitting else first)
    )
    return dict(map(tuple, db.session.execute(query)))


def has_quotas(survey_id: int) -> bool:
    return db.session.scalars(sa.select(Survey.has_quotas).where(Survey.id == survey_id)).one()
