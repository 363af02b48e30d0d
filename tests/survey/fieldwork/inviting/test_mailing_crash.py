"""The worker is killed while it sends: nobody gets two messages, and no code is out that nobody knows."""

from __future__ import annotations

import os
import signal
from multiprocessing.process import BaseProcess

import pytest

from survey.db import db, now
from survey.fieldwork.inviting.sending import send_waiting
from survey.fieldwork.personal_codes import hash_of
from survey.models import Invitation, Mailing, MailRecipient
from tests.survey.fieldwork.desk import stored
from tests.survey.fieldwork.inviting.worker import send_all
from tests.survey.warm import WARM

PEOPLE = 6


@pytest.fixture
def mailing_id(app, made) -> int:
    """A mailing to six people who wait."""
    with app.app_context():
        mailing = Mailing(
            survey_id=made.survey.id, subject="Mời", body="{ma} {lien_ket}", sent=0, created_at=now()
        )
        db.session.add(mailing)
        db.session.flush()
        db.session.add_all(
            MailRecipient(mailing_id=mailing.id, stratum_id=made.strata[0].id, address=f"p{n}@example.vn")
            for n in range(PEOPLE)
        )
        db.session.commit()
        return mailing.id


def start_worker(app, tmp_path, mailing_id: int, port: int) -> BaseProcess:
    settings = {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "SECRET_KEY": app.config["SECRET_KEY"],
        "JOBS_FILE": str(tmp_path / "jobs.db"),
        "PUBLIC_URL": "http://localhost",
    }
    worker = WARM.Process(target=send_all, args=(settings, mailing_id, port))
    worker.start()
    return worker


@pytest.mark.parametrize("fatal", [1, 3, PEOPLE])
def test_a_worker_killed_while_it_hands_over_leaves_one_person_uncertain(
    app, planner, tmp_path, mailing_id, postbox, fatal
):
    heard: list[str] = []

    def kill_at_the_fatal_one(address: str) -> None:
        heard.append(address)
        if len(heard) == fatal:
            os.kill(worker.pid, signal.SIGKILL)

    postbox.on_message = kill_at_the_fatal_one
    worker = start_worker(app, tmp_path, mailing_id, postbox.server.port)
    worker.join(60)
    assert worker.exitcode == -signal.SIGKILL
    with app.app_context():
        send_waiting(mailing_id, postbox.server, lambda share, message: None)

    assert sorted(heard) == sorted(f"p{n}@example.vn" for n in range(PEOPLE))  # nobody twice
    assert_codes_are_known(app, postbox)
    (uncertain,) = stored(app, MailRecipient)
    assert (uncertain.state, uncertain.address) == ("sending", heard[fatal - 1])
    assert stored(app, Mailing)[0].sent == PEOPLE - 1

    page = planner.get(f"/mailings/{mailing_id}").text
    assert uncertain.address in page
    settle = f"/mailings/{mailing_id}/recipients/{uncertain.id}"
    planner.submit(settle, {"do": "sent"})
    assert stored(app, MailRecipient) == []
    assert stored(app, Mailing)[0].sent == PEOPLE


def assert_codes_are_known(app, postbox) -> None:
    with app.app_context():
        out = {hash_of(code) for code in postbox.codes()}
    assert len(out) == PEOPLE
    assert out <= {each.code_hash for each in stored(app, Invitation)}


def test_a_planner_may_send_anew_to_somebody_uncertain(app, planner, mailing_id, postbox):
    with app.app_context():
        first = db.session.query(MailRecipient).order_by(MailRecipient.id).first()
        first.state = "sending"
        address, recipient_id = first.address, first.id
        db.session.commit()
        send_waiting(mailing_id, postbox.server, lambda share, message: None)
    assert address not in postbox.addresses
    settle = f"/mailings/{mailing_id}/recipients/{recipient_id}"
    planner.submit(settle, {"do": "mend", "address": address})
    planner.submit(f"/mailings/{mailing_id}/send")
    assert postbox.addresses.count(address) == 1
    assert stored(app, MailRecipient) == []
