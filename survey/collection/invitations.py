"""Personal codes are burnt here, in a way that leaves no trail to the answers given with them."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy import Select, bindparam, func, select, update

from survey.db import db
from survey.models import Invitation

COMPANIONS = 50
SHUFFLE = random.SystemRandom().shuffle


def find_invitation(survey_id: int, code_hash: str) -> Invitation | None:
    query = select(Invitation).filter_by(survey_id=survey_id, code_hash=code_hash)
    return db.session.scalars(query).one_or_none()


def burn(survey_id: int, code_hash: str) -> bool:
    """Mark the code as used; False if it was used before, or is unknown."""
    burning = (
        update(Invitation)
        .where(
            Invitation.survey_id == survey_id, Invitation.code_hash == code_hash, Invitation.used.is_(False)
        )
        .values(used=True)
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    )
    burnt = db.session.scalar(burning)
    if burnt is not None and db.session.get_bind().dialect.name == "postgresql":
        hide_among_others(survey_id, burnt)
    return burnt is not None


def hide_among_others(survey_id: int, burnt: uuid.UUID) -> None:
    """Rewrite the burnt row among others that are used already, in random order.

    PostgreSQL shows which transaction wrote a row (xmin) and keeps rows in the order they were written
    (ctid): by either, the invitation could be joined to the response of its transaction. Afterwards all these
    rows carry this transaction and lie in no order.
    """
    rows = [burnt, *companions(survey_id, burnt)]
    SHUFFLE(rows)
    table = Invitation.__table__
    rewriting = update(table).where(table.c.id == bindparam("row")).values(used=True)
    db.session.connection().execute(rewriting, [{"row": row} for row in rows])


def companions(survey_id: int, burnt: uuid.UUID) -> list[uuid.UUID]:
    """Up to COMPANIONS used invitations of the survey, from a random place on, that no one else rewrites."""
    used = (
        select(Invitation.id)
        .filter_by(survey_id=survey_id, used=True)
        .where(Invitation.id != burnt)
        .order_by(Invitation.id)
        .with_for_update(skip_locked=True)
    )
    start = uuid.uuid4()
    found = ids(used.where(Invitation.id >= start).limit(COMPANIONS))
    return found + ids(used.where(Invitation.id < start).limit(COMPANIONS - len(found)))


def ids(query: Select[tuple[uuid.UUID]]) -> list[uuid.UUID]:
    return list(db.session.scalars(query))


def codes_used(survey_ids: Iterable[int]) -> dict[int, dict[int | None, int]]:
    """Survey → stratum → personal codes and dossiers' numbers that were used.

    Under None stand the codes of people who rate several units: each gives an answer in any stratum.
    """
    query = select(Invitation.survey_id, Invitation.stratum_id, func.count()).where(
        Invitation.survey_id.in_(list(survey_ids)), Invitation.used.is_(True)
    )
    found: dict[int, dict[int | None, int]] = {}
    for survey_id, stratum_id, number in db.session.execute(
        query.group_by(Invitation.survey_id, Invitation.stratum_id)
    ):
        found.setdefault(survey_id, {})[stratum_id] = number
    return found


def used_in(stratum_id: int, used: Mapping[int | None, int]) -> int:
    """The most answers of one stratum that were given with a code, by the codes its survey saw used."""
    return used.get(stratum_id, 0) + used.get(None, 0)
