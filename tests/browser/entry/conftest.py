"""Batches of paper, and people at the keying screen: by keyboard alone, each message of the browser heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from survey.db import db
from tests.browser.entry.keyboard import Keyboard
from tests.survey.factory import make_batch, make_round


@pytest.fixture
def citizens_batch(app: Flask) -> int:
    with app.app_context():
        made = make_round(db.session, questionnaire="citizen-satisfaction-2024")
        return make_batch(db.session, made).id


@pytest.fixture
def small_batch(app: Flask) -> int:
    with app.app_context():
        return make_batch(db.session, make_round(db.session)).id


@pytest.fixture
def keyboard(site: str, page: Page, sign_in: Callable[..., int]) -> Iterator[Keyboard]:
    """An enumerator, signed in, at a keyboard; the interface is English."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in("enumerator")
    page.context.add_cookies([{"name": "language", "value": "en", "url": site}])
    yield Keyboard(page, site)
    refusals = ("409", "422", "ERR_")
    assert [each for each in said if not any(code in each for code in refusals)] == []
