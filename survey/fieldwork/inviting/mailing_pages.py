"""Invitations by e-mail: a list and a text, tried on oneself, then sent by a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from questionnaires.faults import N_, Fault
from survey import audit, jobs
from survey.access import roles
from survey.db import db, now
from survey.errors import UserError
from survey.faulty_sheets import Report
from survey.fieldwork.blueprint import blueprint, locked
from survey.fieldwork.inviting.carrying import packed
from survey.fieldwork.inviting.connecting import Unsent
from survey.fieldwork.inviting.contacts import Contact, email_of
from survey.fieldwork.inviting.courier import Courier, Refused, Uncertain, composed
from survey.fieldwork.inviting.message_pages import NO_CONTACTS, SHOWN, people_of
from survey.fieldwork.inviting.messages import SAMPLE_CODE, Message, draft_of
from survey.fieldwork.inviting.recipients import is_open
from survey.fieldwork.inviting.sending import KIND, NO_SERVER, subject_of
from survey.fieldwork.inviting.slots import SLOTS
from survey.fieldwork.inviting.wording import KINDS, PROPOSALS, typed_texts, wording_faults
from survey.fieldwork.survey_pages import subject
from survey.language import language
from survey.models import Mailing, MailRecipient, Survey

TEXTS = ("subject", "body")
NOT_OPEN = N_("The survey is not open: the links would lead nowhere. Open it first.")
STARTED_MEANWHILE = N_(
    "A mailing was started since this page was opened, perhaps by a second click. Look at it below before "
    "you start another: each gives every person a further code."
)
NO_TEST_ADDRESS = N_("Enter your own e-mail address.")
TEST_FAILED = N_("The test was not sent: %(reason)s")


@dataclass(frozen=True)
class Typed:
    """What the page holds: the people, the texts, where a test goes, and what is wrong."""

    texts: Mapping[str, str]
    contacts: Sequence[Contact] = ()
    sample: Sequence[Message] = ()
    faults: Sequence[Fault] = ()
    report: Report | None = None
    test_address: str = ""


@blueprint.get("/surveys/<int:survey_id>/mailings")
@roles("planner")
def list_mailings(survey_id: int) -> str:
    survey = db.get_or_404(Survey, survey_id)
    return show(survey, Typed({kind: PROPOSALS[language()][kind] for kind in TEXTS}))


@blueprint.post("/surveys/<int:survey_id>/mailings")
@roles("planner")
def new_mailing(survey_id: int) -> ResponseReturnValue:
    """Show what each person would get; send it to oneself; or start sending."""
    survey = locked(Survey, survey_id)
    if current_app.config["MAIL_SERVER"] is None:
        raise UserError(NO_SERVER, status=409)
    typed = read_form(survey)
    act = DEEDS.get(request.form.get("do", ""))
    if typed.faults or typed.report:
        return show(survey, typed), 422
    return act(survey, typed) if act else show(survey, typed)


def read_form(survey: Survey) -> Typed:
    texts = typed_texts(request.form, TEXTS)
    contacts, report = people_of(survey, by_email=True)
    faults = list(wording_faults(texts))
    if report is None and not any(contact.email for contact in contacts):
        faults.append(Fault("file", NO_CONTACTS))
    draft = draft_of(survey, texts)
    sample = [] if faults or report else [draft.message(contact, SAMPLE_CODE) for contact in contacts[:SHOWN]]
    return Typed(texts, contacts, sample, faults, report, request.form.get("test_address", "").strip()[:254])


def send_test(survey: Survey, typed: Typed) -> ResponseReturnValue:
    """The first person's message to the planner's own address, with no real code in it."""
    address = email_of(typed.test_address)
    if not address:
        return show(survey, replace(typed, faults=[Fault("test_address", NO_TEST_ADDRESS)])), 422
    server, texts = current_app.config["MAIL_SERVER"], typed.sample[0].texts
    db.session.rollback()  # nobody waits for us while the mail server is talked to
    try:
        with Courier(server) as courier:
            courier.send(address, composed(server, "", address, texts["subject"], texts["body"]))
    except (Refused, Unsent, Uncertain) as error:
        fault = Fault("test_address", TEST_FAILED, {"reason": str(error)})
        return show(survey, replace(typed, faults=[fault])), 422
    flash(gettext("The test is on its way to %(address)s.", address=address))
    return show(survey, typed)


def start(survey: Survey, typed: Typed) -> ResponseReturnValue:
    """Store the addresses until each has its message, and begin."""
    fault = None if is_open(survey) else Fault("", NOT_OPEN)
    if request.form.get("seen") != str(len(mailings_of(survey))):
        fault = Fault("", STARTED_MEANWHILE)
    if fault:
        return show(survey, replace(typed, faults=[fault])), 422
    mailing = Mailing(survey=survey, created_by_id=current_user.id, created_at=now(), **typed.texts)
    db.session.add(mailing)
    db.session.flush()
    people = [
        MailRecipient(mailing_id=mailing.id, stratum_id=each.stratum_id, name=each.name, address=each.email)
        for each in typed.contacts
    ]
    db.session.add_all(people)
    audit.record("mailing.create", subject(survey), people=len(people))
    db.session.commit()
    return run(mailing)


def run(mailing: Mailing) -> ResponseReturnValue:
    job = jobs.start(KIND, subject_of(mailing), current_user)
    if job.created_by_id != current_user.id:
        return redirect(url_for("fieldwork.show_mailing", mailing_id=mailing.id))
    return redirect(url_for("jobs.show", job_id=job.id))


DEEDS: Mapping[str, Callable[[Survey, Typed], ResponseReturnValue]] = {"test": send_test, "start": start}


def mailings_of(survey: Survey) -> Sequence[sa.Row]:
    """The survey's mailings, the newest first, with how many wait for their message in whatever state."""
    left = (
        sa.select(MailRecipient.mailing_id, sa.func.count().label("left"))
        .group_by(MailRecipient.mailing_id)
        .subquery()
    )
    query = sa.select(Mailing, sa.func.coalesce(left.c.left, 0)).outerjoin(
        left, left.c.mailing_id == Mailing.id
    )
    return db.session.execute(query.where(Mailing.survey_id == survey.id).order_by(Mailing.id.desc())).all()


def show(survey: Survey, typed: Typed) -> str:
    mailings = mailings_of(survey)
    return render_template(
        "fieldwork/inviting/mailings.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        typed=typed,
        kinds=KINDS,
        slots=SLOTS,
        mailings=mailings,
        carried=packed(survey, typed.contacts) if typed.contacts else "",
        seen=len(mailings),
        server=current_app.config["MAIL_SERVER"],
        is_open=is_open(survey),
    )
