"""Whose forms are out, or lie here unread: who handed them out, and which they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from survey.collection.paper_waiting import KNOWN
from survey.db import db
from survey.entry.following.counts import batches_of, last_unknown
from survey.entry.following.shown_numbers import Numbers
from survey.entry.states import shown_state
from survey.models import Batch, PaperForm

UNREAD = ("issued", "returned", "scanned")
"""Keys of STATE_WORDS: who handed such a form out is asked for it, or it lies here."""


@dataclass(frozen=True)
class Missing:
    """Of an enumerator, whose `name` may be empty: not known; the forms that are out, those that are back and
    unread, and beside them those whose scans wait for doubts to be decided, or to be taken in.
    """

    name: str = ""
    issued: Numbers = field(default_factory=dict)
    returned: Numbers = field(default_factory=dict)
    scanned: Numbers = field(default_factory=dict)

    @property
    def batches(self) -> list[Batch]:
        """Those of which forms are out or unread."""
        return sorted({*self.issued, *self.returned}, key=lambda batch: batch.code)

    @property
    def out(self) -> int:
        return sum(map(len, self.issued.values()))

    @property
    def unread(self) -> int:
        return sum(map(len, self.returned.values()))


def missing_of(survey_id: int, batch_id: int | None = None) -> list[Missing]:
    """The enumerators of whose forms some are out, lie unread or wait scanned, by name; of one batch where
    given.
    """
    numbers = numbers_by_state(survey_id, batch_id)
    handed_out_by: dict[str, list[Batch]] = {}
    for batch in batches_of(survey_id, batch_id):
        if any(batch.id in found for found in numbers.values()):
            handed_out_by.setdefault(batch.enumerator, []).append(batch)
    return [
        Missing(name, *(among(numbers[each], batches) for each in UNREAD))
        for name, batches in sorted(handed_out_by.items(), key=last_unknown)
    ]


def numbers_by_state(survey_id: int, batch_id: int | None) -> dict[str, dict[int, list[int]]]:
    """Each of UNREAD → batch id → numbers within the batch."""
    found: dict[str, dict[int, list[int]]] = {state: {} for state in UNREAD}
    query = (
        sa.select(shown_state(), PaperForm.batch_id, PaperForm.number)
        .join(PaperForm.batch)
        .where(Batch.survey_id == survey_id, PaperForm.state.not_in(KNOWN), shown_state().in_(UNREAD))
        .order_by(PaperForm.number)
    )
    of_batch = query.where(Batch.id == batch_id) if batch_id else query
    for state, found_id, number in db.session.execute(of_batch):
        found[state].setdefault(found_id, []).append(number)
    return found


def among(numbers: Mapping[int, list[int]], batches: Sequence[Batch]) -> Numbers:
    return {batch: numbers[batch.id] for batch in batches if batch.id in numbers}
