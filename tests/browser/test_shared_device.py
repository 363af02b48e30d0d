"""On a device that several people use, which keeps nothing: without a connection a page stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from survey.db import db
from tests.browser.conftest import LiveServer
from tests.browser.offline.steps import CHECK, PHONE, THANKS, answer_the_rest, at, choose, go_on, send
from tests.survey.factory import make_round

VISITS = "Ông/Bà đã đến mấy lần?"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def first_page(page: Page, live_server: LiveServer) -> Page:
    """At the first questions, on a device that was called shared."""
    with live_server.app.app_context():
        made = make_round(db.session)
        address, unit = f"{live_server.url}/k/{made.survey.slug}", made.units[0].name
    page.goto(address)
    page.get_by_label(unit).check()
    tick = page.get_by_label("nhiều người dùng chung")
    expect(tick).to_have_accessible_description(re.compile("mỗi trang đều cần có kết nối mạng"))
    tick.check()
    page.get_by_role("button", name="Tôi đồng ý, bắt đầu").click()
    at(page, "Lần đến gần đây nhất")
    return page


def type_a_page(page: Page) -> None:
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    page.get_by_label(VISITS).fill("2")


def test_what_was_typed_stays_until_the_line_is_back(
    first_page: Page, accessible: Callable[[], None]
) -> None:
    type_a_page(first_page)
    first_page.context.set_offline(True)
    for _ in range(2):
        go_on(first_page)
        expect(first_page.get_by_role("alert")).to_have_count(1)
        expect(first_page.get_by_role("alert")).to_contain_text("chưa được lưu")
        expect(first_page.get_by_role("alert")).to_be_in_viewport()
    accessible()
    at(first_page, "Lần đến gần đây nhất")
    expect(first_page.get_by_label(VISITS)).to_have_value("2")
    first_page.context.set_offline(False)
    go_on(first_page)  # at once: it is not the second click of a double one
    at(first_page, "Sự phục vụ")


@pytest.mark.parametrize("button", ["Lưu trang này và trả lời tiếp sau", "English"])
def test_no_other_button_of_the_page_loses_what_was_typed(first_page: Page, button: str) -> None:
    type_a_page(first_page)
    first_page.context.set_offline(True)
    first_page.get_by_role("button", name=button).click()
    expect(first_page.get_by_role("alert")).to_be_in_viewport()
    expect(first_page.get_by_label(VISITS)).to_have_value("2")


def test_answers_are_not_sent_into_the_void(first_page: Page) -> None:
    type_a_page(first_page)
    go_on(first_page)
    at(first_page, "Sự phục vụ")
    answer_the_rest(first_page)
    first_page.context.set_offline(True)
    send(first_page)
    expect(first_page.get_by_role("alert")).to_contain_text("chưa được gửi")
    at(first_page, CHECK)
    first_page.context.set_offline(False)
    send(first_page)
    at(first_page, THANKS)
