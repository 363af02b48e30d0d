"""The design cell of a response: an invitation knows its stratum; on an open link the unit tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from questionnaires.faults import N_, Fault
from survey.db import db
from survey.models import Sample, Stratum, Survey, Unit

NO_STRATA = N_("The survey has no strata yet, so its open link leads to no unit.")
SEVERAL_STRATA = N_(
    "%(unit)s has several strata, so answers over the open link cannot be placed. "
    "Give it one stratum, or use personal codes only."
)


def strata_on_offer(survey: Survey) -> list[Stratum]:
    """The strata people may choose on the open link, in the order of their units' codes: one for each unit.

    A unit with several strata is left out: nothing says which of them the person belongs to.
    """
    strata = strata_of(survey)
    count = Counter(stratum.unit_id for stratum in strata)
    return [stratum for stratum in strata if count[stratum.unit_id] == 1]


def open_link_faults(survey: Survey) -> list[Fault]:
    """What stands in the way of opening the survey with an open link."""
    if not survey.open_link:
        return []
    strata = strata_of(survey)
    count = Counter(stratum.unit.name for stratum in strata)
    several = [
        Fault("strata", SEVERAL_STRATA, {"unit": unit}) for unit, number in count.items() if number > 1
    ]
    return several if strata else [Fault("strata", NO_STRATA)]


def strata_of(survey: Survey) -> Sequence[Stratum]:
    query = (
        select(Stratum)
        .join(Stratum.sample)
        .join(Stratum.unit)
        .where(Sample.survey_id == survey.id)
        .options(joinedload(Stratum.unit))
        .order_by(Unit.code, Stratum.code)
    )
    return db.session.scalars(query).all()
