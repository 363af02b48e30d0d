"""Where the forms are: one by its serial, and what is still out, by who handed them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from survey.db import db
from survey.models import Batch, PaperForm, Stratum
from survey.models.paper import KEYED_STATES

OUT = ("printed", "issued")
BACK = ("returned", *KEYED_STATES)


@dataclass(frozen=True)
class Whereabouts:
    """A batch: its forms by state; `out` are the numbers not back yet, as (first, last) of each run."""

    batch: Batch
    counts: Mapping[str, int]
    out: Sequence[tuple[int, int]]

    @property
    def back(self) -> int:
        return sum(self.counts.get(state, 0) for state in BACK)

    @property
    def keyed(self) -> int:
        return sum(self.counts.get(state, 0) for state in KEYED_STATES)

    @property
    def missing(self) -> int:
        return sum(self.counts.get(state, 0) for state in OUT)


def find_by_serial(serial: int) -> PaperForm | None:
    """The form with this serial, of whatever survey."""
    query = sa.select(PaperForm).filter_by(serial=serial).options(joinedload(PaperForm.batch))
    return db.session.scalars(query).one_or_none()


def whereabouts(survey_id: int) -> list[Whereabouts]:
    """Of each batch printed here, in the order of the enumerators' names and the batches' codes."""
    batches = db.session.scalars(
        sa.select(Batch)
        .where(Batch.survey_id == survey_id, Batch.printed_on.is_not(None))
        .order_by(Batch.enumerator == "", Batch.enumerator, Batch.commune, Batch.code)
        .options(joinedload(Batch.stratum).joinedload(Stratum.unit))
    ).all()
    counts, out = counts_of(survey_id), numbers_out(survey_id)
    return [Whereabouts(batch, counts.get(batch.id, {}), runs(out.get(batch.id, ()))) for batch in batches]


def counts_of(survey_id: int) -> dict[int, dict[str, int]]:
    query = (
        sa.select(PaperForm.batch_id, PaperForm.state, sa.func.count())
        .join(PaperForm.batch)
        .where(Batch.survey_id == survey_id)
        .group_by(PaperForm.batch_id, PaperForm.state)
    )
    counts: dict[int, dict[str, int]] = {}
    for batch_id, state, count in db.session.execute(query):
        counts.setdefault(batch_id, {})[state] = count
    return counts


def numbers_out(survey_id: int) -> dict[int, list[int]]:
    query = (
        sa.select(PaperForm.batch_id, PaperForm.number)
        .join(PaperForm.batch)
        .where(Batch.survey_id == survey_id, PaperForm.state.in_(OUT))
        .order_by(PaperForm.batch_id, PaperForm.number)
    )
    found = groupby(db.session.execute(query), key=lambda row: row.batch_id)
    return {batch_id: [row.number for row in rows] for batch_id, rows in found}


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as runs without a gap."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
