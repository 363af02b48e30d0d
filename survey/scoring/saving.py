"""Writing a score: the new values, a new revision, and the audit entry beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from survey.db import db
from survey.models import EvidenceScore, RoundUnit
from survey.scoring import trail
from survey.scoring.values import BLANK


@dataclass(frozen=True)
class Change:
    """New values of one criterion; none at all where an explanation was considered and the points stand."""

    criterion: str
    score: EvidenceScore | None
    values: Mapping[str, Any] = field(default_factory=dict)


def scores_of(member: RoundUnit) -> dict[str, EvidenceScore]:
    """The unit's stored scores by criterion."""
    query = sa.select(EvidenceScore).where(
        EvidenceScore.round_id == member.round_id, EvidenceScore.unit_id == member.unit_id
    )
    return {score.criterion: score for score in db.session.scalars(query)}


def write(member: RoundUnit, change: Change, **details: object) -> None:
    """Store a change in the current transaction, which holds the lock on `member`."""
    score = change.score or new_score(member, change.criterion)
    before = {name: getattr(score, name) for name in change.values}
    for name, value in change.values.items():
        setattr(score, name, value)
    score.revision += 1
    trail.record(member, change.criterion, before, dict(change.values), **details)


def new_score(member: RoundUnit, criterion: str) -> EvidenceScore:
    score = EvidenceScore(
        round_id=member.round_id, unit_id=member.unit_id, criterion=criterion, revision=0, **BLANK
    )
    db.session.add(score)
    return score
