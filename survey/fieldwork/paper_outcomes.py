"""What became of the paper forms of a survey: those no answers come of count for the response rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from questionnaires.faults import N_
from survey.db import db
from survey.models import Batch, FormEvent, PaperForm, Stratum
from survey.models.paper import GONE_STATES

GONE_NAMES = {"spoiled": N_("spoiled"), "refused": N_("refused"), "lost": N_("lost")}


@dataclass(frozen=True)
class PaperOutcomes:
    """`by_unit`: unit id → state → forms; `spoiled_here`: those of them that were spoiled before anybody was
    handed them, as in printing.
    """

    by_unit: Mapping[int, Mapping[str, int]]
    spoiled_here: int

    def gone(self, unit_id: int) -> dict[str, int]:
        """Of a unit, the forms of which no answers come, by state."""
        states = self.by_unit.get(unit_id, {})
        return {state: states[state] for state in GONE_STATES if state in states}

    @property
    def handed_out(self) -> int:
        """All forms but those that still lie here as they were printed, or were spoiled here."""
        known = sum(sum(states.values()) for states in self.by_unit.values())
        printed = sum(states.get("printed", 0) for states in self.by_unit.values())
        return known - printed - self.spoiled_here

    @property
    def answered(self) -> int:
        return sum(states.get("accepted", 0) for states in self.by_unit.values())

    @property
    def rate(self) -> float | None:
        """Percent of the forms handed out that came back answered; those still out are not answered yet."""
        return 100 * self.answered / self.handed_out if self.handed_out else None


def paper_outcomes(survey_id: int) -> PaperOutcomes:
    was_out = sa.exists().where(
        FormEvent.form_id == PaperForm.id, FormEvent.event.in_(("issued", "returned"))
    )
    spoiled_here = sa.case((sa.and_(PaperForm.state == "spoiled", ~was_out), 1), else_=0)
    query = (
        sa.select(Stratum.unit_id, PaperForm.state, sa.func.count(), sa.func.sum(spoiled_here))
        .join(Batch, Batch.stratum_id == Stratum.id)
        .join(PaperForm, PaperForm.batch_id == Batch.id)
        .where(Batch.survey_id == survey_id)
        .group_by(Stratum.unit_id, PaperForm.state)
    )
    by_unit: dict[int, dict[str, int]] = {}
    never_out = 0
    for unit_id, state, count, here in db.session.execute(query):
        by_unit.setdefault(unit_id, {})[state] = count
        never_out += here
    return PaperOutcomes(by_unit, never_out)
