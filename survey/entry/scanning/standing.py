"""How far the scans of a survey have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext, ngettext
from sqlalchemy.orm import joinedload

from analysis.acceptance import ErrorRate
from survey.db import db
from survey.entry.blueprint import blueprint
from survey.entry.scanning.form_scans import is_asked, is_ready
from survey.entry.waiting import may_be_keyed_again
from survey.language import number
from survey.models import Scan, ScanPage, Survey

PER_PAGE = 100


@dataclass(frozen=True)
class Standing:
    """`pages`: those read; `doubtful`: those on which somebody is asked; `taken`: forms whose answers come
    from scans; `unread`: files still to be read; `ready`: forms with nothing left to ask that are not taken
    in yet.
    """

    pages: int
    doubtful: int
    taken: int
    unread: int
    ready: int
    to_check: int
    errors: ErrorRate


def standing(survey_id: int) -> Standing:
    pages = of_survey(sa.select(sa.func.count()), survey_id)
    forms = sa.select(sa.func.count(sa.distinct(ScanPage.form_id)))
    taken = of_survey(forms, survey_id).where(ScanPage.state == "settled")
    ready = of_survey(forms, survey_id).where(is_ready())
    unread = sa.select(sa.func.count()).select_from(Scan)
    unread = unread.where(Scan.survey_id == survey_id, Scan.state.in_(("waiting", "reading")))
    right, wrong = sum_of(survey_id, "right"), sum_of(survey_id, "wrong")
    return Standing(
        db.session.scalar(pages) or 0,
        db.session.scalar(pages.where(is_asked())) or 0,
        db.session.scalar(taken) or 0,
        db.session.scalar(unread) or 0,
        db.session.scalar(ready) or 0,
        to_check(survey_id),
        ErrorRate(wrong, right + wrong),
    )


def of_survey(query: sa.Select, survey_id: int) -> sa.Select:
    return query.select_from(ScanPage).join(ScanPage.scan).where(Scan.survey_id == survey_id)


def sum_of(survey_id: int, name: str, *conditions: sa.ColumnElement[bool]) -> int:
    """Over the pages of known forms."""
    total = sa.func.sum(ScanPage.readings[name].as_integer())
    query = of_survey(sa.select(total), survey_id).join(ScanPage.form).where(*conditions)
    return db.session.scalar(query) or 0


def to_check(survey_id: int) -> int:
    """The sure answers that somebody may check now: forms that may be keyed again show theirs later."""
    return sum_of(survey_id, "to_check", ~may_be_keyed_again())


def scans_of(survey_id: int, page: int) -> Sequence[Scan]:
    """The files, newest first."""
    query = (
        sa.select(Scan)
        .where(Scan.survey_id == survey_id)
        .order_by(Scan.id.desc())
        .options(joinedload(Scan.uploaded_by), joinedload(Scan.batch))
    )
    return db.session.scalars(query.limit(PER_PAGE).offset(PER_PAGE * (page - 1))).all()


def number_of_scans(survey_id: int) -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(Scan.survey_id == survey_id)) or 0


@dataclass(frozen=True)
class Doubts:
    """How many answers people are still asked, and on how many forms."""

    cells: int
    forms: int


def doubts_of(survey_id: int) -> Doubts:
    query = of_survey(sa.select(ScanPage.form_id, ScanPage.readings["open"]), survey_id).where(is_asked())
    found = db.session.execute(query).all()
    return Doubts(sum(len(cells) for _form_id, cells in found), len({form_id for form_id, _cells in found}))


def doubts_left(survey_id: int) -> str:
    """The same in words."""
    doubts = doubts_of(survey_id)
    values = {"answers": number(doubts.cells, 0), "forms": number(doubts.forms, 0)}
    return gettext("%(answers)s answers left on %(forms)s forms", **values)


def checks_left(survey_id: int) -> str:
    """How many sure answers are still to be checked, in words."""
    return ngettext("%(num)d answer to check", "%(num)d answers to check", to_check(survey_id))


@blueprint.app_template_global()
def surveys_in_doubt() -> list[tuple[Survey, int]]:
    """The surveys with doubtful cells, and on how many pages, for who may decide them."""
    query = (
        sa.select(Survey, sa.func.count())
        .select_from(ScanPage)
        .join(ScanPage.scan)
        .join(Scan.survey)
        .where(is_asked())
        .group_by(Survey.id)
        .order_by(Survey.id)
    )
    return list(db.session.execute(query).all())
