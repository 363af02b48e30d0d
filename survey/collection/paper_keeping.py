"""Until when paper is kept: what was read from it goes with the answers, scans on a last day of their own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import sqlalchemy as sa

from survey import audit
from survey.collection.transaction import transaction
from survey.db import db
from survey.models import Batch, FormEvent, FormReading, Job, PaperForm, Scan, ScanPage, Settlement, Survey

READ_TO_THE_END = ("settled", "unreadable", "set_aside")
"""Pages that nobody is asked about any more."""
REASON_GONE = "–"
LONGEST_UPLOAD = datetime.timedelta(days=1)
"""Within it, whoever stores a file has noted whose it is, or was stopped before."""
AT_ONCE = 500


class Store(Protocol):
    """Where pictures lie; a `ScanStore` is one."""

    def delete(self, key: str) -> None: ...

    def keys_before(self, moment: datetime.datetime) -> Iterator[str]: ...


def forms_of_responses(response_ids: Any) -> sa.Select[tuple[int]]:
    return sa.select(PaperForm.id).where(PaperForm.response_id.in_(response_ids))


def forms_of_survey(survey_id: int) -> sa.Select[tuple[int]]:
    return sa.select(PaperForm.id).join(PaperForm.batch).where(Batch.survey_id == survey_id)


def empty_forms(form_ids: sa.Select[tuple[int]]) -> None:
    """Take out what was read from these forms, what was settled, and why they were marked: a reason may quote
    what stands on the paper. In the caller's transaction. Who read them, when, and how many items were wrong
    stays; so does where the paper lies.
    """
    of_forms = {
        FormReading: {"answers": {}, "notes": {}, "replaced": []},
        Settlement: {"value": None, "note": ""},
        ScanPage: {"readings": {}},
    }
    statements = [
        sa.update(model).where(model.form_id.in_(form_ids)).values(**emptied)
        for model, emptied in of_forms.items()
    ]
    quotes = sa.and_(FormEvent.reason != "", FormEvent.event != "archived")
    events = sa.update(FormEvent).where(FormEvent.form_id.in_(form_ids), quotes)
    forms = sa.update(PaperForm).where(PaperForm.id.in_(form_ids), PaperForm.reason != "")
    statements += [each.values(reason=REASON_GONE) for each in (events, forms)]
    for statement in statements:
        db.session.execute(statement, execution_options={"synchronize_session": False})


def delete_scans(today: datetime.date, store: Store) -> int:
    """Delete the pictures of every scan past its last day, or its survey's where it has none of its own; the
    number of scans. Their rows stay, to say that they were there.
    """
    last_day = sa.func.coalesce(Scan.keep_until, Survey.keep_until)
    overdue = sa.select(Scan.id).join(Scan.survey).where(last_day < today, Scan.state != "deleted")
    ids = db.session.scalars(overdue.order_by(Scan.id)).all()
    for scan_id in ids:
        delete_scan(scan_id, store)
    return len(ids)


def delete_scan(scan_id: int, store: Store) -> None:
    """The files go first: what is noted as deleted is deleted."""
    with transaction():
        scan = db.session.get_one(Scan, scan_id, with_for_update=True, populate_existing=True)
        for key in filter(None, [scan.key, *(page.key for page in scan.sheets)]):
            store.delete(key)
        for page in scan.sheets:
            page.key, page.readings = "", {}
            page.state = page.state if page.state in READ_TO_THE_END else "set_aside"
        scan.key, scan.state = "", "deleted"
        audit.record("scan.delete", f"survey {scan.survey.code}", scan=scan.id, pages=scan.pages)


def delete_orphans(now: datetime.datetime, store: Store) -> int:
    """Delete files that belong to nothing, as where the machine stopped between a picture and its row; how
    many. Where no file belongs to anything, nothing goes: that is the folder of another database.
    """
    keys = sorted(set(store.keys_before(now - LONGEST_UPLOAD)))
    parts = (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
    orphans = set(keys).difference(*map(owned, parts))
    if not orphans or len(orphans) == len(keys):
        return 0
    for key in orphans:
        store.delete(key)
    with transaction():
        audit.record("scan.delete_orphans", "scans", files=len(orphans))
    return len(orphans)


def owned(keys: Sequence[str]) -> set[str]:
    """Those of scans, of their pages, and of imports that wait: their jobs name the file."""
    rows = sa.union(*(sa.select(model.key).where(model.key.in_(keys)) for model in (Scan, ScanPage)))
    waiting = sa.select(Job.subject).where(Job.state.in_(("queued", "running")))
    subjects = db.session.scalars(waiting).all()
    return {*db.session.scalars(rows), *(key for key in keys if any(key in each for each in subjects))}
