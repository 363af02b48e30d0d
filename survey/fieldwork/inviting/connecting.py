"""Opening a line to the mail server: encrypted as it is set, to the server it is meant for, and signed in."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask_babel import gettext

from questionnaires.faults import N_
from survey.mail_server import MailServer

TIMEOUT = 30  # seconds for each step of the talk
LONGEST_REASON = 300
SIGN_IN_WANTED = 530
LOGIN_REFUSED = N_(
    "The mail server does not accept the user name and password of SMTP_URL (%(reason)s). Ask your "
    "administrator to mend them."
)
LOGIN_WANTED = N_(
    "The mail server wants a user name and a password, and SMTP_URL holds none (%(reason)s). Ask your "
    "administrator to add them."
)
NO_LOGIN = N_(
    "The mail server offers no way to sign in that this platform knows (%(reason)s). Ask your administrator "
    "to look at SMTP_URL."
)
NOT_TRUSTED = N_(
    "The mail server's certificate is not trusted, so nothing was told to it (%(reason)s). Ask your "
    "administrator to check the server's name in SMTP_URL, or to name the file of the authority that issued "
    "the certificate in SMTP_CA_FILE."
)
NOT_ENCRYPTED = N_(
    "The line to the mail server cannot be encrypted, so nothing was told to it (%(reason)s). Ask your "
    "administrator to look at the port and “tls” in SMTP_URL."
)


class Unsent(Exception):
    """Nothing was handed over: the server cannot be reached, or takes nothing from us."""


class Misconfigured(Unsent):
    """Nor will anything be, however often it is tried, until somebody mends the settings."""


def connected(server: MailServer) -> smtplib.SMTP:
    """A line to the server, ready to take a message. Raises Unsent."""
    try:
        line = OPENERS[server.security](server)
        with closed_if_it_fails(line):
            line.ehlo_or_helo_if_needed()
            if server.user:
                sign_in(line, server)
    except ssl.SSLCertVerificationError as error:
        raise Misconfigured(gettext(NOT_TRUSTED, reason=error.verify_message)) from error
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as error:  # hung up while it was being encrypted
        raise Unsent(reason_of(error)) from error
    except ssl.SSLError as error:
        raise Misconfigured(gettext(NOT_ENCRYPTED, reason=reason_of(error))) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unsent(reason_of(error)) from error
    return line


@contextmanager
def closed_if_it_fails(line: smtplib.SMTP) -> Iterator[None]:
    try:
        yield
    except BaseException:
        line.close()
        raise


def sign_in(line: smtplib.SMTP, server: MailServer) -> None:
    """Raises Misconfigured, or what else breaks the line."""
    try:
        line.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as error:
        if error.smtp_code < 500:  # the server is short of breath, and says nothing about the password
            raise
        raise Misconfigured(gettext(LOGIN_REFUSED, reason=reason_of(error))) from error
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException):
        raise
    except smtplib.SMTPException as error:  # no AUTH on offer, or in no way that smtplib knows
        raise Misconfigured(gettext(NO_LOGIN, reason=reason_of(error))) from error


def starttls(server: MailServer) -> smtplib.SMTP:
    line = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    with closed_if_it_fails(line):
        try:
            line.starttls(context=trusted(server))
        except smtplib.SMTPNotSupportedError as error:
            raise Misconfigured(gettext(NOT_ENCRYPTED, reason=reason_of(error))) from error
    return line


def encrypted(server: MailServer) -> smtplib.SMTP:
    return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=trusted(server))


def unencrypted(server: MailServer) -> smtplib.SMTP:
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)


def trusted(server: MailServer) -> ssl.SSLContext:
    """Whom we believe to be the server: this machine's authorities, and the one that the operator names."""
    context = ssl.create_default_context()
    if server.ca_file:
        context.load_verify_locations(server.ca_file)
    return context


OPENERS: dict[str, Callable[[MailServer], smtplib.SMTP]] = {
    "starttls": starttls,
    "ssl": encrypted,
    "none": unencrypted,
}


def turned_away(code: int, reply: bytes | str) -> Unsent:
    """What the server's answer to our own address means."""
    if code == SIGN_IN_WANTED:
        return Misconfigured(gettext(LOGIN_WANTED, reason=said(code, reply)))
    return Unsent(said(code, reply))


def said(code: int, reply: bytes | str) -> str:
    """What the server answered, for the planner to read."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(f"{code} {text}".split())[:LONGEST_REASON]


def reason_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return said(error.smtp_code, error.smtp_error)
    return " ".join(str(error).split())[:LONGEST_REASON] or type(error).__name__
