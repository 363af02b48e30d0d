"""How far the keying has come: by batch, by enumerator, and which numbers are missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from survey.collection.paper_waiting import wants_second
from survey.db import VIETNAM, db, today
from survey.models import Batch, PaperForm, Round, Stratum, Survey, Unit, User
from survey.models.paper import GONE_STATES, KEYED_STATES

PER_PAGE = 50


@dataclass(frozen=True)
class BatchProgress:
    """`waiting`: keyed, and still to be checked by a second person."""

    batch: Batch
    keyed: int
    waiting: int


@dataclass(frozen=True)
class EnumeratorProgress:
    name: str | None
    keyed: int
    today: int
    waiting: int
    verified: int
    rejected: int


class Listed(NamedTuple):
    batches: list[BatchProgress]
    pages: int


def surveys_with_batches() -> Sequence[Survey]:
    query = (
        sa.select(Survey)
        .where(Survey.state.in_(("open", "paused", "closed")))
        .options(joinedload(Survey.round), joinedload(Survey.questionnaire_version))
        .order_by(Survey.round_id.desc(), Survey.code)
    )
    return db.session.scalars(query).all()


def batch_list(survey_id: int | None, *, closed: bool, page: int) -> Listed:
    """A page of batches in the order of their surveys and units; of all surveys where none is chosen. Among
    those that are not closed stand the closed ones in which forms that were begun still wait.
    """
    begun = sa.exists().where(
        PaperForm.batch_id == Batch.id, sa.or_(wants_second(), PaperForm.state == "disputed")
    )
    wanted = [Batch.closed if closed else sa.or_(~Batch.closed, begun), Survey.state != "draft"]
    wanted += [Batch.survey_id == survey_id] if survey_id else []
    keyed = count_of_forms(PaperForm.state.in_(KEYED_STATES))
    waiting = count_of_forms(PaperForm.waits_for_check())
    query = (
        sa.select(Batch, keyed, waiting)
        .join(Batch.survey)
        .join(Survey.round)
        .join(Batch.stratum)
        .join(Stratum.unit)
        .where(*wanted)
        .order_by(Round.year.desc(), Survey.code, Unit.search_key, Batch.code)
        .options(
            joinedload(Batch.survey).joinedload(Survey.round),
            joinedload(Batch.stratum).joinedload(Stratum.unit),
        )
    )
    total = db.session.scalar(sa.select(sa.func.count()).select_from(Batch).join(Batch.survey).where(*wanted))
    rows = db.session.execute(query.limit(PER_PAGE).offset(PER_PAGE * (page - 1)))
    return Listed([BatchProgress(*row) for row in rows], -(-(total or 0) // PER_PAGE))


def count_of_forms(*conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """The number of a batch's forms, as a column of a query for batches."""
    counted = sa.select(sa.func.count()).select_from(PaperForm)
    return counted.where(PaperForm.batch_id == Batch.id, *conditions).scalar_subquery()


def enumerators(survey_id: int | None) -> list[EnumeratorProgress]:
    """Who keyed how many forms; forms that came in without a name stand last."""
    is_verified = sa.and_(PaperForm.state == "accepted", PaperForm.checked_by_id.is_not(None))
    midnight = datetime.datetime.combine(today(), datetime.time(), VIETNAM)
    query = (
        sa.select(
            User.full_name,
            sa.func.count(),
            is_true(PaperForm.keyed_at >= midnight),
            is_true(PaperForm.waits_for_check()),
            is_true(is_verified),
            is_true(PaperForm.state == "rejected"),
        )
        .select_from(PaperForm)
        .join(PaperForm.batch)
        .outerjoin(PaperForm.keyed_by)
        .where(PaperForm.state.in_(KEYED_STATES))
        .group_by(User.id, User.full_name)
        .order_by(User.full_name.is_(None), User.full_name)
    )
    rows = db.session.execute(query.where(Batch.survey_id == survey_id) if survey_id else query)
    return [EnumeratorProgress(*row) for row in rows]


def is_true(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """How many rows of a group fulfil the condition."""
    return sa.func.sum(sa.case((condition, 1), else_=0))


def keyed_numbers(batch: Batch) -> list[int]:
    return numbers_in(batch, KEYED_STATES)


def known_numbers(batch: Batch) -> list[int]:
    """The numbers of the forms that nobody waits for any more: keyed, or known to be gone."""
    return numbers_in(batch, (*KEYED_STATES, *GONE_STATES))


def numbers_in(batch: Batch, states: Sequence[str]) -> list[int]:
    query = sa.select(PaperForm.number).where(PaperForm.batch_id == batch.id, PaperForm.state.in_(states))
    return list(db.session.scalars(query.order_by(PaperForm.number)))


def next_number(numbers: Iterable[int], after: int | None) -> int:
    """The first number beyond `after` (beyond all, where none is given) that no form has yet."""
    taken = set(numbers)
    number = (max(taken, default=0) if after is None else after) + 1
    while number in taken:
        number += 1
    return number


def missing_numbers(numbers: Sequence[int], expected: int) -> list[tuple[int, int]]:
    """The gaps in ascending numbers, as (first, last); a batch begins at 1, or at its lowest number."""
    start = 1 if not numbers or numbers[-1] <= expected else numbers[0]
    end = max([start + expected - 1, *numbers[-1:]])
    edges = [start - 1, *numbers, end + 1]
    return [(low + 1, high - 1) for low, high in pairwise(edges) if high - low > 1]
