"""What became of the paper forms of a survey: those no answers come of count for the response rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from questionnaires.faults import N_
from survey.db import db
from survey.models import Batch, PaperForm, Stratum
from survey.models.paper import GONE_STATES

GONE_NAMES = {"spoiled": N_("spoiled"), "refused": N_("refused"), "lost": N_("lost")}


@dataclass(frozen=True)
class PaperOutcomes:
    """`by_unit`: unit id → state → forms."""

    by_unit: Mapping[int, Mapping[str, int]]

    def gone(self, unit_id: int) -> dict[str, int]:
        """Of a unit, the forms of which no answers come, by state."""
        states = self.by_unit.get(unit_id, {})
        return {state: states[state] for state in GONE_STATES if state in states}

    @property
    def handed_out(self) -> int:
        """All forms but those that still lie here as they were printed."""
        return sum(
            count for states in self.by_unit.values() for state, count in states.items() if state != "printed"
        )

    @property
    def answered(self) -> int:
        return sum(states.get("accepted", 0) for states in self.by_unit.values())

    @property
    def rate(self) -> float | None:
        """Percent of the forms handed out that came back answered; those still out are not answered yet."""
        return 100 * self.answered / self.handed_out if self.handed_out else None


def paper_outcomes(survey_id: int) -> PaperOutcomes:
    query = (
        sa.select(Stratum.unit_id, PaperForm.state, sa.func.count())
        .join(Batch, Batch.stratum_id == Stratum.id)
        .join(PaperForm, PaperForm.batch_id == Batch.id)
        .where(Batch.survey_id == survey_id)
        .group_by(Stratum.unit_id, PaperForm.state)
    )
    by_unit: dict[int, dict[str, int]] = {}
    for unit_id, state, count in db.session.execute(query):
        by_unit.setdefault(unit_id, {})[state] = count
    return PaperOutcomes(by_unit)
