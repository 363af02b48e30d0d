"""What a person is asked next, of many forms in a row."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

import sqlalchemy as sa

from survey.db import db
from survey.entry.scanning.asking import AT_ONCE, Asked, asked_on
from survey.entry.scanning.blank_pages import BlankPage, blank_page
from survey.entry.scanning.form_scans import is_asked
from survey.entry.scanning.standing import of_survey
from survey.models import ScanPage

Question = Asked | BlankPage


def open_questions(survey_id: int, after: int, one_by_one: Collection[int] = ()) -> list[Question]:
    """The next ones, from the sheets behind `after` on, and round to the first. Of the sheets `one_by_one`
    only cells are asked.
    """
    doubtful = of_survey(sa.select(ScanPage.id), survey_id).where(is_asked())
    later, earlier = doubtful.where(ScanPage.id > after), doubtful.where(ScanPage.id <= after)
    ids = [
        *db.session.scalars(later.order_by(ScanPage.id).limit(AT_ONCE)),
        *db.session.scalars(earlier.order_by(ScanPage.id).limit(AT_ONCE)),
    ]
    questions = (each for sheet_id in ids for each in questions_on(sheet_id, sheet_id not in one_by_one))
    return list(islice(questions, AT_ONCE))


def questions_on(sheet_id: int, may_ask_of_page: bool) -> Iterator[Question]:
    """The one question for all that looks blank comes before the cells."""
    cells = list(asked_on(sheet_id))
    page = blank_page(cells) if may_ask_of_page else None
    if page:
        yield page
    yield from cells


def is_anything_open(survey_id: int) -> bool:
    doubtful = of_survey(sa.select(ScanPage.id), survey_id).where(is_asked())
    return db.session.scalar(doubtful.limit(1)) is not None
