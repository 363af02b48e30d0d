"""Supervisors check keyed forms against the paper, reject them, and correct them with a reason."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey.collection import Submission, submit
from survey.db import VIETNAM, db
from survey.models import PaperForm, Response, Survey
from tests.survey.entry.desk import PAPER, STORED, Desk, deeds
from tests.survey.pages import Page


@pytest.fixture
def keyed(app: Flask, desk: Desk, sign_in: Callable[..., int]) -> str:
    """The address of a form that an enumerator keyed; the client is now a supervisor."""
    desk.key(PAPER)
    sign_in("supervisor")
    with app.app_context():
        return f"/entry/responses/{db.session.scalar(sa.select(Response.id))}"


def form_state(app: Flask) -> str:
    """Of the one form: what became of it, and of an accepted one whether somebody has checked it."""
    with app.app_context():
        form = db.session.scalars(sa.select(PaperForm)).one()
        return "verified" if form.state == "accepted" and form.checked_by_id else form.state


def test_a_supervisor_reads_a_form_and_verifies_it(app, client, keyed):
    page = client.get(keyed).text
    assert "Thái độ lịch sự" in page
    assert "Hài lòng" in page
    assert "Kết quả có trễ hẹn không?" not in page  # not asked of who received nothing
    assert client.submit(f"{keyed}/verify").status_code == 303
    assert form_state(app) == "verified"
    assert "form.verify" in deeds(app)


def test_nobody_verifies_a_form_they_keyed_themselves(app, client, batch_id, sign_in):
    sign_in("supervisor")
    Desk(client, batch_id).key(PAPER)
    with app.app_context():
        address = f"/entry/responses/{db.session.scalar(sa.select(Response.id))}"
    refused = client.submit(f"{address}/verify")
    assert refused.status_code == 409
    assert "người khác" in refused.text
    assert form_state(app) == "accepted"


def test_verifying_leads_to_the_next_form_to_check(app, client, desk, sign_in):
    desk.key(PAPER)
    desk.key(PAPER)
    sign_in("supervisor")
    with app.app_context():
        first, second = db.session.scalars(sa.select(PaperForm.response_id).order_by(PaperForm.number))
    assert client.submit(f"/entry/responses/{first}/verify").location == f"/entry/responses/{second}"


def test_a_form_is_rejected_with_a_reason_only(app, client, keyed):
    assert client.submit(f"{keyed}/reject", {"reason": " "}).status_code == 400
    assert form_state(app) == "accepted"
    assert client.submit(f"{keyed}/reject", {"reason": "Phiếu trắng"}).status_code == 303
    assert form_state(app) == "rejected"
    page = client.get(keyed).text
    assert "Phiếu trắng" in page
    assert f"{keyed}/correct" not in page
    assert client.submit(f"{keyed}/verify").status_code == 409
    assert "response.reject" in deeds(app)


def correction(client: FlaskClient, keyed: str, answers: dict[str, object], **controls: str):
    page = Page(client.get(f"{keyed}/correct").text)
    seen = next(each["value"] for each in page.named("input") if each.get("name") == "form-version")
    names = {name.replace("_", "-"): value for name, value in controls.items()}
    return client.submit(f"{keyed}/correct", {"form-version": seen, **names, **answers})


def test_a_correction_is_a_new_version_with_who_when_and_why(app, client, keyed):
    page = client.get(f"{keyed}/correct").text
    assert 'name="polite" value="high" checked' in page.replace(' id="item-polite"', "")
    corrected = correction(
        client, keyed, {**PAPER, "polite": "low", "visits": ""}, form_reason="Nhập nhầm dòng"
    )
    assert corrected.status_code == 303
    page = client.get(keyed).text
    assert "Nhập nhầm dòng" in page
    assert "Người supervisor" in page
    assert "6.1: Hài lòng → Không hài lòng" in page
    assert "3: 2 → để trống" in page
    with app.app_context():
        response = db.session.scalars(sa.select(Response)).one()
        first, second = response.versions
        assert (first.answers["polite"], second.answers["polite"]) == ("high", "low")
        moment = f"{second.made_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
        day = f"{first.made_on:%d/%m/%Y}"
    assert f"<strong>Phiên bản 2</strong>, {moment}, Người supervisor" in page
    assert f"<strong>Phiên bản 1</strong>, {day}, " in page  # of an answer itself the moment is not kept
    assert "response.correct" in deeds(app)


def test_a_correction_needs_a_reason_and_sound_answers(app, client, keyed):
    refused = correction(client, keyed, {**PAPER, "polite": "low"})
    assert refused.status_code == 422
    assert "Hãy nêu lý do." in refused.text
    refused = correction(client, keyed, {**PAPER, "visits": "99"}, form_reason="Nhập nhầm")
    assert refused.status_code == 422
    assert 'value="Nhập nhầm"' in refused.text
    with app.app_context():
        assert db.session.scalars(sa.select(Response)).one().version == 1


def test_the_second_of_two_corrections_is_told(app, client, keyed):
    correction(client, keyed, {**PAPER, "polite": "low"}, form_reason="Một")
    refused = client.submit(f"{keyed}/correct", {**PAPER, "form-version": "1", "form-reason": "Hai"})
    assert refused.status_code == 422
    assert "Trong lúc đó có người khác đã sửa" in refused.text


def test_answers_that_people_sent_themselves_cannot_be_opened(app, client, made, sign_in):
    sent = Submission(uuid.uuid4(), made.strata[0], STORED)
    with app.app_context():
        submit(db.session.get(Survey, made.survey), sent)
    sign_in("supervisor")
    assert client.get(f"/entry/responses/{sent.response_id}").status_code == 404
    assert client.submit(f"/entry/responses/{sent.response_id}/reject", {"reason": "x"}).status_code == 404
