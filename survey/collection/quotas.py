"""Quotas: how many answers over the web each cell of people may give, counted one by one under a lock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from survey.collection.opening import BY_PEOPLE_THEMSELVES
from survey.collection.submission import QuotaFull
from survey.db import db
from survey.models import Quota, Response

Answers = Mapping[str, Any]


def take_places(survey_id: int, stratum_id: int, answers: Answers) -> None:
    """Count an answer in each cell it belongs to. Raises QuotaFull where one has no room.

    The update locks the cell's row until the transaction ends, and the cells come in the order of their ids,
    so that two who arrive together neither overfill a cell nor wait for each other for ever.
    """
    table = Quota.__table__
    for quota_id in cells_of(survey_id, stratum_id, answers):
        taking = sa.update(table).where(table.c.id == quota_id, table.c.taken < table.c.most)
        if not db.session.execute(taking.values(taken=table.c.taken + 1)).rowcount:
            raise QuotaFull


def move_place(response: Response, before: Answers | None, after: Answers | None) -> None:
    """Count a response elsewhere: its answers were corrected, or it (None) no longer counts."""
    if response.mode not in BY_PEOPLE_THEMSELVES:
        return
    for answers, step in ((before, -1), (after, 1)):
        if answers is not None:
            cells = cells_of(response.survey_id, response.stratum_id, answers)
            counting = sa.update(Quota).where(Quota.id.in_(cells))
            db.session.execute(counting.values(taken=Quota.taken + step))


def is_full(survey_id: int, stratum_id: int | None, answers: Answers) -> bool:
    """Whether these answers, as far as they are known, already belong to a cell without room."""
    return any(
        quota.taken >= quota.most for quota in quotas_of(survey_id) if belongs(quota, stratum_id, answers)
    )


def cells_of(survey_id: int, stratum_id: int, answers: Answers) -> list[int]:
    return [quota.id for quota in quotas_of(survey_id) if belongs(quota, stratum_id, answers)]


def quotas_of(survey_id: int) -> list[sa.Row[Any]]:
    table = Quota.__table__
    return list(db.session.execute(table.select().where(table.c.survey_id == survey_id).order_by(table.c.id)))


def belongs(quota: sa.Row[Any], stratum_id: int | None, answers: Answers) -> bool:
    is_of_stratum = quota.stratum_id in (None, stratum_id)
    return is_of_stratum and all(answers.get(item) == choice for item, choice in quota.answers.items())
