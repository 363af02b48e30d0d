"""Leaving, coming back, taking back: each page for every eye, on telephone and desk, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from survey.db import db, today
from survey.models import Draft, Quota, Response, Survey
from tests.browser.conftest import LiveServer
from tests.survey.factory import make_round

SIZES = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})
LANGUAGES = ("vi", "en")
RECEIPT = re.compile(r"\w{4}-\w{4}-\w{4}")
Inspect = Callable[[str], None]


@dataclass(frozen=True)
class Place:
    """A survey whose answers can be withdrawn, on a running site."""

    app: Flask
    site: str
    survey_id: int
    start: str
    code: str

    def change(self, **values: object) -> None:
        with self.app.app_context():
            survey = db.session.get(Survey, self.survey_id)
            for name, value in values.items():
                setattr(survey, name, value)
            db.session.commit()

    def states(self) -> list[str]:
        with self.app.app_context():
            return list(db.session.scalars(db.select(Response.state)))

    def count(self, model: type) -> int:
        with self.app.app_context():
            return db.session.scalar(db.select(db.func.count()).select_from(model))


@pytest.fixture
def place(live_server: LiveServer) -> Place:
    with live_server.app.app_context():
        made = make_round(db.session, synthetic=True)
        made.survey.withdrawable = True
        made.survey.keep_until = today() + timedelta(400)
        made.survey.purpose = "Để cơ quan biết cần cải thiện điều gì trong năm tới."
        db.session.commit()
        slug, code = made.survey.slug, made.codes[0][0]
        return Place(live_server.app, live_server.url, made.survey.id, f"{live_server.url}/k/{slug}", code)


@pytest.fixture(params=[(size, code) for size in SIZES for code in LANGUAGES], ids=str)
def inspect(request: pytest.FixtureRequest, page: Page, place: Place, accessible: Callable) -> Inspect:
    """A function that fails on a page that breaks a rule or does not fit; in each size and language."""
    size, language = request.param
    page.set_viewport_size(size)
    page.context.add_cookies([{"name": "language", "value": language, "url": place.site}])

    def look(name: str) -> None:
        page.wait_for_load_state()
        assert page.locator("html").get_attribute("lang") == language
        accessible()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], page.url

    return look


def begin(page: Page, place: Place, **more: Any) -> None:
    page.goto(place.start)
    page.locator("input[name=unit]").first.check()
    page.locator("form button.govuk-button").first.click()
    page.wait_for_url("**/1")


def answer_and_send(page: Page) -> str:
    """From the first page of questions to the thanks; the receipt."""
    page.locator("input[name=received][value=no]").check()
    page.locator("#answers .govuk-button").click()
    page.locator("input[name=polite][value=high]").check()
    page.locator("input[name=clear][value=high]").check()
    page.locator("#answers .govuk-button").click()
    page.wait_for_url("**/4")
    page.locator("#answers .govuk-button").click()
    page.wait_for_url("**/check*")
    page.locator("#send .govuk-button").click()
    page.wait_for_url("**/thanks")
    return RECEIPT.search(page.locator(".govuk-panel__body").inner_text()).group()


def test_the_pages_before_and_beside_the_questions(page: Page, place: Place, inspect: Inspect) -> None:
    page.goto(place.start)
    inspect("start")
    page.goto(f"{place.start}/privacy")
    inspect("privacy")
    page.goto(place.start)
    page.locator("button[formaction]").click()
    page.wait_for_url("**/declined")
    inspect("declined")
    begin(page, place)
    page.locator("input[name=received][value=no]").check()
    page.locator("button[name=form-later]").click()
    page.wait_for_url("**/later")
    inspect("later")
    page.locator("details summary").click()
    inspect("later-picture")
    page.goto(place.start)
    inspect("start-again")
    page.goto(f"{place.start}/later")
    page.locator("form[action$=later] button").click()
    page.wait_for_url("**/left")
    inspect("left")


def test_the_pages_after_sending(page: Page, place: Place, inspect: Inspect) -> None:
    begin(page, place)
    receipt = answer_and_send(page)
    inspect("thanks")
    page.goto(place.start)
    inspect("sent-before")
    page.goto(f"{place.start}/withdraw")
    inspect("withdraw")
    page.locator("#receipt").fill("7KQ4")
    page.locator("main form .govuk-button").click()
    expect(page.locator("#receipt-error")).to_be_visible()
    inspect("withdraw-mistyped")
    page.locator("#receipt").fill(receipt.lower())
    page.locator("main form .govuk-button").click()
    expect(page.locator("button[name=confirmed]")).to_be_visible()
    inspect("withdraw-confirm")
    page.locator("button[name=confirmed]").click()
    page.wait_for_url("**/withdrawn")
    inspect("withdrawn")
    assert place.states() == ["withdrawn"]


def test_the_pages_that_say_it_cannot_be(page: Page, place: Place, inspect: Inspect) -> None:
    for name, values in {
        "paused": {"state": "paused"},
        "closed": {"state": "closed"},
        "early": {"state": "open", "opens_on": today() + timedelta(3)},
        "code-needed": {"opens_on": today() - timedelta(3), "open_link": False},
    }.items():
        place.change(**values)
        page.goto(place.start)
        inspect(name)
    place.change(open_link=True, withdrawable=False)
    for name, path in {"unknown": "/k/nowhere", "code": "/c"}.items():
        page.goto(place.site + path)
        inspect(name)
    page.goto(f"{place.start}/withdraw")
    inspect("not-withdrawable")
    with place.app.app_context():
        db.session.add(Quota(survey_id=place.survey_id, answers={}, most=1, taken=1))
        db.session.commit()
    page.goto(place.start)
    page.locator("input[name=unit]").first.check()
    page.locator("form button.govuk-button").first.click()
    inspect("full")


def test_leaving_and_coming_back_by_keyboard(page: Page, place: Place) -> None:
    begin(page, place)
    page.locator("input[name=received][value=no]").focus()
    page.keyboard.press("Space")
    page.locator("button[name=form-later]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/later")
    code = RECEIPT.search(page.locator("main").inner_text()).group()
    page.get_by_role("button", name="Tôi đã ghi mã").press("Enter")
    page.wait_for_url("**/left")
    page.goto(f"{place.site}/c/{code}")
    page.locator("#code").press("Enter")
    page.get_by_role("button", name="Trả lời tiếp phần còn lại").press("Enter")
    page.wait_for_url("**/3")
    assert place.count(Draft) == 1


def test_the_data_page_fits_two_sheets_of_paper(page: Page, place: Place) -> None:
    page.goto(f"{place.start}/privacy")
    sheets = page.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "15mm"))
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) <= 2
