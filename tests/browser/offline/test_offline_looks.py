"""The whole form by keyboard alone, and in the other language."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.offline.steps import (
    Place,
    answer_first_page,
    at,
    start_and_lose_the_line,
)


def test_answered_by_keyboard_alone(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    page.get_by_label("Ông/Bà đã đến mấy lần?").focus()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.locator("#summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the question that lacks an answer
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    at(page, "Sự phục vụ")
    expect(page.locator("h1")).to_be_focused()


def test_the_other_language_keeps_the_answers(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    page.get_by_label("Thời gian").check()
    page.get_by_role("link", name="English").click()
    at(page, "The service")
    expect(page.get_by_role("checkbox", name="Time")).to_be_checked()
