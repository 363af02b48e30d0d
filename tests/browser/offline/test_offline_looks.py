"""Every state of the whole form, on a telephone and on a wide screen, for everybody's eyes and aids."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.offline.steps import (
    KEPT,
    THANKS,
    Place,
    answer_first_page,
    answer_the_rest,
    at,
    go_on,
    send,
    start,
    wait_until_kept,
)

WIDTHS = {"a telephone": 360, "a wide screen": 1280}


@pytest.mark.parametrize("screen", WIDTHS)
def test_every_state_is_accessible_and_fits(
    page: Page, place: Place, accessible: Callable[[], None], screen: str
) -> None:
    page.set_viewport_size({"width": WIDTHS[screen], "height": 740})

    def inspect() -> None:
        accessible()
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[screen], page.url

    start(page, place)
    wait_until_kept(page, place.slug)
    place.cut(page.context)
    go_on(page)
    expect(page.locator("#summary")).to_be_visible()
    inspect()  # an answer is missing
    answer_first_page(page)
    inspect()
    answer_the_rest(page)
    inspect()
    send(page)
    at(page, KEPT)
    inspect()
    place.change(state="closed")
    place.mend(page.context)
    at(page, "Không gửi được phiếu này")
    inspect()
    place.change(state="open")
    page.get_by_role("button", name="Thử gửi lại").click()
    at(page, THANKS)
    inspect()
    place.cut(page.context)
    page.goto(place.start)
    at(page, "Không có kết nối mạng")
    inspect()


def test_answered_by_keyboard_alone(page: Page, place: Place) -> None:
    start(page, place)
    wait_until_kept(page, place.slug)
    place.cut(page.context)
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
    start(page, place)
    wait_until_kept(page, place.slug)
    place.cut(page.context)
    answer_first_page(page)
    page.get_by_label("Thời gian").check()
    page.get_by_role("link", name="English").click()
    at(page, "The service")
    expect(page.get_by_role("checkbox", name="Time")).to_be_checked()
