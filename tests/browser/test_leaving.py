"""Leaving and coming back by keyboard alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page

from survey.db import db
from survey.models import Draft
from tests.browser.conftest import LiveServer
from tests.survey.factory import make_round

PRINTED = re.compile(r"\w{4}-\w{4}-\w{4}")


@dataclass(frozen=True)
class Place:
    """A survey on a running site."""

    app: Flask
    site: str
    start: str

    def count(self, model: type) -> int:
        with self.app.app_context():
            return db.session.scalar(db.select(db.func.count()).select_from(model))


@pytest.fixture
def place(live_server: LiveServer) -> Place:
    with live_server.app.app_context():
        made = make_round(db.session, synthetic=True)
        return Place(live_server.app, live_server.url, f"{live_server.url}/k/{made.survey.slug}")


def begin(page: Page, place: Place) -> None:
    page.goto(place.start)
    page.locator("input[name=unit]").first.check()
    page.locator("form button.govuk-button").first.click()
    page.wait_for_url("**/1")


def test_leaving_and_coming_back_by_keyboard(page: Page, place: Place) -> None:
    begin(page, place)
    page.locator("input[name=received][value=no]").focus()
    page.keyboard.press("Space")
    page.locator("button[name=form-later]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/later")
    code = PRINTED.search(page.locator("main").inner_text()).group()
    page.get_by_role("button", name="Tôi đã ghi mã").press("Enter")
    page.wait_for_url("**/left")
    page.goto(f"{place.site}/c/{code}")
    page.locator("#code").press("Enter")
    page.get_by_role("button", name="Trả lời tiếp phần còn lại").press("Enter")
    page.wait_for_url("**/3")
    assert place.count(Draft) == 1
