"""Somebody at the tablet: what they touch, how long they wait, and where they end."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.kiosk.desk import Desk

SECOND = 1000


def begin(page: Page) -> None:
    page.get_by_role("button", name="Bắt đầu").tap()
    page.wait_for_url("**/1")


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question, exact=True).get_by_text(answer, exact=True).tap()


def go_on(page: Page, to: str) -> None:
    page.get_by_role("button", name="Lưu và tiếp tục").tap()
    page.wait_for_url(to)


def answer_what_is_required(page: Page) -> None:
    """Up to the page whose questions may stay blank, the last before the check."""
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    go_on(page, "**/3")
    choose(page, "Thái độ lịch sự", "Hài lòng")
    choose(page, "Hướng dẫn rõ ràng", "Không biết")
    go_on(page, "**/4")


def question(page: Page):
    return page.get_by_role("alertdialog", name="Ông/Bà còn ở đây không?")


def wait(page: Page, seconds: int) -> None:
    page.clock.run_for(seconds * SECOND)


def expect_start(page: Page, desk: Desk) -> None:
    expect(page.get_by_role("button", name="Bắt đầu")).to_be_visible()
    assert page.url == f"{desk.url}/k/{desk.slug}/kiosk"
