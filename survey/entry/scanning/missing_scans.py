"""Of each batch printed here, the forms that no scan shows, or not whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from survey.db import db
from survey.entry.scanning.form_scans import USED, layout_of
from survey.models import Batch, PaperForm, ScanPage
from survey.models.paper import GONE_STATES


@dataclass(frozen=True)
class BatchScans:
    """Of a printed batch: how many forms are scanned whole, and the numbers of the others."""

    batch: Batch
    whole: int
    partly: list[int]
    without: list[int]


def batches_of(survey_id: int) -> Sequence[Batch]:
    """Those printed here: the machine reads no others."""
    query = sa.select(Batch).where(Batch.survey_id == survey_id, Batch.layout_id.is_not(None))
    return db.session.scalars(query.order_by(Batch.code).options(selectinload(Batch.layout))).all()


def scans_of_batches(batches: Sequence[Batch]) -> list[BatchScans]:
    """Of all batches in one look at their forms."""
    seen = pages_seen([batch.id for batch in batches])
    return [scans_of_batch(batch, seen.get(batch.id, {})) for batch in batches]


def pages_seen(batch_ids: Sequence[int]) -> Mapping[int, Mapping[int, set[int]]]:
    """Batch → number of a form that is not gone → its pages that a scan shows."""
    is_shown = sa.and_(ScanPage.form_id == PaperForm.id, ScanPage.state.in_((*USED, "set_aside")))
    query = (
        sa.select(PaperForm.batch_id, PaperForm.number, ScanPage.page)
        .outerjoin(ScanPage, is_shown)
        .where(PaperForm.batch_id.in_(batch_ids), PaperForm.state.not_in(GONE_STATES))
        .order_by(PaperForm.number)
    )
    seen: defaultdict[int, defaultdict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for batch_id, number, page in db.session.execute(query):
        seen[batch_id][number].add(page)
    return seen


def scans_of_batch(batch: Batch, seen: Mapping[int, set[int]]) -> BatchScans:
    layout = layout_of(batch)
    wanted = {each.place.page for each in (*layout.boxes, *layout.written)}
    without = [number for number, pages in seen.items() if not wanted & pages]
    whole = sum(wanted <= pages for pages in seen.values())
    partly = [number for number, pages in seen.items() if wanted & pages and not wanted <= pages]
    return BatchScans(batch, whole, partly, without)
