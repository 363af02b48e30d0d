"""One mailing: how far it is, whom it did not reach, and what to do about each."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from questionnaires.faults import N_, Fault
from survey import audit
from survey.access import roles
from survey.db import db
from survey.errors import UserError
from survey.fieldwork.blueprint import blueprint
from survey.fieldwork.inviting import recipients
from survey.fieldwork.inviting.contacts import NO_EMAIL, email_of
from survey.fieldwork.inviting.mailing_pages import NOT_OPEN, run
from survey.fieldwork.inviting.sending import KIND, subject_of
from survey.fieldwork.mail_addresses import forget
from survey.fieldwork.survey_pages import subject
from survey.jobs import UNFINISHED
from survey.models import Job, Mailing, MailRecipient

SHOWN = 200
RUNNING = N_("The messages are being sent at this moment. Wait until that has ended.")
MOVED_ON = N_("This address is in another state by now. Look at it again.")


@blueprint.get("/mailings/<int:mailing_id>")
@roles("planner")
def show_mailing(mailing_id: int) -> str:
    return show(db.get_or_404(Mailing, mailing_id))


@blueprint.post("/mailings/<int:mailing_id>/send")
@roles("planner")
def send_on(mailing_id: int) -> ResponseReturnValue:
    """Go on with those who wait."""
    mailing = db.get_or_404(Mailing, mailing_id)
    if not recipients.is_open(mailing.survey):
        raise UserError(NOT_OPEN, status=409)
    return run(mailing)


@blueprint.post("/mailings/<int:mailing_id>/forget")
@roles("planner")
def forget_mailing(mailing_id: int) -> ResponseReturnValue:
    """Delete every address that is left; those who were sent a message keep their code."""
    mailing = db.get_or_404(Mailing, mailing_id)
    number = forget(Mailing.id == mailing_id)
    audit.record("mailing.forget", subject(mailing.survey), mailing=mailing_id, addresses=number)
    db.session.commit()
    flash(ngettext("%(num)d address was deleted.", "%(num)d addresses were deleted.", number))
    return back(mailing_id)


@blueprint.post("/mailings/<int:mailing_id>/recipients/<uuid:recipient_id>")
@roles("planner")
def settle_recipient(mailing_id: int, recipient_id: uuid.UUID) -> ResponseReturnValue:
    """Mend, send again, count as sent or delete one address that was not reached for certain."""
    mailing = db.get_or_404(Mailing, mailing_id)
    if is_running(mailing):
        raise UserError(RUNNING, status=409)
    recipient = db.session.get(MailRecipient, recipient_id, with_for_update=True)
    deed = DEEDS.get(request.form.get("do", ""))
    if (
        recipient is None
        or recipient.mailing_id != mailing_id
        or deed is None
        or recipient.state == "waiting"
    ):
        raise UserError(MOVED_ON, status=409)
    fault = deed(mailing, recipient)
    if fault:
        db.session.rollback()
        return show(mailing, fault, recipient_id), 422
    audit.record("mailing.settle", subject(mailing.survey), mailing=mailing_id, how=request.form["do"])
    db.session.commit()
    return back(mailing_id)


def mend(_mailing: Mailing, recipient: MailRecipient) -> Fault | None:
    """Send anew, to the address as it is typed now."""
    typed = request.form.get("address", "").strip()
    address = email_of(typed)
    if not address:
        return Fault(f"address-{recipient.id}", NO_EMAIL, {"raw": typed[:80]})
    recipient.address, recipient.state, recipient.reason = address, "waiting", ""
    return None


def count_as_sent(mailing: Mailing, recipient: MailRecipient) -> None:
    mailing.sent += 1
    db.session.delete(recipient)


def delete(_mailing: Mailing, recipient: MailRecipient) -> None:
    db.session.delete(recipient)


DEEDS: Mapping[str, Callable[[Mailing, MailRecipient], Fault | None]] = {
    "mend": mend,
    "sent": count_as_sent,
    "delete": delete,
}


def is_running(mailing: Mailing) -> bool:
    return running_job(mailing) is not None


def running_job(mailing: Mailing) -> Job | None:
    query = sa.select(Job).where(Job.kind == KIND, Job.subject == subject_of(mailing))
    return db.session.scalar(query.where(Job.state.in_(UNFINISHED)).limit(1))


def back(mailing_id: int) -> ResponseReturnValue:
    return redirect(url_for("fieldwork.show_mailing", mailing_id=mailing_id))


def show(mailing: Mailing, fault: Fault | None = None, at: uuid.UUID | None = None) -> str:
    counts = dict(
        db.session.execute(
            sa.select(MailRecipient.state, sa.func.count())
            .where(MailRecipient.mailing_id == mailing.id)
            .group_by(MailRecipient.state)
        ).all()
    )
    return render_template(
        "fieldwork/inviting/mailing.html",
        mailing=mailing,
        survey=mailing.survey,
        synthetic=mailing.survey.round.synthetic,
        counts=counts,
        left=sum(counts.values()),
        job=running_job(mailing),
        failed=unreached(mailing, "failed"),
        uncertain=unreached(mailing, "sending"),
        is_open=recipients.is_open(mailing.survey),
        faults=[fault] if fault else [],
        typed={at: request.form.get("address", "")} if at else {},
        title=gettext("Mailing of %(day)s", day=f"{mailing.created_at:%d/%m/%Y}"),
    )


def unreached(mailing: Mailing, state: str) -> list[MailRecipient]:
    query = sa.select(MailRecipient).filter_by(mailing_id=mailing.id, state=state)
    return list(db.session.scalars(query.order_by(MailRecipient.address).limit(SHOWN)))
