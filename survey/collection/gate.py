"""What must hold at the moment a form is stored, read by one statement inside its transaction."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from questionnaires.faults import N_, Fault
from survey.collection.submission import Refused
from survey.models import Sample, Stratum, Survey

FOREIGN_STRATUM = N_("This survey has no such stratum.")

_surveys, _strata, _samples = Survey.__table__, Stratum.__table__, Sample.__table__
_of_survey = (
    sa.select(_strata.c.unit_id)
    .join(_samples, _samples.c.id == _strata.c.sample_id)
    .where(_strata.c.id == sa.bindparam("stratum_id"), _samples.c.survey_id == _surveys.c.id)
)
_GATE = (
    sa.select(
        _surveys.c.id,
        _surveys.c.state,
        _surveys.c.opens_on,
        _surveys.c.closes_on,
        _of_survey.scalar_subquery().label("unit_id"),
    )
    .where(_surveys.c.id == sa.bindparam("survey_id"))
    .with_for_update(read=True, key_share=True, of=_surveys)
)


def gate(connection: sa.Connection, survey_id: int, stratum_id: int | None) -> sa.Row[Any]:
    """state, opens_on, closes_on, and the unit_id of the stratum. Raises Refused where the survey has no such
    stratum. Until the transaction ends nobody else changes the survey's quotas.
    """
    found = connection.execute(_GATE, {"survey_id": survey_id, "stratum_id": stratum_id}).one()
    if stratum_id is not None and found.unit_id is None:
        raise Refused([Fault("form", FOREIGN_STRATUM)])
    return found
