"""The pages of a survey's scans that something is to be known of, and whether anybody still has to look."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from questionnaires.faults import Fault
from survey.db import db
from survey.entry.scanning.by_whom import ATTACHED, DONE, NOT_NEEDED, Deed, deeds_on
from survey.entry.scanning.form_scans import UNREAD_STATES
from survey.entry.scanning.settled_since import settled_since
from survey.entry.scanning.standing import PER_PAGE, of_survey
from survey.entry.scanning.stored import read_faults
from survey.entry.scanning.unread import is_open
from survey.models import Scan, ScanPage


@dataclass(frozen=True)
class Named:
    """A page with its notices. `is_settled`: nobody needs to do anything any more; `deed`: that a person laid
    the page aside, or ticked its notices off.
    """

    sheet: ScanPage
    faults: list[Fault]
    is_settled: bool
    deed: Deed | None

    @property
    def is_open(self) -> bool:
        """Whether somebody may say which page it is."""
        return is_open(self.sheet)

    @property
    def is_ticked(self) -> bool:
        return is_ticked(self.sheet)

    @property
    def version(self) -> str:
        return version_of(self.sheet)


def version_of(sheet: ScanPage) -> str:
    """Changes with the notices, so that nobody ticks off what they have not seen."""
    return hashlib.sha256(sheet.reason.encode()).hexdigest()[:16]


def is_ticked(sheet: ScanPage) -> bool:
    """Whether all that is named now was there when somebody ticked it off."""
    then = read_faults(sheet.readings.get(DONE, {}).get("reason", ""))
    return bool(then) and all(fault in then for fault in read_faults(sheet.reason))


def named_pages(survey_id: int) -> list[Named]:
    """The newest pages to look at, then the newest of those that are done: unreadable, foreign, double,
    turned, not taken in.
    """
    done = is_done()
    sheets = [*newest(survey_id, ~done), *newest(survey_id, done)]
    settled, deeds = {*settled_since(sheets), *settled_by_people(sheets)}, deeds_on(sheets, NOT_NEEDED, DONE)
    return [
        Named(sheet, read_faults(sheet.reason), sheet.id in settled, deeds.get(sheet.id)) for sheet in sheets
    ]


def newest(survey_id: int, condition: sa.ColumnElement[bool]) -> Sequence[ScanPage]:
    query = of_survey(sa.select(ScanPage), survey_id).where(ScanPage.reason != "", condition)
    query = query.options(joinedload(ScanPage.form), contains_eager(ScanPage.scan))
    return db.session.scalars(query.order_by(ScanPage.id.desc()).limit(PER_PAGE)).all()


def is_done() -> sa.ColumnElement[bool]:
    """Whether a page is laid aside, its scan deleted, or ticked off just as it stands."""
    ticked = ScanPage.readings[(DONE, "reason")].as_string()
    aside = ScanPage.readings[(NOT_NEEDED, "at")].as_string()
    return sa.or_(
        sa.func.coalesce(ticked, "") == ScanPage.reason, aside.is_not(None), Scan.state == "deleted"
    )


def settled_by_people(sheets: Sequence[ScanPage]) -> Iterator[int]:
    """The ids of pages ticked off or laid aside, and of pictures kept with a form that was keyed since."""
    for sheet in sheets:
        is_keyed = ATTACHED in sheet.readings and sheet.form and sheet.form.state not in UNREAD_STATES
        if is_keyed or NOT_NEEDED in sheet.readings or is_ticked(sheet) or sheet.scan.state == "deleted":
            yield sheet.id
