"""People whose message is not sent yet: claimed one by one, forgotten as soon as they have it.

The order keeps two promises. Nobody holds a code that the database does not know: its hash is stored before
the message is handed over, and taken back where the server refuses. Nobody gets two: a recipient is claimed
before anything else happens, and a claim that was never settled, as after a crash, is for the planner to
decide. Code and address never stand in one row, nor are they written by one transaction.
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from survey.collection import standing
from survey.db import db
from survey.fieldwork.personal_codes import hash_of, store_codes
from survey.models import Invitation, Mailing, MailRecipient, Survey


def claim_next(mailing_id: int) -> MailRecipient | None:
    """A recipient that waited, now ours to send to; None where nobody waits any more."""
    waiting = sa.select(MailRecipient.id).filter_by(mailing_id=mailing_id, state="waiting")
    while (chosen := db.session.scalar(waiting.order_by(MailRecipient.id).limit(1))) is not None:
        is_ours = change(chosen, "waiting", state="sending", reason="")
        db.session.commit()
        if is_ours:
            claimed = db.session.get_one(MailRecipient, chosen)
            db.session.expunge(claimed)
            db.session.rollback()
            return claimed
    db.session.rollback()
    return None


def change(recipient_id: uuid.UUID, state_before: str, **values: str) -> bool:
    """Change a recipient that is in this state; False where it is not, or not there."""
    recipient = sa.update(MailRecipient).where(
        MailRecipient.id == recipient_id, MailRecipient.state == state_before
    )
    return db.session.execute(recipient.values(**values)).rowcount == 1


def give_code(survey: Survey, recipient: MailRecipient, code: str) -> None:
    store_codes(survey, [(recipient.stratum_id, code)])
    db.session.commit()


def settle_sent(recipient: MailRecipient) -> None:
    """The message is on its way: forget who got it, and count it."""
    db.session.execute(sa.delete(MailRecipient).where(MailRecipient.id == recipient.id))
    db.session.execute(
        sa.update(Mailing).where(Mailing.id == recipient.mailing_id).values(sent=Mailing.sent + 1)
    )
    db.session.commit()


def take_back(recipient: MailRecipient, code: str, state: str, reason: str = "") -> None:
    """The message was not sent: its code is withdrawn."""
    db.session.execute(sa.delete(Invitation).where(Invitation.code_hash == hash_of(code)))
    change(recipient.id, "sending", state=state, reason=reason)
    db.session.commit()


def leave_uncertain(recipient: MailRecipient, reason: str) -> None:
    change(recipient.id, "sending", reason=reason)
    db.session.commit()


def waiting(mailing_id: int) -> int:
    query = sa.select(sa.func.count()).select_from(MailRecipient)
    number = db.session.scalar(query.filter_by(mailing_id=mailing_id, state="waiting")) or 0
    db.session.rollback()  # nobody else is kept from writing while the mail server is talked to
    return number


def is_open(survey: Survey) -> bool:
    return standing(survey) == "open"
