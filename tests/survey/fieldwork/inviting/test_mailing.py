"""A planner sends invitations by e-mail: each person gets one message, and is then forgotten."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest

from survey.codes import normalise
from survey.db import db
from survey.fieldwork.inviting.messages import SAMPLE_CODE
from survey.fieldwork.inviting.wording import PROPOSALS
from survey.fieldwork.personal_codes import hash_of
from survey.models import Invitation, Job, Mailing, MailRecipient, Survey
from tests.survey.fieldwork.desk import actions, last_details, stored
from tests.survey.fieldwork.inviting.postbox import free_port
from tests.survey.pages import Page

TEXTS = {"subject": "Mời Ông/Bà đánh giá {don_vi}", "body": PROPOSALS["vi"]["body"]}


@pytest.fixture
def path(made) -> str:
    return f"/surveys/{made.survey.id}/mailings"


@pytest.fixture
def people(made) -> list[list[str]]:
    names = [("Trần Lan Anh", "lan@example.vn"), ("Y Bhem Niê", "bhem@example.vn"), ("", "ha@example.vn")]
    rows = [[made.units[0].code, name, address] for name, address in names]
    return [["Đơn vị", "Họ tên", "Email"], *rows]


def preview(client, path: str, rows: list[list[str]], **typed: str):
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    file = (io.BytesIO(table.getvalue().encode()), "x.csv")
    form = {**TEXTS, "do": "preview", "file": file, **typed}
    return client.submit(path, form, content_type="multipart/form-data")


def carried(page) -> dict[str, str]:
    assert page.status_code == 200, re.findall(r'error-summary__list">(.*?)</ul>', page.text, re.S)
    inputs = Page(page.text).named("input")
    return TEXTS | {each["name"]: each["value"] for each in inputs if each["name"] in ("contacts", "seen")}


def send(client, path: str, rows: list[list[str]]):
    """Start the mailing; in tests the job runs at once."""
    return client.submit(path, {**carried(preview(client, path, rows)), "do": "start"})


def test_each_person_gets_one_message_with_a_code_that_works(app, planner, made, path, people, postbox):
    send(planner, path, people)
    assert postbox.addresses == ["bhem@example.vn", "ha@example.vn", "lan@example.vn"]
    letter = dict(postbox.letters)["lan@example.vn"]
    assert letter["Subject"] == "Mời Ông/Bà đánh giá Sở Nội vụ"
    assert letter["From"] == "Sở Nội vụ <khaosat@example.vn>"
    assert letter["To"] == "Trần Lan Anh <lan@example.vn>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"].datetime.utcoffset().total_seconds() == 7 * 3600
    assert letter["Message-ID"].endswith("@example.vn>")
    assert letter.get_content().splitlines()[0] == "Kính gửi Ông/Bà Trần Lan Anh,"
    codes = postbox.codes()
    assert len(set(codes)) == 3
    for code in codes:
        assert app.test_client().submit("/c", {"code": code}).location == f"/k/{made.survey.slug}/arrive"


def test_who_has_the_message_is_forgotten_and_only_counted(app, planner, path, people, postbox):
    send(planner, path, people)
    assert stored(app, MailRecipient) == []
    (mailing,) = stored(app, Mailing)
    assert mailing.sent == 3
    assert len(stored(app, Invitation)) == 3
    with app.app_context():
        held = repr([db.session.execute(table.select()).all() for table in db.metadata.sorted_tables])
    for trace in ("Lan Anh", "bhem@", "ha@", *postbox.codes()):
        assert trace not in held
    assert actions(app) == ["mailing.create", "job.start", "mailing.end"]


def test_messages_are_seen_and_tried_before_anything_is_stored(app, planner, path, people, postbox):
    page = preview(planner, path, people)
    assert "Kính gửi Ông/Bà Trần Lan Anh," in page.text
    form = {**carried(page), "do": "test"}
    assert planner.submit(path, {**form, "test_address": "me"}).status_code == 422
    assert planner.submit(path, {**form, "test_address": "me@example.vn"}).status_code == 200
    assert postbox.addresses == ["me@example.vn"]
    assert postbox.codes() == [SAMPLE_CODE]
    assert normalise(SAMPLE_CODE) is None
    assert stored(app, Mailing) + stored(app, MailRecipient) + stored(app, Invitation) == []


def test_a_second_click_starts_no_second_mailing(app, planner, path, people, postbox):
    form = {**carried(preview(planner, path, people)), "do": "start"}
    assert planner.submit(path, form).status_code == 302
    assert planner.submit(path, form).status_code == 422
    assert len(postbox.letters) == 3


def test_a_refused_address_stays_with_its_reason_and_without_a_code(app, planner, path, people, postbox):
    postbox.refused["bhem@example.vn"] = "550 no such mailbox"
    send(planner, path, people)
    (failed,) = stored(app, MailRecipient)
    assert (failed.state, failed.reason) == ("failed", "550 no such mailbox")
    assert len(stored(app, Invitation)) == 2
    (mailing,) = stored(app, Mailing)
    page = f"/mailings/{mailing.id}"
    assert "550 no such mailbox" in planner.get(page).text
    settle = f"{page}/recipients/{failed.id}"
    wrong = planner.submit(settle, {"do": "mend", "address": "bhem@"})
    assert wrong.status_code == 422
    assert f'href="#address-{failed.id}"' in wrong.text
    planner.submit(settle, {"do": "mend", "address": "bhem.nie@example.vn"})
    planner.submit(f"{page}/send")
    assert "bhem.nie@example.vn" in postbox.addresses
    assert stored(app, MailRecipient) == []
    assert stored(app, Mailing)[0].sent == 3


def test_a_message_that_the_server_refuses_after_hearing_it_is_not_counted(
    app, planner, path, people, postbox
):
    postbox.on_message = lambda address: "554 looks like spam" if address.startswith("ha") else None
    send(planner, path, people)
    assert [each.reason for each in stored(app, MailRecipient)] == ["554 looks like spam"]
    assert len(stored(app, Invitation)) == stored(app, Mailing)[0].sent == 2


def test_an_address_with_marks_in_its_domain_is_written_to_like_any_other(
    app, planner, made, path, people, postbox
):
    people[1][2] = "lan@việt.vn"
    send(planner, path, people)
    assert postbox.addresses == ["bhem@example.vn", "ha@example.vn", "lan@xn--vit-5kz.vn"]
    assert dict(postbox.letters)["lan@xn--vit-5kz.vn"]["To"] == "Trần Lan Anh <lan@xn--vit-5kz.vn>"
    assert stored(app, MailRecipient) == []


def test_a_server_out_of_reach_sends_nothing_and_loses_nobody(
    app, planner, path, people, postbox, monkeypatch
):
    monkeypatch.setitem(app.config, "MAIL_SERVER", replace(postbox.server, port=free_port()))
    send(planner, path, people)
    assert [each.state for each in stored(app, MailRecipient)] == ["waiting"] * 3
    assert stored(app, Invitation) == []
    (job,) = stored(app, Job)
    assert job.state == "failed"


def test_everybody_known_to_the_server_is_known_to_the_database_first(app, planner, path, people, postbox):
    """At the moment a message is handed over, its code is stored already."""
    known = []

    def look(_address: str) -> None:
        with app.app_context():
            known.append(len(stored(app, Invitation)))

    postbox.on_message = look
    send(planner, path, people)
    assert known == [1, 2, 3]
    with app.app_context():
        hashes = {hash_of(code) for code in postbox.codes()}
    assert hashes == {each.code_hash for each in stored(app, Invitation)}


def test_a_paused_survey_stops_the_mailing_between_two_people(app, planner, made, path, people, postbox):
    def pause(_address: str) -> None:
        with app.app_context():
            db.session.get(Survey, made.survey.id).state = "paused"
            db.session.commit()

    postbox.on_message = pause
    send(planner, path, people)
    assert len(postbox.letters) == 1
    assert [each.state for each in stored(app, MailRecipient)] == ["waiting"] * 2
    assert stored(app, Mailing)[0].sent == 1


def test_one_button_deletes_the_addresses_that_are_left(app, planner, path, people, postbox):
    postbox.refused = {row[2]: "550 no" for row in people[1:]}
    send(planner, path, people)
    (mailing,) = stored(app, Mailing)
    planner.submit(f"/mailings/{mailing.id}/forget")
    assert stored(app, MailRecipient) == []
    assert last_details(app) == {"mailing": mailing.id, "addresses": 3}


def test_addresses_go_when_the_survey_ends(app, planner, made, path, people, postbox):
    postbox.refused = {row[2]: "550 no" for row in people[1:]}
    send(planner, path, people)
    runner = app.test_cli_runner()
    assert "0 addresses" in runner.invoke(args=["fieldwork", "forget-addresses"]).output
    with app.app_context():
        db.session.get(Survey, made.survey.id).state = "closed"
        db.session.commit()
    assert "3 addresses" in runner.invoke(args=["fieldwork", "forget-addresses"]).output
    assert stored(app, MailRecipient) == []


def test_a_survey_that_is_not_open_writes_to_nobody(app, planner, made, path, people, postbox):
    form = {**carried(preview(planner, path, people)), "do": "start"}
    planner.submit(f"/surveys/{made.survey.id}/state", {"state": "paused"})
    assert planner.submit(path, form).status_code == 422
    assert stored(app, MailRecipient) == []
    assert postbox.letters == []


def test_without_a_mail_server_the_page_says_what_to_set(planner, path, people):
    page = planner.get(path).text
    assert "SMTP_URL" in page
    assert 'type="file"' not in page
    assert planner.submit(path, {**TEXTS, "do": "start"}).status_code == 409


def test_each_needs_an_address_to_mail_to(app, planner, made, path, postbox):
    page = preview(
        planner, path, [["unit", "email"], [made.units[0].code, "a@x.vn"], [made.units[1].code, ""]]
    )
    assert page.status_code == 422
    assert stored(app, MailRecipient) == []
