"""The paper of one batch: how many forms are where, many marked at once, the archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from questionnaires.faults import Fault
from survey.access import roles
from survey.collection import Refused
from survey.collection.paper import archive_batch, mark_forms
from survey.collection.paper.moving import to_archive
from survey.collection.paper_waiting import unfinished
from survey.db import db
from survey.entry.blueprint import blueprint, find_batch, page
from survey.entry.following.being_keyed import being_keyed
from survey.entry.following.counts import counts_of
from survey.entry.following.marking import ArchiveForm, MarkManyForm
from survey.entry.following.missing import Missing, missing_of
from survey.entry.following.numbers import read_numbers
from survey.entry.following.shown_numbers import by_reason
from survey.entry.states import STATE_WORDS
from survey.language import number
from survey.models import Batch, PaperForm


@blueprint.get("/entry/batches/<int:batch_id>/paper")
@roles("enumerator", "supervisor")
def follow_batch(batch_id: int) -> str:
    return show(find_batch(batch_id))


@blueprint.post("/entry/batches/<int:batch_id>/paper")
@roles("enumerator", "supervisor")
def mark_paper(batch_id: int) -> ResponseReturnValue:
    """Mark all the forms whose numbers were typed, or none."""
    batch, marking = find_batch(batch_id), MarkManyForm()
    if not marking.validate():
        return show(batch, marking), 422
    try:
        numbers = read_numbers(marking.numbers.data or "", batch)
    except Refused as refused:
        return show(batch, marking, refused.faults), 422
    try:
        mark_forms(batch, numbers, marking.state.data, current_user, marking.reason.data or "")
    except Refused as refused:
        return show(find_batch(batch_id), marking, list(by_reason(refused.faults, find_batch(batch_id)))), 422
    flash(ngettext("%(num)d form is marked.", "%(num)d forms are marked.", len(numbers)))
    return redirect(url_for("entry.follow_batch", batch_id=batch_id), 303)


@blueprint.post("/entry/batches/<int:batch_id>/archive")
@roles("supervisor")
def archive_paper(batch_id: int) -> ResponseReturnValue:
    batch, archiving = find_batch(batch_id), ArchiveForm()
    if not archiving.validate():
        return show(batch, archiving=archiving), 422
    count = archive_batch(batch, current_user, archiving.place.data)
    flash(" ".join([gettext("Put into the archive: %(count)s.", count=number(count, 0)), *left_here(batch)]))
    return redirect(url_for("entry.follow_batch", batch_id=batch_id), 303)


def show(
    batch: Batch,
    marking: MarkManyForm | None = None,
    faults: Sequence[Fault] = (),
    archiving: ArchiveForm | None = None,
) -> str:
    (counts,) = counts_of(batch.survey_id, "batch", batch.id)
    missing = missing_of(batch.survey_id, batch.id)
    return page(
        "following/batch.html",
        batch.survey,
        batch=batch,
        counts=counts,
        missing=missing[0] if missing else Missing(),
        being_keyed=being_keyed(batch.id),
        to_archive=number_to_archive(batch),
        left_here=list(left_here(batch)),
        marking=marking or MarkManyForm(formdata=None),
        archiving=archiving or ArchiveForm(formdata=None),
        found=faults,
        state_words=STATE_WORDS,
    )


def left_here(batch: Batch) -> Iterator[str]:
    """How many forms of the batch may not go to the archive though they were read, and why."""
    waiting = unfinished(Batch.id == batch.id)
    if waiting.second:
        yield gettext(
            "Left out, as they wait for their second keying: %(count)s.", count=number(waiting.second, 0)
        )
    if waiting.disputed:
        yield gettext(
            "Left out, as their differences are not settled: %(count)s.", count=number(waiting.disputed, 0)
        )


def number_to_archive(batch: Batch) -> int:
    """Forms whose paper nobody needs any more, and which are not in the archive yet."""
    query = sa.select(sa.func.count()).where(PaperForm.batch_id == batch.id, to_archive())
    return db.session.scalar(query) or 0
