"""Of each batch printed here, the forms that no scan shows, or not whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from survey.db import db
from survey.entry.scanning.form_scans import UNREAD_STATES, USED, layout_of
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


def pages_seen(batch_ids: Sequence[int]) -> Mapping[int, Mapping[tuple[int, bool], set[int]]]:
    """Batch → number of a form that is not gone, and whether nobody has read it yet → its pages that a scan
    shows.
    """
    is_shown = sa.and_(ScanPage.form_id == PaperForm.id, ScanPage.state.in_((*USED, "set_aside")))
    query = (
        sa.select(PaperForm.batch_id, PaperForm.number, PaperForm.state, ScanPage.page)
        .outerjoin(ScanPage, is_shown)
        .where(PaperForm.batch_id.in_(batch_ids), PaperForm.state.not_in(GONE_STATES))
        .order_by(PaperForm.number)
    )
    seen: defaultdict[int, defaultdict[tuple[int, bool], set[int]]] = defaultdict(lambda: defaultdict(set))
    for batch_id, number, state, page in db.session.execute(query):
        seen[batch_id][number, state in UNREAD_STATES].add(page)
    return seen


def scans_of_batch(batch: Batch, seen: Mapping[tuple[int, bool], set[int]]) -> BatchScans:
    """Only forms that nobody has read lack a scan: what was keyed or imported needs none."""
    layout = layout_of(batch)
    wanted = {each.place.page for each in (*layout.boxes, *layout.written)}
    unread = {number: pages for (number, is_unread), pages in seen.items() if is_unread}
    without = [number for number, pages in unread.items() if not wanted & pages]
    whole = sum(wanted <= pages for pages in seen.values())
    partly = [number for number, pages in unread.items() if wanted & pages and not wanted <= pages]
    return BatchScans(batch, whole, partly, without)
