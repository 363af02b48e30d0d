"""A survey behind a line that breaks, and a telephone that has never been there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from survey.db import db
from tests.browser.conftest import LiveServer
from tests.browser.offline.line import Line
from tests.browser.offline.steps import PHONE, Place
from tests.survey.factory import make_round


@pytest.fixture
def place(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Place:
    app = live_server.app
    line = Line(app.wsgi_app)
    monkeypatch.setattr(app, "wsgi_app", line)
    with app.app_context():
        made = make_round(db.session, synthetic=True)
        return Place(app, line, live_server.url, made.survey.slug, made.units[0].name, made.codes[0][0])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def elsewhere(browser: Browser) -> Iterator[Page]:
    """Another telephone."""
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()
