"""How often a first reading was wrong, as second readings and settlements found: by batch, keyer and item."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from analysis.acceptance import ErrorRate
from survey.db import db
from survey.models import Batch, FormReading, PaperForm, User

_IS_FIRST = sa.and_(FormReading.kind != "second", FormReading.checked.is_not(None))
_SUMS = (
    sa.func.coalesce(sa.func.sum(FormReading.items_wrong), 0),
    sa.func.coalesce(sa.func.sum(FormReading.items_checked), 0),
)


def batch_errors(batch_id: int) -> ErrorRate:
    """Of all items of the batch that were compared, those whose first reading was wrong."""
    query = sa.select(*_SUMS).join(FormReading.form).where(PaperForm.batch_id == batch_id, _IS_FIRST)
    return ErrorRate(*db.session.execute(query).one())


def errors_by_batch(survey_id: int) -> list[tuple[Batch, ErrorRate]]:
    """Each batch of the survey in which anything was compared, in the order of their codes."""
    query = (
        sa.select(Batch, *_SUMS)
        .select_from(FormReading)
        .join(FormReading.form)
        .join(PaperForm.batch)
        .where(Batch.survey_id == survey_id, _IS_FIRST)
        .group_by(Batch.id)
        .order_by(Batch.code)
    )
    return [(batch, ErrorRate(wrong, checked)) for batch, wrong, checked in db.session.execute(query)]


def wrong_forms(batch_id: int) -> int:
    """The forms of the batch whose first reading held an error."""
    query = sa.select(sa.func.count()).select_from(FormReading).join(FormReading.form)
    is_wrong = sa.and_(_IS_FIRST, FormReading.items_wrong > 0)
    return db.session.scalar(query.where(PaperForm.batch_id == batch_id, is_wrong)) or 0


def keyer_errors(survey_id: int, batch_id: int | None = None) -> list[tuple[User | None, ErrorRate]]:
    """Each keyer, second keyers too, by name; last, as nobody, the machine that reads scans, whoever settled
    what it doubted.
    """
    query = (
        sa.select(User, *_SUMS)
        .select_from(FormReading)
        .join(FormReading.form)
        .join(PaperForm.batch)
        .outerjoin(User, sa.and_(User.id == FormReading.person_id, FormReading.kind != "scan"))
        .where(Batch.survey_id == survey_id, FormReading.checked.is_not(None))
        .group_by(User.id)
        .order_by(User.full_name.is_(None), User.full_name)
    )
    rows = db.session.execute(query.where(Batch.id == batch_id) if batch_id else query)
    return [(user, ErrorRate(wrong, checked)) for user, wrong, checked in rows]


def item_errors(survey_id: int, batch_id: int | None = None) -> dict[str, ErrorRate]:
    """Item code → how often its first reading was wrong."""
    query = (
        sa.select(FormReading.checked)
        .join(FormReading.form)
        .join(PaperForm.batch)
        .where(Batch.survey_id == survey_id, _IS_FIRST)
    )
    checked: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for items in db.session.scalars(query.where(Batch.id == batch_id) if batch_id else query):
        checked.update(items.keys())
        wrong.update(item for item, is_wrong in items.items() if is_wrong)
    return {item: ErrorRate(wrong[item], number) for item, number in checked.items()}
