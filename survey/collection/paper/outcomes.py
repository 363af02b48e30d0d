"""What became of the forms of each batch: those no answers come of count for the response rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from survey.db import db
from survey.models import Batch, FormEvent, PaperForm, Stratum


@dataclass(frozen=True)
class BatchOutcome:
    """`states`: state → forms; `spoiled_here`: those that were spoiled before anybody was handed them, as in
    printing.
    """

    survey_id: int
    unit_id: int
    batch: str
    states: Mapping[str, int]
    spoiled_here: int

    def count(self, state: str) -> int:
        return self.states.get(state, 0)

    @property
    def handed_out(self) -> int:
        """All forms but those that still lie here as they were printed, or were spoiled here."""
        return sum(self.states.values()) - self.count("printed") - self.spoiled_here


def outcomes_by_batch(of_batches: sa.ColumnElement[bool]) -> list[BatchOutcome]:
    """Of the batches of which this is true and some forms are known, by their codes."""
    was_out = sa.exists().where(
        FormEvent.form_id == PaperForm.id, FormEvent.event.in_(("issued", "returned"))
    )
    spoiled_here = sa.case((sa.and_(PaperForm.state == "spoiled", ~was_out), 1), else_=0)
    whose = (Batch.survey_id, Stratum.unit_id, Batch.code)
    query = (
        sa.select(*whose, PaperForm.state, sa.func.count(), sa.func.sum(spoiled_here))
        .join(Stratum, Batch.stratum_id == Stratum.id)
        .join(PaperForm, PaperForm.batch_id == Batch.id)
        .where(of_batches)
        .group_by(*whose, PaperForm.state)
        .order_by(Batch.survey_id, Batch.code)
    )
    states: dict[tuple[int, int, str], dict[str, int]] = {}
    here: dict[tuple[int, int, str], int] = {}
    for *batch, state, count, never_out in db.session.execute(query):
        key = (batch[0], batch[1], batch[2])
        states.setdefault(key, {})[state] = count
        here[key] = here.get(key, 0) + int(never_out)  # no Decimal
    return [BatchOutcome(*key, found, here[key]) for key, found in states.items()]
