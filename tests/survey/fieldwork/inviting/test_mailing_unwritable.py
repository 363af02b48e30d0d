"""One name or address that no message can be written to holds up nobody else."""

from __future__ import annotations

import pytest

from survey.db import db, now
from survey.fieldwork.inviting.sending import send_waiting
from survey.models import Invitation, Mailing, MailRecipient
from tests.survey.fieldwork.desk import stored

PEOPLE = [("", "an@example.vn"), ("", "binh@example.vn"), ("", "chi@example.vn")]


def mailing_to(made, people: list[tuple[str, str]]) -> int:
    mailing = Mailing(
        survey_id=made.survey.id, subject="Mời", body="{ma} {lien_ket}", sent=0, created_at=now()
    )
    db.session.add(mailing)
    db.session.flush()
    for name, address in people:
        recipient = MailRecipient(
            mailing_id=mailing.id, stratum_id=made.strata[0].id, name=name, address=address
        )
        db.session.add(recipient)
    db.session.commit()
    return mailing.id


@pytest.mark.parametrize(
    "unwritable",
    [
        ("Lan", "lan@việt♲.vn"),
        ("Lan", "lân@example.vn"),
        ("Lan", "lan"),
        ("Lan\r\nBcc: all@example.vn", "lan@example.vn"),
        ("Lan", f"lan@{'x' * 80}.vn"),
    ],
)
def test_one_who_cannot_be_written_to_fails_alone(app, made, postbox, unwritable):
    with app.app_context():
        mailing_id = mailing_to(made, [PEOPLE[0], unwritable, *PEOPLE[1:]])
        send_waiting(mailing_id, postbox.server, lambda share, message: None)
    assert postbox.addresses == [address for _name, address in PEOPLE]
    (failed,) = stored(app, MailRecipient)
    assert (failed.state, failed.address) == ("failed", unwritable[1])
    assert failed.reason
    assert len(stored(app, Invitation)) == stored(app, Mailing)[0].sent == len(PEOPLE)


def test_an_address_stored_with_marks_in_its_domain_gets_its_message(app, made, postbox):
    with app.app_context():
        mailing_id = mailing_to(made, [*PEOPLE, ("Lan", "lan@việt.vn")])
        send_waiting(mailing_id, postbox.server, lambda share, message: None)
    assert "lan@xn--vit-5kz.vn" in postbox.addresses
    assert stored(app, MailRecipient) == []
