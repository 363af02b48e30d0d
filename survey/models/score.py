"""Evidence-assessed criteria: the unit's self-score, the appraiser's decision."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db, intpk
from survey.models.round import Round
from survey.models.unit import Unit


class EvidenceScore(db.Model):
    """Points of one unit on one evidence leaf.

    `appraised` decides; a cut below the self-score needs the appraiser's note and may get the unit's
    explanation. A criterion that does not apply leaves the denominator, with a reason. `revision` lets
    the second of two people who save at once be told.
    """

    __tablename__ = "evidence_scores"
    __table_args__ = (
        UniqueConstraint("round_id", "unit_id", "criterion"),
        CheckConstraint(
            "appraised IS NULL OR self_score IS NULL OR appraised >= self_score OR appraisal_note <> ''",
            name="cut_has_note",
        ),
        CheckConstraint("applicable OR inapplicable_reason <> ''", name="inapplicable_has_reason"),
    )

    id: Mapped[intpk]
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    criterion: Mapped[str]
    self_score: Mapped[float | None]
    evidence: Mapped[str] = mapped_column(default="")
    appraised: Mapped[float | None]
    appraisal_note: Mapped[str] = mapped_column(default="")
    explanation: Mapped[str] = mapped_column(default="")
    applicable: Mapped[bool] = mapped_column(default=True)
    inapplicable_reason: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=0)

    round: Mapped[Round] = relationship()
    unit: Mapped[Unit] = relationship()
