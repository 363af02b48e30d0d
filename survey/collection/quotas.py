"""Quotas: how many answers over the web each cell of people may give, counted under locks.

Who changes quotas holds the survey's row alone; who counts an answer in shares it, so that a new quota misses
no answer that is just coming in. A response takes that share by its foreign key anyway: it costs nothing.
Counts come after it, in the order of the cells' ids, so that nobody waits in a circle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from survey.collection.opening import BY_PEOPLE_THEMSELVES
from survey.db import db
from survey.models import Quota, Response, Sample, Stratum, Survey

Answers = Mapping[str, Any]
Person = tuple[int, Answers]
"""The stratum somebody answers for, and what they answered."""
Move = tuple[Response, Answers | None, Answers | None]
"""A response, its answers before, and after; None where it does not count."""
TABLE = Quota.__table__


def take_places(survey_id: int, people: Sequence[Person]) -> list[bool]:
    """Count each in every cell they belong to, and say of each whether they were.

    Whoever belongs to a cell without room is counted in none. The caller has stored a response in this
    transaction, whose foreign key shares the survey's row.
    """
    quotas = quotas_of(survey_id)
    if not quotas:
        return [True] * len(people)
    cells = [cells_of(quotas, *each) for each in people]
    room = locked_room({cell for needed in cells for cell in needed})
    taken: Counter[int] = Counter()
    placed = []
    for needed in cells:
        placed.append(all(room[cell] > taken[cell] for cell in needed))
        taken.update(needed if placed[-1] else ())
    count(taken)
    return placed


def move_places(survey_id: int, moves: Iterable[Move]) -> None:
    """Count responses elsewhere: corrected, or no longer counted. A correction may overfill a cell."""
    of_people = [move for move in moves if move[0].mode in BY_PEOPLE_THEMSELVES]
    if not of_people:
        return
    share_survey(survey_id)
    quotas = quotas_of(survey_id)
    steps: Counter[int] = Counter()
    for response, before, after in of_people:
        steps.subtract(cells_of(quotas, response.stratum_id, before) if before is not None else ())
        steps.update(cells_of(quotas, response.stratum_id, after) if after is not None else ())
    count(steps)


def is_full(survey_id: int, stratum_id: int | None, answers: Answers) -> bool:
    """Whether these answers, as far as they are known, already belong to a cell without room.

    Without a stratum several units are rated: then all of them have to be full.
    """
    quotas = quotas_of(survey_id)
    full = [quota for quota in quotas if quota.taken >= quota.most]
    if not full:
        return False
    strata = [stratum_id] if stratum_id is not None else strata_ids(survey_id)
    return all(cells_of(full, each, answers) for each in strata)


def quotas_of(survey_id: int) -> Sequence[sa.Row[Any]]:
    return db.session.execute(sa.select(TABLE).where(TABLE.c.survey_id == survey_id)).all()


def cells_of(quotas: Iterable[sa.Row[Any]], stratum_id: int, answers: Answers) -> list[int]:
    """The ids of the quotas to whose cells these answers belong."""
    return [quota.id for quota in quotas if belongs(quota, stratum_id, answers)]


def belongs(quota: sa.Row[Any], stratum_id: int, answers: Answers) -> bool:
    is_of_stratum = quota.stratum_id in (None, stratum_id)
    return is_of_stratum and all(answers.get(item) == choice for item, choice in quota.answers.items())


def strata_ids(survey_id: int) -> Sequence[int]:
    return db.session.scalars(sa.select(Stratum.id).join(Sample).where(Sample.survey_id == survey_id)).all()


def locked_room(cells: Collection[int]) -> dict[int, int]:
    """Quota id → places left, nobody else counting there until the transaction ends."""
    query = sa.select(TABLE.c.id, TABLE.c.most - TABLE.c.taken).where(TABLE.c.id.in_(cells))
    return dict(db.session.execute(query.order_by(TABLE.c.id).with_for_update()).all()) if cells else {}


def share_survey(survey_id: int) -> None:
    """Keep the survey's quotas as they are until the transaction ends, as a response's foreign key does."""
    query = sa.select(Survey.id).where(Survey.id == survey_id)
    db.session.execute(query.with_for_update(read=True, key_share=True))


def count(steps: Mapping[int, int]) -> None:
    for quota_id in sorted(steps):
        if steps[quota_id]:
            counting = sa.update(TABLE).where(TABLE.c.id == quota_id)
            db.session.execute(counting.values(taken=TABLE.c.taken + steps[quota_id]))
