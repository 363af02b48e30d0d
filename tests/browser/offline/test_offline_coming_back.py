"""Coming back to the first page, by a code or for another agency, with answers that only the browser has."""

from __future__ import annotations

import json

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from survey.db import db
from survey.models import Response
from tests.browser.offline.steps import (
    ANSWERED,
    KEPT,
    STORED,
    THANKS,
    Place,
    answer_first_page,
    answer_the_rest,
    at,
    begin,
    finish_without_a_line,
    send,
    start_and_lose_the_line,
    wait_until_kept,
)


def enter_code(page: Page, place: Place) -> None:
    page.goto(f"{place.url}/c")
    page.locator("#code").fill(place.code)
    page.locator("main form .govuk-button").click()
    page.wait_for_url(place.start)


def test_the_same_code_entered_again_keeps_what_was_not_sent(page: Page, place: Place) -> None:
    enter_code(page, place)
    begin(page)
    at(page, "Lần đến gần đây nhất")
    wait_until_kept(page, place.slug)
    place.cut(page.context)
    answer_first_page(page)
    place.mend(page.context)
    enter_code(page, place)
    page.wait_for_load_state("networkidle")
    (record,) = json.loads(page.evaluate(STORED))
    assert record["answers"]["visits"] == ["2"]
    begin(page)
    at(page, "Sự phục vụ")
    answer_the_rest(page)
    send(page)
    at(page, THANKS)
    assert place.answers() == [ANSWERED]


def test_another_agency_chosen_later_is_the_one_that_is_rated(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    place.mend(page.context)
    page.goto(place.start)
    page.get_by_text("Đổi sang đánh giá cơ quan khác").click()
    other = page.locator("[name=unit]:not(:checked)").first
    name = page.locator(f"label[for='{other.get_attribute('id')}']").inner_text()
    page.get_by_label(name).check()
    begin(page)
    at(page, "Sự phục vụ")
    expect(page.locator("main .govuk-caption-l")).to_have_text(name)
    page.wait_for_load_state("networkidle")
    place.cut(page.context)
    answer_the_rest(page)
    expect(page.locator("#unit")).to_have_text(name)
    send(page)
    at(page, KEPT)
    place.mend(page.context)
    at(page, THANKS)
    with place.app.app_context():
        assert db.session.scalars(sa.select(Response)).one().unit.name == name
    assert place.answers() == [ANSWERED]


def test_a_page_that_says_closed_tells_what_became_of_the_form(page: Page, place: Place) -> None:
    finish_without_a_line(page, place)
    page.close()
    place.change(state="closed")
    place.mend(page.context)
    later = page.context.new_page()
    later.goto(place.start)
    at(later, "Khảo sát đã kết thúc")
    expect(later.locator("#outbox")).to_contain_text("Có phiếu trên thiết bị này không gửi được")


def test_a_code_does_not_stay_in_the_history(page: Page, place: Place) -> None:
    page.goto(f"{place.url}/c/{place.code}")
    expect(page).to_have_url(f"{place.url}/c")
    expect(page.locator("#code")).to_have_value(place.code)
    page.go_back()
    page.go_forward()
    expect(page).to_have_url(f"{place.url}/c")
