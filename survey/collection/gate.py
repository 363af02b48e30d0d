"""Why a form could not be stored, read once storing it has failed."""

from __future__ import annotations

import sqlalchemy as sa

from questionnaires.faults import N_, Fault
from survey.collection.opening import require_open
from survey.collection.submission import Refused, Submission
from survey.db import db
from survey.models import Sample, Stratum, Survey

FOREIGN_STRATUM = N_("This survey has no such stratum.")


def require_passage(survey_id: int, submission: Submission) -> None:
    """Raises SurveyClosed, or Refused where the survey has no such stratum."""
    columns = (Survey.state, Survey.opens_on, Survey.closes_on)
    survey = db.session.execute(sa.select(*columns).where(Survey.id == survey_id)).one()
    require_open(survey, submission.mode)
    if submission.stratum_id is not None:
        own = sa.select(Stratum.id).join(Sample).where(Sample.survey_id == survey_id)
        if db.session.scalar(own.where(Stratum.id == submission.stratum_id)) is None:
            raise Refused([Fault("form", FOREIGN_STRATUM)])
