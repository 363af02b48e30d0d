"""Nothing of who walked away meets the next, and what was complete counts."""

from __future__ import annotations

import sqlalchemy as sa
from playwright.sync_api import expect

from survey.db import db
from survey.models import Draft, Response
from tests.browser.kiosk.touching import answer_what_is_required, begin, choose, expect_start, wait


def test_nothing_of_who_walked_away_half_way_meets_the_next(new_tablet, desk):
    page = new_tablet()
    begin(page)
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill("17")
    wait(page, 31)
    expect_start(page, desk)
    assert desk.count(Draft) == 0
    assert desk.count(Response) == 0
    page.go_back()
    expect_start(page, desk)
    begin(page)
    expect(page.get_by_label("Ông/Bà đã đến mấy lần?")).to_have_value("")
    expect(page.locator(":checked")).to_have_count(0)


def test_what_was_complete_counts_with_what_stood_on_the_last_page(new_tablet, desk):
    page = new_tablet()
    begin(page)
    answer_what_is_required(page)
    page.get_by_label("Góp ý thêm").fill("Cảm ơn")
    wait(page, 31)
    expect_start(page, desk)
    assert desk.count(Draft) == 0
    with desk.app.app_context():
        (response,) = db.session.scalars(sa.select(Response))
        assert (response.mode, response.versions[0].answers["comment"]) == ("tablet", "Cảm ơn")


def test_a_tablet_that_slept_belongs_to_whoever_wakes_it(new_tablet, desk):
    page = new_tablet()
    begin(page)
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 3600)
    page.touchscreen.tap(5, 500)
    expect_start(page, desk)
