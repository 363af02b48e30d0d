"""Opened once, a survey is answered without a connection, and its answers arrive once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.offline.steps import (
    ANSWERED,
    CHECK,
    KEPT,
    THANKS,
    Place,
    answer_first_page,
    answer_the_rest,
    at,
    finish_without_a_line,
    go_on,
    send,
    start,
    start_and_lose_the_line,
    wait_until_kept,
    wait_until_written,
)


def test_answered_wholly_without_a_connection_and_sent_by_itself(page: Page, place: Place) -> None:
    finish_without_a_line(page, place)
    expect(page.get_by_text(THANKS)).to_be_hidden()
    assert place.answers() == []
    place.mend(page.context)
    at(page, THANKS)
    assert place.answers() == [ANSWERED]


def test_begun_with_a_connection_and_finished_without(page: Page, place: Place) -> None:
    start(page, place)
    answer_first_page(page)
    wait_until_kept(page, place.slug)
    place.cut(page.context)
    answer_the_rest(page)
    send(page)
    at(page, KEPT)
    place.mend(page.context)
    at(page, THANKS)
    assert place.answers() == [ANSWERED]


def test_the_line_is_back_before_the_form_is_finished(page: Page, place: Place) -> None:
    """The browser knows more than the server then, so the form goes on from what the browser keeps."""
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    place.mend(page.context)
    page.reload()
    at(page, "Sự phục vụ")
    answer_the_rest(page)
    send(page)
    at(page, THANKS)
    assert place.answers() == [ANSWERED]


@pytest.mark.parametrize("break_", ["cut", "reply cut"])
def test_the_line_breaks_as_the_answers_are_sent(page: Page, place: Place, break_: str) -> None:
    """Whether they arrived or not, nobody knows: sent again, they count once."""
    start(page, place)
    answer_first_page(page)
    answer_the_rest(page)
    wait_until_kept(page, place.slug)
    place.line.state = break_
    send(page)
    at(page, KEPT)
    place.mend(page.context)
    page.evaluate("() => { dispatchEvent(new Event('online')); }")
    at(page, THANKS)
    assert place.answers() == [ANSWERED]


def test_closed_and_opened_again_before_the_line_is_back(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    wait_until_written(page)
    page.close()
    again = page.context.new_page()
    again.goto(place.start)
    at(again, "Sự phục vụ")
    answer_the_rest(again)
    send(again)
    at(again, KEPT)
    again.close()
    later = page.context.new_page()
    later.goto(place.start)
    at(later, KEPT)
    assert place.answers() == []
    place.mend(page.context)
    at(later, THANKS)
    assert place.answers() == [ANSWERED]


def test_two_tabs_send_one_form(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    other = page.context.new_page()
    other.goto(place.start)
    for screen in (page, other):
        answer_the_rest(screen)
    for screen in (page, other):
        send(screen)
        at(screen, KEPT)
    place.mend(page.context)
    for screen in (page, other):
        at(screen, THANKS)
    assert place.answers() == [ANSWERED]


def test_reload_and_history_keep_the_place(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    answer_the_rest(page)
    page.go_back()
    at(page, "Về người trả lời")
    expect(page.get_by_label("Góp ý thêm")).to_have_value("Cảm ơn")
    page.reload()
    at(page, "Về người trả lời")
    expect(page.get_by_label("Góp ý thêm")).to_have_value("Cảm ơn")
    page.get_by_role("link", name="Quay lại").click()
    at(page, "Sự phục vụ")
    go_on(page)
    at(page, "Về người trả lời")
    go_on(page)
    at(page, CHECK)
