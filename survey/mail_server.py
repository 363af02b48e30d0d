"""The mail server that invitations go out by, as the environment names it."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from email_validator import EmailNotValidError, validate_email

PORTS = {"starttls": 587, "ssl": 465, "none": 25}
EXAMPLE = "smtp://user:password@mail.example.gov.vn:587?tls=starttls"


@dataclass(frozen=True)
class MailServer:
    """`security` is one of PORTS, `sender` stands after From:, `per_minute` is the most it takes (0: any).
    `ca_file` holds certificates of authorities that are trusted beside this machine's own.
    """

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    per_minute: int = 0
    ca_file: str = ""

    @property
    def address(self) -> str:
        """The bare address of the sender."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def read_mail_server(url: str, sender: str, per_minute: int, ca_file: str = "") -> MailServer | None:
    """The server of SMTP_URL; None where none is set. Raises ValueError that says what is wrong."""
    if not url:
        return None
    parts = urlsplit(url)
    security = parse_qs(parts.query).get("tls", ["starttls"])[0]
    if parts.scheme != "smtp" or not parts.hostname or security not in PORTS:
        raise ValueError(f"SMTP_URL must look like {EXAMPLE}, with tls one of {', '.join(PORTS)}.")
    try:
        port = parts.port or PORTS[security]
    except ValueError:
        raise ValueError(f"SMTP_URL has no valid port; it must look like {EXAMPLE}.") from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if user and security == "none" and not is_this_machine(parts.hostname):
        raise ValueError("SMTP_URL would send its password unencrypted: use tls=starttls or tls=ssl.")
    if not (user + password).isascii():
        raise ValueError("SMTP_URL has a user name or password with signs that mail servers do not take.")
    require_certificates(ca_file)
    return MailServer(
        parts.hostname, port, security, checked_sender(sender), user, password, per_minute, ca_file
    )


def require_certificates(ca_file: str) -> None:
    """Raises ValueError where the file is named and cannot be used."""
    try:
        if ca_file:
            ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError):
        raise ValueError(
            f"SMTP_CA_FILE must name a file of certificates in PEM form; {ca_file} is not one."
        ) from None


def is_this_machine(host: str) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"}


def ascii_address(address: str) -> str:
    """The address as every mail server reads it: a domain with marks in its ASCII form. Raises ValueError."""
    return validate_email(address, check_deliverability=False, allow_smtputf8=False).ascii_email or address


def checked_sender(sender: str) -> str:
    """The sender of every message. Raises ValueError."""
    address = parseaddr(sender)[1]
    try:
        return sender.replace(address, ascii_address(address))
    except EmailNotValidError:
        raise ValueError(
            "MAIL_FROM must be the sender's address beside SMTP_URL, such as "
            '"Sở Nội vụ <khaosat@example.gov.vn>".'
        ) from None
