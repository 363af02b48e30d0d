"""A mail server to send to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from survey.fieldwork.inviting import sending
from tests.survey.fieldwork.inviting.postbox import Postbox


@pytest.fixture
def postbox(app, monkeypatch) -> Iterator[Postbox]:
    """The application's mail server; nobody is made to wait for it."""
    monkeypatch.setattr(sending, "WAITS", (0, 0))
    with Postbox() as box:
        monkeypatch.setitem(app.config, "MAIL_SERVER", box.server)
        monkeypatch.setitem(app.config, "PUBLIC_URL", "http://localhost")
        yield box
