"""Answers that may no longer be kept: taken back by the person, or past their last day.

The row of a response stays, empty, so that a late repetition of its submit brings nothing back.
"""

from __future__ import annotations

import datetime
import uuid

import sqlalchemy as sa

from survey import audit
from survey.collection.opening import standing
from survey.collection.quotas import move_place
from survey.collection.submission import SurveyClosed
from survey.collection.transaction import transaction
from survey.db import db
from survey.models import Response, ResponseFlag, ResponseVersion, Survey

CAN_WITHDRAW = ("open", "paused")


def withdraw(survey: Survey, response_id: uuid.UUID) -> bool:
    """Empty the response, and the others of its sitting; False where there is none to withdraw.

    Leaves no audit entry, whose time would say when this person came back. Raises SurveyClosed.
    """
    if not survey.withdrawable or standing(survey) not in CAN_WITHDRAW:
        raise SurveyClosed(standing(survey))
    with transaction():
        responses = of_same_person(survey, response_id)
        for response in responses:
            move_place(response, current_answers(response), None)
        empty([response.id for response in responses], "withdrawn")
    return bool(responses)


def of_same_person(survey: Survey, response_id: uuid.UUID) -> list[Response]:
    accepted = sa.select(Response).filter_by(survey_id=survey.id, state="accepted").with_for_update()
    found = db.session.scalar(accepted.filter_by(id=response_id))
    if found is None:
        return []
    if survey.rates == "one" or found.psu is None:
        return [found]
    return list(db.session.scalars(accepted.filter_by(psu=found.psu).order_by(Response.id)))


def current_answers(response: Response) -> dict[str, object]:
    query = sa.select(ResponseVersion.answers).filter_by(response_id=response.id, version=response.version)
    return db.session.scalars(query).one()


def expire_answers(today: datetime.date) -> int:
    """Empty the responses of every survey whose last day of keeping has passed; returns how many."""
    overdue = db.session.scalars(sa.select(Survey).where(Survey.keep_until < today).order_by(Survey.id)).all()
    return sum(expire_survey(survey) for survey in overdue)


def expire_survey(survey: Survey) -> int:
    with transaction():
        kept = sa.select(Response.id).where(
            Response.survey_id == survey.id, Response.state.in_(("accepted", "rejected"))
        )
        number = db.session.scalar(sa.select(sa.func.count()).select_from(kept.subquery())) or 0
        if number:
            empty(kept, "expired")
            audit.record("responses.expire", f"survey {survey.code}", count=number)
    return number


def empty(ids: object, state: str) -> None:
    """Take the answers out of all versions of these responses, and the signals with them."""
    options = {"synchronize_session": False}
    versions = sa.update(ResponseVersion).where(ResponseVersion.response_id.in_(ids)).values(answers={})
    flags = sa.delete(ResponseFlag).where(ResponseFlag.response_id.in_(ids))
    states = sa.update(Response).where(Response.id.in_(ids)).values(state=state)
    for statement in (versions, flags, states):
        db.session.execute(statement, execution_options=options)
    db.session.expire_all()
