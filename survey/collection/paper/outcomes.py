"""What became of the forms of each batch: those no answers come of count for the response rate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from survey.db import db
from survey.models import Batch, FormEvent, PaperForm, Stratum


@dataclass(frozen=True)
class BatchOutcome:
    """`states`: state → forms; `spoiled_here`: those that were spoiled before anybody was handed them, as in
    printing; `unseen`: of a batch printed elsewhere, those of which nothing is noted.
    """

    survey_id: int
    unit_id: int
    batch: str
    states: Mapping[str, int]
    spoiled_here: int
    unseen: int = 0

    def count(self, state: str) -> int:
        return self.states.get(state, 0)

    @property
    def handed_out(self) -> int:
        """All forms but those that still lie here as they were printed, or were spoiled here. What was
        printed elsewhere does not lie here: it counts though nothing is noted of it, or rates were too good.
        """
        return sum(self.states.values()) + self.unseen - self.count("printed") - self.spoiled_here


def outcomes_by_batch(of_batches: sa.ColumnElement[bool]) -> list[BatchOutcome]:
    """Of the batches of which this is true, by their codes."""
    was_out = sa.exists().where(
        FormEvent.form_id == PaperForm.id, FormEvent.event.in_(("issued", "returned"))
    )
    spoiled_here = sa.case((sa.and_(PaperForm.state == "spoiled", ~was_out), 1), else_=0)
    whose = (Batch.survey_id, Stratum.unit_id, Batch.code, Batch.forms_expected)
    query = (
        sa.select(*whose, PaperForm.state, sa.func.count(PaperForm.id), sa.func.sum(spoiled_here))
        .join(Stratum, Batch.stratum_id == Stratum.id)
        .outerjoin(PaperForm, PaperForm.batch_id == Batch.id)
        .where(of_batches)
        .group_by(*whose, PaperForm.state)
        .order_by(Batch.survey_id, Batch.code)
    )
    found: dict[tuple[int, int, str, int], dict[str, int]] = {}
    here: Counter[tuple[int, int, str, int]] = Counter()
    for survey_id, unit_id, code, expected, state, count, never_out in db.session.execute(query):
        batch = (survey_id, unit_id, code, expected)
        found.setdefault(batch, {})[state] = count
        here[batch] += int(never_out)  # no Decimal
    return [outcome_of(*batch, states, here[batch]) for batch, states in found.items()]


def outcome_of(
    survey_id: int,
    unit_id: int,
    code: str,
    expected: int,
    states: Mapping[str | None, int],
    spoiled_here: int,
) -> BatchOutcome:
    """`states` has None where no form is known."""
    known = {state: count for state, count in states.items() if state}
    unseen = max(expected - sum(known.values()), 0)  # all that was printed here is known
    return BatchOutcome(survey_id, unit_id, code, known, spoiled_here, unseen)
