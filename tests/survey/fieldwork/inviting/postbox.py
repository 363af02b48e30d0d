"""A mail server on this machine: what it took, whom it refuses, and what it does when a message comes."""

from __future__ import annotations

import email
import re
import socket
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope

from survey.mail_server import MailServer

CODE = re.compile(r"(?:[2-9BCFGHJKMNPQRTVX]{4}-){2}[2-9BCFGHJKMNPQRTVX]{4}")
TAKEN = "250 OK"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


class Postbox:
    """`refused`: address → the server's answer. `on_message` is called before a message is taken. `settings`
    are those of aiosmtpd. `seen`: of each message, whether its line was encrypted and who had signed in.
    """

    def __init__(self, **settings: Any) -> None:
        self.seen: list[tuple[bool, bytes | None]] = []
        self.letters: list[tuple[str, EmailMessage]] = []
        self.refused: dict[str, str] = {}
        self.on_message: Callable[[str], str | None] = lambda address: None
        self.port = free_port()
        named = {"hostname": "127.0.0.1", "port": self.port, "server_hostname": "localhost"}
        self.controller = Controller(self, **named, **settings)

    def __enter__(self) -> Postbox:
        self.controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.controller.stop()

    async def handle_RCPT(
        self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return TAKEN

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:
        (address,) = envelope.rcpt_tos
        login = session.auth_data.login if session.authenticated else None
        self.seen.append((server.transport.get_extra_info("cipher") is not None, login))
        answer = self.on_message(address) or TAKEN
        if answer == TAKEN:
            self.letters.append((address, email.message_from_bytes(envelope.content, policy=default)))
        return answer

    @property
    def server(self) -> MailServer:
        return MailServer("127.0.0.1", self.port, "none", "Sở Nội vụ <khaosat@example.vn>")

    @property
    def addresses(self) -> list[str]:
        return sorted(address for address, _ in self.letters)

    def codes(self) -> list[str]:
        """The personal codes in all messages taken."""
        return [code for _, letter in self.letters for code in set(CODE.findall(letter.get_content()))]
