"""The settings of the mail server, refused at start when they cannot work."""

from __future__ import annotations

import pytest

from survey.config import SettingsError, checked, from_environment
from survey.mail_server import read_mail_server
from tests.survey.fieldwork.inviting.certificates import Authority

SENDER = "Sở Nội vụ <khaosat@example.gov.vn>"

WORKING = {"SECRET_KEY": "x" * 32, "PUBLIC_URL": "https://khaosat.example.vn"}


def test_a_server_is_read_from_its_address():
    server = read_mail_server("smtp://me%40x:p%2Fw@mail.example.vn?tls=ssl", SENDER, 60)
    assert (server.host, server.port, server.security) == ("mail.example.vn", 465, "ssl")
    assert (server.user, server.password) == ("me@x", "p/w")
    assert (server.address, server.domain) == ("khaosat@example.gov.vn", "example.gov.vn")
    assert "p/w" not in repr(server)


def test_a_sender_with_marks_in_its_domain_is_named_as_every_server_reads_it():
    server = read_mail_server("smtp://mail.example.vn", "Sở Nội vụ <khaosat@việt.vn>", 0)
    assert server.sender == "Sở Nội vụ <khaosat@xn--vit-5kz.vn>"


def test_encryption_is_the_rule():
    server = read_mail_server("smtp://mail.example.vn", SENDER, 0)
    assert (server.port, server.security) == (587, "starttls")


def test_no_server_is_none():
    assert read_mail_server("", "", 60) is None


@pytest.mark.parametrize(
    ("url", "sender", "said"),
    [
        ("http://mail.example.vn", SENDER, "SMTP_URL"),
        ("smtp://", SENDER, "SMTP_URL"),
        ("smtp://mail.example.vn:x", SENDER, "SMTP_URL"),
        ("smtp://mail.example.vn?tls=maybe", SENDER, "SMTP_URL"),
        ("smtp://me:secret@mail.example.vn?tls=none", SENDER, "unencrypted"),
        ("smtp://me:m%E1%BA%ADt-secret@mail.example.vn", SENDER, "signs that mail servers do not take"),
        ("smtp://mail.example.vn", "", "MAIL_FROM"),
        ("smtp://mail.example.vn", "Sở Nội vụ", "MAIL_FROM"),
    ],
)
def test_settings_that_cannot_work_stop_the_start(url, sender, said):
    settings = from_environment({**WORKING, "SMTP_URL": url, "MAIL_FROM": sender})
    with pytest.raises(SettingsError, match=said) as caught:
        checked(settings)
    assert "secret" not in str(caught.value)


def test_links_in_messages_need_the_public_address():
    mail = {"SMTP_URL": "smtp://mail.example.vn", "MAIL_FROM": SENDER}
    assert checked(from_environment({**WORKING, **mail}))["MAIL_SERVER"].sender == SENDER
    with pytest.raises(SettingsError, match="PUBLIC_URL"):
        checked(from_environment({**WORKING, **mail, "PUBLIC_URL": ""}))


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_a_file_of_authorities_that_is_none_stops_the_start(tmp_path, content):
    file = tmp_path / "authority.pem"
    if content is not None:
        file.write_text(content)
    mail = {"SMTP_URL": "smtp://mail.example.vn", "MAIL_FROM": SENDER, "SMTP_CA_FILE": str(file)}
    with pytest.raises(SettingsError, match="SMTP_CA_FILE"):
        checked(from_environment({**WORKING, **mail}))


def test_a_file_of_authorities_is_taken(tmp_path):
    mail = {
        "SMTP_URL": "smtp://mail.example.vn",
        "MAIL_FROM": SENDER,
        "SMTP_CA_FILE": Authority(tmp_path).file,
    }
    assert checked(from_environment({**WORKING, **mail}))["MAIL_SERVER"].ca_file == mail["SMTP_CA_FILE"]
