"""The quotas of a survey as its pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from survey.db import db
from survey.fieldwork.quotas.cells import answer_words, stratum_names
from survey.fieldwork.strata import stored_strata
from survey.models import Quota, Survey


@dataclass(frozen=True)
class QuotaLine:
    """A quota in words. `stratum` is None where it is for all of them."""

    quota: Quota
    stratum: str | None
    conditions: Sequence[str]

    @property
    def left(self) -> int:
        return max(self.quota.most - self.quota.taken, 0)


def quota_lines(survey: Survey) -> list[QuotaLine]:
    """In the order of the sample: first those for all strata, then stratum by stratum."""
    strata = stored_strata(survey.id)
    names = stratum_names(strata)
    places = {stratum.id: place for place, stratum in enumerate(strata)}
    items = list(survey.questionnaire_version.questionnaire.items())
    lines = [
        QuotaLine(quota, names.get(quota.stratum_id), answer_words(items, quota.answers))
        for quota in stored_quotas(survey.id)
    ]
    return sorted(
        lines, key=lambda line: (places.get(line.quota.stratum_id, -1), line.conditions, line.quota.id)
    )


def stored_quotas(survey_id: int) -> Sequence[Quota]:
    return db.session.scalars(sa.select(Quota).filter_by(survey_id=survey_id).order_by(Quota.id)).all()


def quota_counts(survey_id: int) -> tuple[int, int]:
    """Quotas set, and those that are full."""
    full = sa.func.count(sa.case((Quota.taken >= Quota.most, 1)))
    query = sa.select(sa.func.count(), full).where(Quota.survey_id == survey_id)
    number, filled = db.session.execute(query).one()
    return number, filled
