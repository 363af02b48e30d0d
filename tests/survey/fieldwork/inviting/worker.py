"""The process that sends messages in the background."""

from __future__ import annotations

import os
from collections.abc import Mapping

from survey import create_app
from survey.fieldwork.inviting.sending import send_waiting
from survey.mail_server import MailServer


def send_all(settings: Mapping[str, str], mailing_id: int, port: int) -> None:
    os.environ.update(settings)
    app = create_app()
    with app.app_context():
        server = MailServer("127.0.0.1", port, "none", "khaosat@example.vn")
        send_waiting(mailing_id, server, lambda share, message: None)
