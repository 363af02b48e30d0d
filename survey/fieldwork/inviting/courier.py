"""Handing messages to the mail server, each by itself, knowing afterwards whether it was taken."""

from __future__ import annotations

import smtplib
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from types import TracebackType
from typing import Self

from flask_babel import gettext

from questionnaires.faults import N_
from survey.db import VIETNAM, now
from survey.fieldwork.inviting.connecting import Unsent, connected, reason_of, said, turned_away
from survey.mail_server import MailServer, ascii_address

TAKEN = 250
RECIPIENT_TAKEN = (250, 251)
CLOSING = 421
UNWRITABLE = N_("No message can be written to this name and address. Check them for odd signs.")


class Refused(Exception):
    """The server does not take this message, or none can be written; it was not sent."""


class Uncertain(Exception):
    """The connection broke while the message was being handed over: nobody knows whether it was taken."""


def composed(server: MailServer, name: str, address: str, subject: str, body: str) -> EmailMessage:
    """A plain message in UTF-8, safe for servers that pass on seven bits alone. Raises Refused."""
    try:
        return written(server, Address(name, addr_spec=ascii_address(address)), subject, body)
    except (ValueError, MessageError) as error:
        raise Refused(gettext(UNWRITABLE)) from error


def written(server: MailServer, recipient: Address, subject: str, body: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = server.sender
    message["To"] = recipient
    # Folded here: Python's own folding of a long subject loses blanks between words (3.11: Sở Nội → SởNội).
    message.set_raw("Subject", Header(subject, "utf-8", header_name="Subject").encode())
    message["Date"] = format_datetime(now().astimezone(VIETNAM))
    message["Message-ID"] = make_msgid(domain=server.domain)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday reply comes back
    message.set_content(body, charset="utf-8", cte="base64")
    return message


class Courier:
    """One connection to the server, opened when it is needed and again where it was lost."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self.line: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hang_up()

    def connect(self) -> smtplib.SMTP:
        """The open connection. Raises Unsent."""
        if self.line is None:
            self.line = connected(self.server)
        return self.line

    def send(self, address: str, message: EmailMessage) -> None:
        """Hand over one message. Raises Refused, Unsent or Uncertain."""
        try:
            receiver, content = ascii_address(address), message.as_bytes()
        except (ValueError, MessageError) as error:
            raise Refused(gettext(UNWRITABLE)) from error
        line = self.connect()
        try:
            self.name_both(line, receiver)
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self.hang_up()
            raise Unsent(reason_of(error)) from error
        self.hand_over(line, content)

    def name_both(self, line: smtplib.SMTP, address: str) -> None:
        code, reply = line.mail(self.server.address)
        if code != TAKEN:
            self.hang_up()
            raise turned_away(code, reply)
        code, reply = line.rcpt(address)
        if code == CLOSING:
            self.hang_up()
            raise Unsent(said(code, reply))
        if code not in RECIPIENT_TAKEN:
            line.rset()
            raise Refused(said(code, reply))

    def hand_over(self, line: smtplib.SMTP, content: bytes) -> None:
        try:
            code, reply = line.data(content)
        except smtplib.SMTPDataError as error:  # the server did not want to hear it
            self.hang_up()
            raise Refused(said(error.smtp_code, error.smtp_error)) from error
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self.hang_up()
            raise Uncertain(reason_of(error)) from error
        if code != TAKEN:
            self.hang_up()
            raise Refused(said(code, reply))

    def hang_up(self) -> None:
        if self.line is not None:
            self.line.close()
            self.line = None
