"""What staff do to accepted answers: a correction is a new version, a rejected form counts no more."""

from __future__ import annotations

import datetime

import pytest
import sqlalchemy as sa

from survey.collection import PaperEntry, Refused, correct, reject, submit, verify
from survey.db import VIETNAM, db, now
from survey.models import AuditEntry, PaperForm, Response
from tests.survey.collection.sending import form, keyed, said_at
from tests.survey.factory import ANSWERS, MadeRound, make_batch, make_user


def stored(made: MadeRound) -> Response:
    sent = form(made)
    submit(made.survey, sent)
    return db.session.get(Response, sent.response_id)


def test_a_correction_adds_a_version_and_keeps_the_first(made: MadeRound) -> None:
    response, supervisor = stored(made), make_user(db.session, "supervisor")
    correct(response, ANSWERS | {"visits": 3}, supervisor, "Đọc lại phiếu giấy", seen_version=1)
    first, second = response.versions
    assert (first.answers["visits"], second.answers["visits"]) == (2, 3)
    assert (response.version, second.author, second.reason) == (2, supervisor, "Đọc lại phiếu giấy")
    assert now() - datetime.timedelta(minutes=1) < second.made_at <= now()
    assert second.made_on == second.made_at.astimezone(VIETNAM).date()
    assert db.session.scalars(sa.select(AuditEntry)).one().action == "response.correct"


def test_the_second_of_two_corrections_at_once_is_told(made: MadeRound) -> None:
    response, supervisor = stored(made), make_user(db.session, "supervisor")
    correct(response, ANSWERS | {"visits": 3}, supervisor, "một", seen_version=1)
    with pytest.raises(Refused) as refusal:
        correct(response, ANSWERS | {"visits": 4}, supervisor, "hai", seen_version=1)
    assert "form" in said_at(refusal)
    assert len(response.versions) == 2


def test_a_correction_needs_a_reason_and_sound_answers(made: MadeRound) -> None:
    response, supervisor = stored(made), make_user(db.session, "supervisor")
    with pytest.raises(Refused):
        correct(response, ANSWERS, supervisor, "  ")
    with pytest.raises(Refused):
        correct(response, {"received": "maybe"}, supervisor, "nhầm")
    assert len(response.versions) == 1


def test_a_rejected_form_counts_no_more_and_stays_rejected(made: MadeRound) -> None:
    batch, enumerator = make_batch(db.session, made), make_user(db.session)
    supervisor = make_user(db.session, "supervisor")
    paper = PaperEntry(batch.id, 1, enumerator.id)
    submit(made.survey, keyed(made, paper))
    filed = db.session.scalars(sa.select(PaperForm)).one()
    reject(filed.response, supervisor, "Không có người này")
    assert (filed.response.state, filed.state, filed.reason) == ("rejected", "rejected", "Không có người này")
    with pytest.raises(Refused):
        correct(filed.response, ANSWERS, supervisor, "thử lại")
    with pytest.raises(Refused):
        verify(filed, supervisor)


def test_a_form_is_verified_by_a_second_person(made: MadeRound) -> None:
    batch, enumerator = make_batch(db.session, made), make_user(db.session)
    paper = PaperEntry(batch.id, 1, enumerator.id)
    submit(made.survey, keyed(made, paper))
    filed = db.session.scalars(sa.select(PaperForm)).one()
    with pytest.raises(Refused):
        verify(filed, enumerator)
    supervisor = make_user(db.session, "supervisor")
    verify(filed, supervisor)
    assert (filed.state, filed.checked_by) == ("accepted", supervisor)
    assert [event.event for event in filed.events] == ["entered", "accepted", "verified"]
