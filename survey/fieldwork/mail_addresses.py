"""Addresses whose message was not sent: they are not kept longer than the survey."""

from __future__ import annotations

import sqlalchemy as sa

from survey.db import db, today
from survey.models import Mailing, MailRecipient, Survey


def forget(*conditions: sa.ColumnElement[bool]) -> int:
    """Delete the addresses that are left of the mailings named; returns how many, in this transaction."""
    mailings = sa.select(Mailing.id).where(*conditions)
    left = sa.delete(MailRecipient).where(MailRecipient.mailing_id.in_(mailings))
    return db.session.execute(left).rowcount


def forget_closed() -> int:
    """Delete the addresses that are left in surveys that are closed or past their last day."""
    ended = sa.select(Survey.id).where(sa.or_(Survey.state == "closed", Survey.closes_on < today()))
    return forget(Mailing.survey_id.in_(ended))
