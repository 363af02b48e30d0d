"""Answers that may no longer be kept: taken back by the person, or past their last day.

The row of a response stays, empty, so that a late repetition of its submit brings nothing back.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from survey import audit
from survey.collection.opening import standing
from survey.collection.paper_keeping import REASON_GONE, empty_forms, forms_of_responses, forms_of_survey
from survey.collection.quotas import move_places
from survey.collection.submission import SurveyClosed
from survey.collection.transaction import transaction
from survey.db import db
from survey.models import AuditEntry, Draft, Response, ResponseFlag, ResponseVersion, Survey

CAN_WITHDRAW = ("open", "paused")
AT_ONCE = 500
HELD = ("accepted", "rejected")
"""States of a response whose answers are still there: one that staff left out is the person's as well."""


class NotWithdrawable(Exception):
    """In this survey no receipt leads to an answer."""


def require_withdrawable(survey: Survey) -> None:
    """Raises NotWithdrawable, or SurveyClosed once it is too late."""
    if not survey.withdrawable:
        raise NotWithdrawable
    if standing(survey) not in CAN_WITHDRAW:
        raise SurveyClosed(standing(survey))


def state_of(survey: Survey, response_id: uuid.UUID) -> str | None:
    """The state of a response of this survey; None where there is none."""
    query = sa.select(Response.state).filter_by(survey_id=survey.id, id=response_id)
    return db.session.scalar(query)


def is_held(survey: Survey, response_id: uuid.UUID) -> bool:
    """Whether the answers of this response are still there."""
    return state_of(survey, response_id) in HELD


def has_sent(survey: Survey, response_id: uuid.UUID) -> bool:
    return state_of(survey, response_id) is not None


def withdraw(survey: Survey, response_id: uuid.UUID) -> bool:
    """Empty the response, and the others of its sitting; False where there is none to withdraw.

    Leaves no audit entry, whose time would say when this person came back. Raises NotWithdrawable,
    SurveyClosed.
    """
    require_withdrawable(survey)
    with transaction():
        responses = of_same_person(survey, response_id)
        counted = [each for each in responses if each.state == "accepted"]
        move_places(survey.id, [(each, current_answers(each), None) for each in counted])
        empty([response.id for response in responses], "withdrawn")
    return bool(responses)


def of_same_person(survey: Survey, response_id: uuid.UUID) -> Sequence[Response]:
    held = (
        sa.select(Response)
        .where(Response.survey_id == survey.id, Response.state.in_(HELD))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = db.session.scalar(held.filter_by(id=response_id))
    if found is None:
        return []
    if survey.rates == "one" or found.psu is None:
        return [found]
    return db.session.scalars(held.filter_by(psu=found.psu).order_by(Response.id)).all()


def current_answers(response: Response) -> dict[str, object]:
    query = sa.select(ResponseVersion.answers).filter_by(response_id=response.id, version=response.version)
    return db.session.scalars(query).one()


def expire_answers(today: datetime.date) -> int:
    """Empty the responses of every survey whose last day of keeping has passed; returns how many."""
    overdue = db.session.scalars(sa.select(Survey).where(Survey.keep_until < today).order_by(Survey.id)).all()
    return sum(expire_survey(survey) for survey in overdue)


def expire_survey(survey: Survey) -> int:
    """Its drafts go too. One audit entry says how many answers went, and of which survey."""
    with transaction():
        kept = sa.select(Response.id).where(Response.survey_id == survey.id, Response.state.in_(HELD))
        number = db.session.scalar(sa.select(sa.func.count()).select_from(kept.subquery())) or 0
        if number:
            empty(kept, "expired")
            audit.record("responses.expire", f"survey {survey.round.code}/{survey.code}", count=number)
        empty_forms(forms_of_survey(survey.id))
        db.session.execute(sa.delete(Draft).where(Draft.survey_id == survey.id))
    return number


def empty(ids: object, state: str) -> None:
    """Take the answers out of all versions of these responses, and of the paper they were read from; the
    signals and the reasons of corrections and rejections go with them: a reason may quote the answers.
    """
    empty_forms(forms_of_responses(ids))
    empty_deeds(ids)
    options = {"synchronize_session": False}
    versions = sa.update(ResponseVersion).where(ResponseVersion.response_id.in_(ids))
    emptied = versions.values(answers={})
    unexplained = versions.where(ResponseVersion.version > 1).values(reason=REASON_GONE)
    flags = sa.delete(ResponseFlag).where(ResponseFlag.response_id.in_(ids))
    states = sa.update(Response).where(Response.id.in_(ids)).values(state=state)
    for statement in (emptied, unexplained, flags, states):
        db.session.execute(statement, execution_options=options)
    db.session.expire_all()


def empty_deeds(ids: object) -> None:
    """Take the reasons out of what the audit trail says of these responses: why one that came from no form
    was rejected stands nowhere else.
    """
    judged = sa.or_(Response.state == "rejected", Response.version > 1)
    found = db.session.scalars(sa.select(Response.id).where(Response.id.in_(ids), judged)).all()
    subjects = [response_subject(response_id) for response_id in found]
    for start in range(0, len(subjects), AT_ONCE):
        of_these = AuditEntry.subject.in_(subjects[start : start + AT_ONCE])
        for entry in db.session.scalars(sa.select(AuditEntry).where(of_these)):
            if "reason" in entry.details:
                entry.details = {**entry.details, "reason": REASON_GONE}
    db.session.flush()


def response_subject(response_id: uuid.UUID) -> str:
    """A response as the audit trail names it."""
    return f"response {response_id}"
