"""The job that sends a mailing, one person after another, no faster than the mail server wants."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext

from questionnaires.faults import N_
from survey import audit
from survey.codes import generate
from survey.db import db
from survey.errors import UserError
from survey.fieldwork.inviting import recipients
from survey.fieldwork.inviting.connecting import Misconfigured, Unsent
from survey.fieldwork.inviting.contacts import Contact
from survey.fieldwork.inviting.courier import Courier, Refused, Uncertain, composed
from survey.fieldwork.inviting.messages import Draft, draft_of
from survey.jobs import Progress, task
from survey.mail_server import MailServer
from survey.models import Job, Mailing, Survey

KIND = "mailing"
WAITS: Sequence[float] = (5, 20, 60)
"""Seconds before each further try to reach the server."""

NO_SERVER = N_("No mail server is set. Your administrator sets SMTP_URL and MAIL_FROM.")
NOT_OPEN = N_("The survey is not open, so nobody is written to. Those who wait stay on the list.")
OUT_OF_REACH = N_(
    "The mail server takes no messages: %(reason)s. Those who wait stay on the list; start the work again "
    "later."
)
TO_BE_MENDED = N_(
    "%(reason)s No further message was sent. Those who wait stay on the list; start the work again once that "
    "is done."
)
GONE = N_("This mailing is not there any more.")


@dataclass
class Pace:
    """Lets so many begin in a minute; 0 lets all."""

    per_minute: int
    sleep: Callable[[float], None] = time.sleep
    begun: float = field(default=float("-inf"))

    def keep(self) -> None:
        if self.per_minute:
            self.sleep(max(self.begun + 60 / self.per_minute - time.monotonic(), 0))
            self.begun = time.monotonic()


@dataclass
class Patience:
    """Tries again after a while, and longer each time, until WAITS are used up."""

    tried: int = 0

    def wait(self, error: Unsent) -> None:
        """Raises UserError once there was enough of it; at once where waiting mends nothing, as servers shut
        out who tries a wrong password again and again.
        """
        if isinstance(error, Misconfigured):
            raise UserError(TO_BE_MENDED, {"reason": str(error)}) from error
        if self.tried >= len(WAITS):
            raise UserError(OUT_OF_REACH, {"reason": str(error)}) from error
        time.sleep(WAITS[self.tried])
        self.tried += 1

    def renew(self) -> None:
        self.tried = 0


def subject_of(mailing: Mailing) -> str:
    """A mailing as its job names it."""
    return f"mailing {mailing.id} {mailing.survey.round.code}/{mailing.survey.code}"


@task(KIND)
def send_mailing(job: Job, report_progress: Progress) -> str:
    mailing_id = int(job.subject.split()[1])
    db.session.rollback()  # the snapshot; from here on it writes
    server = current_app.config["MAIL_SERVER"]
    if server is None:
        raise UserError(NO_SERVER)
    send_waiting(mailing_id, server, report_progress)
    return f"/mailings/{mailing_id}"


def send_waiting(mailing_id: int, server: MailServer, report_progress: Progress) -> None:
    """Send to everybody who waits. Raises UserError where the server or the survey stops it."""
    total, done = recipients.waiting(mailing_id), 0
    pace, patience = Pace(server.per_minute), Patience()
    with Courier(server) as courier:
        while recipients.waiting(mailing_id):
            draft = draft_to_send(mailing_id)
            try:
                courier.connect()  # before anybody is claimed
                pace.keep()
                send_next(draft, mailing_id, courier)
            except Unsent as error:
                patience.wait(error)
                continue
            patience.renew()
            done += 1
            report_progress(done / max(total, done), gettext("%(done)s of %(total)s", done=done, total=total))
    record_end(mailing_id, done)


def draft_to_send(mailing_id: int) -> Draft:
    """The mailing's texts. Raises UserError where its survey is not open, as it may be closed meanwhile."""
    mailing = db.session.scalar(sa.select(Mailing).where(Mailing.id == mailing_id))
    if mailing is None:
        raise UserError(GONE)
    survey = mailing.survey
    if not recipients.is_open(survey):
        raise UserError(NOT_OPEN)
    draft = draft_of(survey, {"subject": mailing.subject, "body": mailing.body})
    db.session.rollback()
    return draft


def send_next(draft: Draft, mailing_id: int, courier: Courier) -> None:
    """Send to one of those who wait. Raises Unsent where the server could not be talked to."""
    recipient = recipients.claim_next(mailing_id)
    if recipient is None:
        return
    code = generate()
    contact = Contact(recipient.stratum_id, recipient.name, email=recipient.address)
    texts = draft.message(contact, code).texts
    try:
        message = composed(courier.server, recipient.name, recipient.address, texts["subject"], texts["body"])
        recipients.give_code(draft.survey, recipient, code)
        courier.send(recipient.address, message)
    except Refused as error:
        recipients.take_back(recipient, code, "failed", str(error))
    except Unsent:
        recipients.take_back(recipient, code, "waiting")
        raise
    except Uncertain as error:
        recipients.leave_uncertain(recipient, str(error))
    else:
        recipients.settle_sent(recipient)


def record_end(mailing_id: int, done: int) -> None:
    mailing = db.session.get_one(Mailing, mailing_id)
    survey: Survey = mailing.survey
    subject = f"survey {survey.round.code}/{survey.code}"
    audit.record("mailing.end", subject, mailing=mailing_id, tried=done, sent_in_all=mailing.sent)
    db.session.commit()
