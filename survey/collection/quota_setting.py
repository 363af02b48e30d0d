"""Quotas set, changed and taken away while answers come in: the caller holds the survey's row alone.

With that row locked (FOR UPDATE) no answer is on its way: those before are stored and are counted here,
those after wait until this transaction ends and see what it set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from survey.collection.opening import BY_PEOPLE_THEMSELVES
from survey.db import db
from survey.models import Quota, Response, ResponseVersion, Survey


@dataclass(frozen=True)
class WantedQuota:
    """At most `most` answers from a stratum (None: from all) by people who gave `answers`."""

    stratum_id: int | None
    answers: Mapping[str, str]
    most: int


def add_quotas(survey: Survey, wanted: Iterable[WantedQuota]) -> list[Quota]:
    """Set these quotas; each begins with the answers that came in over the web before."""
    counted: dict[tuple[tuple[str, str], ...], Mapping[int, int]] = {}
    added = []
    for each in wanted:
        key = tuple(sorted(each.answers.items()))
        if key not in counted:
            counted[key] = answers_by_stratum(survey.id, each.answers)
        found = counted[key]
        taken = sum(found.values()) if each.stratum_id is None else found.get(each.stratum_id, 0)
        added.append(
            Quota(
                survey_id=survey.id,
                stratum_id=each.stratum_id,
                answers=dict(each.answers),
                most=each.most,
                taken=taken,
            )
        )
    db.session.add_all(added)
    db.session.flush()
    return added


def answers_by_stratum(survey_id: int, answers: Mapping[str, str]) -> Mapping[int, int]:
    """Stratum id → responses over the web that count and gave these answers."""
    query = (
        sa.select(Response.stratum_id, sa.func.count())
        .join(
            ResponseVersion,
            (ResponseVersion.response_id == Response.id) & (ResponseVersion.version == Response.version),
        )
        .where(
            Response.survey_id == survey_id,
            Response.state == "accepted",
            Response.mode.in_(BY_PEOPLE_THEMSELVES),
            *(ResponseVersion.answers[item].as_string() == choice for item, choice in answers.items()),
        )
        .group_by(Response.stratum_id)
    )
    return dict(db.session.execute(query).all())
