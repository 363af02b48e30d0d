"""The whole way by touch, with scripts and without, and back to the start."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from survey.models import Draft, Response
from tests.browser.kiosk.touching import answer_what_is_required, begin, expect_start, go_on, wait


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return request.param


def test_the_whole_way_by_touch(new_tablet, desk, scripts):
    page = new_tablet(scripts=scripts)
    begin(page)
    answer_what_is_required(page)
    go_on(page, "**/check")
    page.get_by_role("button", name="Gửi câu trả lời").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cảm ơn")
    assert desk.count(Response) == 1
    if scripts:
        wait(page, 11)
    else:
        page.get_by_role("link", name="Kết thúc").tap()
    expect_start(page, desk)


def test_without_scripts_the_page_returns_by_itself(new_tablet, desk):
    page = new_tablet(scripts=False)
    begin(page)
    refresh = page.locator("meta[http-equiv=refresh]").get_attribute("content")
    seconds, address = re.fullmatch(r"(\d+); url=(.+)", refresh).groups()
    assert int(seconds) % 30 == 0
    page.goto(desk.url + address)
    expect_start(page, desk)
    assert desk.count(Draft) == 0
