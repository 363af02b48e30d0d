"""A round's scores, and where they stand: its pages, its rows, its trail."""

from __future__ import annotations

import sqlalchemy as sa

from questionnaires.frameworks import load
from survey.db import db, today
from survey.models import AuditEntry, EvidenceScore, Round, RoundUnit

FRAMEWORK = load("dak-lak-so-2022")
PLAN, PLAN_DONE = "c1_1_1", "c1_1_2"
"""At most 1 and 2 points in the framework."""


class Place:
    """The addresses of a round's scores: of all units, of the first, of the second."""

    def __init__(self, round_id: int, unit_ids: list[int]) -> None:
        self.round_id, self.unit_ids = round_id, unit_ids
        self.units = f"/rounds/{round_id}/scores"
        self.unit, self.other, *_ = [f"{self.units}/{unit_id}" for unit_id in unit_ids]

    def change(self, **values: object) -> None:
        """Move the round on, by its own columns."""
        db.session.execute(sa.update(Round).where(Round.id == self.round_id).values(**values))
        db.session.commit()

    def submitted(self, place: int = 0) -> None:
        is_unit = RoundUnit.unit_id == self.unit_ids[place]
        db.session.execute(sa.update(RoundUnit).where(is_unit).values(self_scored_on=today()))
        db.session.commit()

    def score(self, criterion: str, place: int = 0, **values: object) -> None:
        texts = {"evidence": "", "appraisal_note": "", "explanation": "", "inapplicable_reason": ""}
        unit_id = self.unit_ids[place]
        row = {"round_id": self.round_id, "unit_id": unit_id, "criterion": criterion, **texts, **values}
        db.session.add(EvidenceScore(**row))
        db.session.commit()

    def stored(self, criterion: str) -> EvidenceScore | None:
        query = sa.select(EvidenceScore).where(EvidenceScore.unit_id == self.unit_ids[0])
        return db.session.scalar(query.where(EvidenceScore.criterion == criterion))


def audit_of(criterion: str) -> list[AuditEntry]:
    """What was done to the scores of a criterion (`%`: of any), in its order."""
    query = sa.select(AuditEntry).where(AuditEntry.subject.like(f"score %/{criterion}"))
    return list(db.session.scalars(query.order_by(AuditEntry.id)))
