"""The job that reads uploaded scans, page by page. Where it is stopped, the next one goes on from there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import sqlalchemy as sa
import structlog
from flask_babel import gettext

from questionnaires.faults import N_, Fault
from questionnaires.paper.layout import Layout
from questionnaires.scanning import PageReading, ScannedPage, ScanRefused, pages_of
from questionnaires.scanning.many import read_pages
from questionnaires.scanning.opened_apart import pages_apart
from survey import audit
from survey.collection.transaction import transaction
from survey.db import db
from survey.entry.scanning.form_scans import is_overtaken, is_ready
from survey.entry.scanning.placing import layouts_of, placed
from survey.entry.scanning.stored import dump_faults, dump_reading
from survey.entry.scanning.taking import take_form
from survey.errors import UserError
from survey.jobs import Progress, task
from survey.models import Job, Scan, ScanPage, Survey
from survey.scan_store import ScanUnreadable, scan_store

KIND = "scans"
UNREAD = ("waiting", "reading")

NO_FILE = N_("The stored file of “%(file)s” cannot be opened any more. Please upload it again.")
GONE = N_("This survey is not there any more.")

log = structlog.get_logger()


@dataclass
class Counter:
    """How many pages are done, said to who waits."""

    report: Progress
    done: int
    total: int

    def one_more(self) -> None:
        self.done += 1
        words = gettext("%(done)s of %(total)s pages", done=self.done, total=self.total)
        self.report(self.done / max(self.total, 1), words)


def subject_of(survey: Survey) -> str:
    return f"scans {survey.id} {survey.round.code}/{survey.code}"


@task(KIND)
def read_scans(job: Job, report_progress: Progress) -> str:
    survey_id = int(job.subject.split()[1])
    db.session.rollback()  # the snapshot; from here on it writes
    survey = db.session.get(Survey, survey_id)
    if survey is None:
        raise UserError(GONE)
    layouts = layouts_of(survey)
    counter, apart = Counter(report_progress, *pages_of_unread(survey_id)), was_interrupted(survey_id)
    db.session.rollback()
    while read_unread(survey_id, layouts, counter, apart):
        pass  # once more: files came in the meantime
    take_forms(survey_id)
    return f"/entry/surveys/{survey_id}/scans"


def pages_of_unread(survey_id: int) -> tuple[int, int]:
    """Of all files that are not read to their end: pages done, and pages in all."""
    unread = sa.and_(Scan.survey_id == survey_id, Scan.state.in_(UNREAD))
    done = sa.select(sa.func.count()).select_from(ScanPage).join(ScanPage.scan).where(unread)
    total = sa.select(sa.func.coalesce(sa.func.sum(Scan.pages), 0)).where(unread)
    return db.session.scalar(done) or 0, db.session.scalar(total) or 0


def was_interrupted(survey_id: int) -> bool:
    """Whether a job before ended within a file: it may have died of a page, and the next would too."""
    begun = sa.select(Scan.id).filter_by(survey_id=survey_id, state="reading").limit(1)
    return db.session.scalar(begun) is not None


def read_unread(survey_id: int, layouts: Mapping[str, Layout], counter: Counter, apart: bool) -> int:
    """Read what is not read yet, of all files together, `apart` in other processes than this; every page is
    kept by itself. How many files.
    """
    upload = Unread(survey_id, apart)
    for reading in read_pages(upload.pages(), layouts, counter.total - counter.done, apart=apart):
        scan_id, is_last = upload.turns.popleft()
        keep_page(scan_id, reading)
        counter.one_more()
        if is_last:
            end(scan_id, "read")
    return len(upload.begun)


@dataclass
class Unread:
    """The files of a survey that wait to be read; `apart`: opened in another process than this. `turns`: of
    the pages given out, in their order, the file and whether that was its last page.
    """

    survey_id: int
    apart: bool
    begun: list[int] = field(default_factory=list)
    turns: deque[tuple[int, bool]] = field(default_factory=deque)

    def pages(self) -> Iterator[ScannedPage]:
        """One after another; files that cannot be opened are noted as failed."""
        while (scan_id := self.next_file()) is not None:
            self.begun.append(scan_id)
            try:
                yield from self.pages_of_file(scan_id)
            except ScanRefused as refused:
                end(scan_id, "failed", refused.fault)
            except (FileNotFoundError, ScanUnreadable):
                end(scan_id, "failed", Fault("", NO_FILE, {"file": name_of(scan_id)}))

    def next_file(self) -> int | None:
        query = sa.select(Scan.id).where(Scan.survey_id == self.survey_id, Scan.state.in_(UNREAD))
        behind = query.where(Scan.id > max(self.begun, default=0)).order_by(Scan.id).limit(1)
        found = db.session.scalar(behind)
        db.session.rollback()
        return found

    def pages_of_file(self, scan_id: int) -> Iterator[ScannedPage]:
        """Those that are not kept yet."""
        with transaction():
            scan = db.session.get_one(Scan, scan_id)
            scan.state = "reading"
            key, name = scan.key, scan.name
            numbers = sorted(set(range(1, scan.pages + 1)) - {sheet.position for sheet in scan.sheets})
        if not numbers:
            end(scan_id, "read")
            return
        for page in self.opened(key, name, numbers):
            self.turns.append((scan_id, page.number == numbers[-1]))
            yield page

    def opened(self, key: str, name: str, numbers: Sequence[int]) -> Iterator[ScannedPage]:
        open_file = partial(scan_store().opened, key)
        if self.apart:
            yield from pages_apart(open_file, name, numbers)
            return
        with open_file() as file:
            yield from pages_of(file, name, numbers)


def name_of(scan_id: int) -> str:
    return db.session.scalars(sa.select(Scan.name).filter_by(id=scan_id)).one()


def keep_page(scan_id: int, reading: PageReading) -> None:
    """Its picture goes into the store, what it says into the database; it is taken to its form later."""
    if reading.error:
        log.error("page of a scan not read", scan=scan_id, page=reading.number, error=reading.error)
    store = scan_store()
    key = store.put(reading.picture) if reading.picture else ""
    try:
        with transaction():
            scan = db.session.get_one(Scan, scan_id)
            where = placed(scan, reading)
            sheet = ScanPage(
                scan_id=scan_id,
                position=reading.number,
                form_id=where.form_id,
                page=reading.page or None,
                state=where.state,
                reason=dump_faults(where.faults),
                key=key,
                readings=dump_reading(reading),
            )
            db.session.add(sheet)
    except BaseException:
        if key:
            store.delete(key)
        raise


def end(scan_id: int, state: str, *faults: Fault) -> None:
    with transaction():
        scan = db.session.get_one(Scan, scan_id)
        scan.state, scan.reason = state, dump_faults(faults)
        audit.record("scan.read", f"survey {scan.survey.code}", scan=scan.id, pages=scan.pages, state=state)


def take_forms(survey_id: int) -> int:
    """Take every form to the answers that has pages nobody looked at, or nothing left to ask; lay the doubts
    of forms aside that were read otherwise meanwhile. How many are taken.
    """
    query = (
        sa.select(ScanPage.form_id)
        .join(ScanPage.scan)
        .where(Scan.survey_id == survey_id, ScanPage.form_id.is_not(None))
        .where(sa.or_(ScanPage.state == "waiting", is_ready(), is_overtaken()))
        .distinct()
        .order_by(ScanPage.form_id)
    )
    form_ids = db.session.scalars(query).all()
    db.session.rollback()
    return sum(take_form(form_id) == "taken" for form_id in form_ids)
