"""Mail goes out as offices have it: over STARTTLS or TLS, signed in, to the server it is meant for alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from survey.fieldwork.inviting import sending
from survey.models import Invitation, Job, Mailing, MailRecipient
from tests.survey.fieldwork.desk import stored
from tests.survey.fieldwork.inviting.certificates import Authority
from tests.survey.fieldwork.inviting.postbox import Postbox
from tests.survey.fieldwork.inviting.test_mailing import carried, preview, send
from tests.survey.pages import Page

USER, PASSWORD = "khaosat", "a/b@c:secret"
PEOPLE = 3
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.fixture
def path(made) -> str:
    return f"/surveys/{made.survey.id}/mailings"


@pytest.fixture
def people(made) -> list[list[str]]:
    rows = [[made.units[0].code, "Y Bhem Niê", f"p{number}@example.vn"] for number in range(PEOPLE)]
    return [["Đơn vị", "Họ tên", "Email"], *rows]


@pytest.fixture
def authority(tmp_path) -> Authority:
    return Authority(tmp_path)


class Office:
    """A mail server that takes messages of USER alone; `tried` are the passwords it was told."""

    def __init__(self, **settings: object) -> None:
        self.tried: list[bytes] = []
        asked = {"authenticator": self.knows, "auth_required": True}
        self.box = Postbox(**{**asked, **settings})

    def knows(self, _server, _session, _envelope, _how, told: LoginPassword) -> AuthResult:
        self.tried.append(told.password)
        is_right = (told.login, told.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_right, handled=False, auth_data=told)


@pytest.fixture
def open_office(app, monkeypatch, authority) -> Iterator[Callable[..., Office]]:
    """A function that starts an office's server and lets the platform use it; `server` are its settings."""
    monkeypatch.setattr(sending, "WAITS", (0, 0))
    monkeypatch.setitem(app.config, "PUBLIC_URL", "http://localhost")
    with ExitStack() as stack:

        def make(settings: dict[str, object] | None = None, **server: str) -> Office:
            encrypted = {"tls_context": authority.server_context(), "require_starttls": True}
            office = Office(**(encrypted if settings is None else settings))
            stack.enter_context(office.box)
            known = {"security": "starttls", "user": USER, "password": PASSWORD, "ca_file": authority.file}
            use(app, monkeypatch, office, **{**known, **server})
            return office

        yield make


def use(app, monkeypatch, office: Office, **server: str) -> None:
    monkeypatch.setitem(app.config, "MAIL_SERVER", replace(office.box.server, **server))


def expect_nothing_sent(app, office: Office) -> None:
    assert office.box.letters == []
    assert [each.state for each in stored(app, MailRecipient)] == ["waiting"] * PEOPLE
    assert stored(app, Invitation) == []
    assert stored(app, Mailing)[0].sent == 0


def said_of_the_job(app, client) -> str:
    (job,) = stored(app, Job)
    assert job.state == "failed"
    return re.sub(r"\s+", " ", client.get(f"/jobs/{job.id}").text)


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_messages_arrive_over_an_encrypted_line_that_is_signed_in(
    app, planner, path, people, authority, open_office, security
):
    encrypting = {"ssl_context": authority.server_context(), "auth_require_tls": False}
    office = open_office(encrypting if security == "ssl" else None, security=security)
    send(planner, path, people)
    assert office.box.addresses == [row[2] for row in people[1:]]
    assert len(set(office.box.codes())) == PEOPLE
    assert office.box.seen == [(True, USER.encode())] * PEOPLE
    assert office.tried == [PASSWORD.encode()]  # one line for all
    assert stored(app, MailRecipient) == []
    assert stored(app, Mailing)[0].sent == PEOPLE


def test_a_wrong_password_is_said_tried_once_and_loses_nobody(
    app, planner, path, people, open_office, monkeypatch, authority
):
    office = open_office(password="wrong")
    send(planner, path, people)
    expect_nothing_sent(app, office)
    assert (
        office.tried == [b"wrong"] * 2
    )  # by PLAIN and by LOGIN, and not again: servers shut out who goes on
    said = said_of_the_job(app, planner)
    assert "SMTP_URL" in said
    assert "535" in said
    assert "wrong" not in said
    use(
        app,
        monkeypatch,
        office,
        **{"security": "starttls", "user": USER, "password": PASSWORD},
        ca_file=authority.file,
    )
    planner.submit(f"/mailings/{stored(app, Mailing)[0].id}/send")
    assert len(office.box.letters) == stored(app, Mailing)[0].sent == PEOPLE


def test_the_test_message_says_the_same_before_anything_is_stored(app, planner, path, people, open_office):
    open_office(password="wrong")
    form = {**carried(preview(planner, path, people)), "do": "test", "test_address": "me@example.vn"}
    page = planner.submit(path, form)
    assert page.status_code == 422
    (link,) = [each for each in Page(page.text).named("a") if each.get("href") == "#test_address"]
    assert link
    assert "535" in page.text
    assert "SMTP_URL" in page.text
    assert stored(app, Mailing) == []


def test_a_certificate_of_an_unknown_authority_ends_the_talk_before_the_password(
    app, planner, path, people, open_office
):
    office = open_office(ca_file="")
    send(planner, path, people)
    expect_nothing_sent(app, office)
    assert office.tried == []
    assert "SMTP_CA_FILE" in said_of_the_job(app, planner)


def test_so_does_a_certificate_for_another_server(app, planner, path, people, authority, open_office):
    other = {"tls_context": authority.server_context("192.0.2.1"), "require_starttls": True}
    office = open_office(other)
    send(planner, path, people)
    expect_nothing_sent(app, office)
    assert office.tried == []
    assert "127.0.0.1" in said_of_the_job(app, planner)


def test_so_does_a_server_that_does_not_encrypt(app, planner, path, people, open_office):
    """Somebody in between who takes STARTTLS out of the server's offer gets neither password nor people."""
    office = open_office({"auth_require_tls": False})
    send(planner, path, people)
    expect_nothing_sent(app, office)
    assert office.tried == []
    assert "STARTTLS" in said_of_the_job(app, planner)


def test_tls_on_the_port_of_starttls_is_said(app, planner, path, people, open_office):
    office = open_office(security="ssl")
    send(planner, path, people)
    expect_nothing_sent(app, office)
    assert "SMTP_URL" in said_of_the_job(app, planner)


def test_a_server_that_wants_a_login_that_was_not_set_says_so(app, planner, path, people, open_office):
    office = open_office(user="", password="")
    send(planner, path, people)
    expect_nothing_sent(app, office)
    said = said_of_the_job(app, planner)
    assert "530" in said
    assert "SMTP_URL" in said


def test_a_server_without_any_login_that_is_known_says_so(app, planner, path, people, authority, open_office):
    bare = {"tls_context": authority.server_context(), "auth_exclude_mechanism": ["LOGIN", "PLAIN"]}
    office = open_office(bare)
    send(planner, path, people)
    expect_nothing_sent(app, office)
    assert "SMTP_URL" in said_of_the_job(app, planner)
