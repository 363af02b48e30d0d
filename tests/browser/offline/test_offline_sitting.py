"""Several agencies rated in one sitting without a connection: summed up and checked as the server does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from survey.models import Draft, Response
from tests.browser.conftest import LiveServer
from tests.browser.offline.line import Line
from tests.browser.offline.steps import CHECK, KEPT, THANKS, Place, at, go_on, send, wait_until_kept
from tests.survey.respond.surveyed import Round
from tests.survey.sittings import make_sitting

STEERING, OPENNESS = "Công tác chỉ đạo, điều hành", "Công khai, minh bạch"


@pytest.fixture
def sitting(live_server: LiveServer) -> Round:
    return make_sitting(live_server.app, units=3)


@pytest.fixture
def place(live_server: LiveServer, sitting: Round, monkeypatch: pytest.MonkeyPatch) -> Place:
    app = live_server.app
    line = Line(app.wsgi_app)
    monkeypatch.setattr(app, "wsgi_app", line)
    return Place(app, line, live_server.url, sitting.slug, "", "")


@pytest.fixture
def cut_off(page: Page, place: Place) -> Page:
    """At the first page of ratings, the line gone."""
    page.goto(place.start)
    page.get_by_role("button", name="Tôi đồng ý, bắt đầu").click()
    page.wait_for_url("**/1")
    wait_until_kept(page, place.slug)
    place.cut(page.context)
    return page


def rate(page: Page, unit: str, level: str) -> None:
    page.get_by_role("group", name=unit, exact=True).get_by_label(level, exact=True).check()


def asked(page: Page, question: str) -> None:
    expect(page.get_by_role("heading", name=question)).to_be_visible()


def go_to_the_check(page: Page, *questions: str) -> None:
    for question in questions:
        asked(page, question)
        go_on(page)
    at(page, "Ý kiến khác")
    go_on(page)
    at(page, CHECK)


def test_nothing_rated_is_said_before_it_is_sent(cut_off: Page, place: Place, sitting: Round) -> None:
    go_to_the_check(cut_off, STEERING, OPENNESS)
    expect(cut_off.locator("#answers-given")).to_contain_text("ít nhất một cơ quan")
    send(cut_off)
    at(cut_off, CHECK)
    cut_off.locator("#summary").get_by_role("link").click()
    asked(cut_off, STEERING)
    rate(cut_off, sitting.unit_names[1], "Tốt")
    go_on(cut_off)
    at(cut_off, CHECK)
    send(cut_off)
    at(cut_off, KEPT)
    place.mend(cut_off.context)
    at(cut_off, THANKS)
    assert sitting.count(Response) == 1


def test_each_agency_is_summed_up(cut_off: Page, sitting: Round) -> None:
    first, second, third = sitting.unit_names
    rate(cut_off, first, "Tốt")
    rate(cut_off, second, "Kém")
    go_on(cut_off)
    asked(cut_off, OPENNESS)
    rate(cut_off, first, "Trung bình")
    rate(cut_off, third, "Không biết")
    go_to_the_check(cut_off, OPENNESS)
    given = cut_off.locator("#answers-given")
    expect(given).to_contain_text("Ông/Bà đánh giá 2 cơ quan.")
    expect(given).to_contain_text(f"không đánh giá: {third}.")
    expect(given.locator("summary")).to_contain_text([f"{first}: đã đánh giá 2", f"{second}: đã đánh giá 1"])
    given.locator("summary").first.click()
    rows = given.locator("details").first.locator(".govuk-summary-list__row")
    expect(rows).to_contain_text([STEERING, OPENNESS])
    expect(rows).to_contain_text(["Tốt", "Trung bình"])
    rows.nth(1).get_by_role("link").click()
    asked(cut_off, OPENNESS)


def test_a_rating_given_without_a_line_survives_the_window(
    cut_off: Page, place: Place, sitting: Round
) -> None:
    rate(cut_off, sitting.unit_names[0], "Tốt")
    expect(cut_off.get_by_text("Đã lưu trên thiết bị này, chưa lưu được lên trang khảo sát")).to_be_visible()
    cut_off.close()
    place.mend(cut_off.context)
    again = cut_off.context.new_page()
    with again.expect_response("**/draft"):
        again.goto(place.start)
    assert list(sitting.answers(Draft).values()) == ["good"]


def test_a_rating_told_as_saved_is_there_without_a_line(page: Page, place: Place, sitting: Round) -> None:
    page.goto(place.start)
    page.get_by_role("button", name="Tôi đồng ý, bắt đầu").click()
    page.wait_for_url("**/1")
    wait_until_kept(page, place.slug)
    rate(page, sitting.unit_names[0], "Tốt")
    expect(page.get_by_text("Phần Ông/Bà vừa đánh giá đã được lưu")).to_be_visible()
    page.close()
    place.cut(page.context)
    again = page.context.new_page()
    again.goto(place.start)
    unit = again.get_by_role("group", name=sitting.unit_names[0], exact=True)
    expect(unit.get_by_label("Tốt", exact=True)).to_be_checked()


def test_two_windows_rate_beside_each_other(page: Page, place: Place, sitting: Round) -> None:
    page.goto(place.start)
    page.get_by_role("button", name="Tôi đồng ý, bắt đầu").click()
    page.wait_for_url("**/1")
    wait_until_kept(page, place.slug)
    other = page.context.new_page()
    other.goto(page.url)
    saved = "Phần Ông/Bà vừa đánh giá đã được lưu"
    for window, unit in ((page, sitting.unit_names[0]), (other, sitting.unit_names[1])):
        rate(window, unit, "Tốt")
        expect(window.get_by_text(saved)).to_be_visible()
    assert list(sitting.answers(Draft).values()) == ["good", "good"]
    place.cut(page.context)
    rate(other, sitting.unit_names[2], "Kém")
    expect(other.get_by_text("Đã lưu trên thiết bị này")).to_be_visible()
    go_on(other)
    asked(other, OPENNESS)
    other.go_back()
    for unit, level in zip(sitting.unit_names, ("Tốt", "Tốt", "Kém"), strict=True):
        group = other.get_by_role("group", name=unit, exact=True)
        expect(group.get_by_label(level, exact=True)).to_be_checked()


def test_a_rating_changed_once_the_line_is_back_is_the_one_that_counts(
    cut_off: Page, place: Place, sitting: Round
) -> None:
    unit = sitting.unit_names[0]
    rate(cut_off, unit, "Tốt")
    expect(cut_off.get_by_text("Đã lưu trên thiết bị này")).to_be_visible()
    place.mend(cut_off.context)
    rate(cut_off, unit, "Kém")
    expect(cut_off.get_by_text("Phần Ông/Bà vừa đánh giá đã được lưu")).to_be_visible()
    go_on(cut_off)
    cut_off.wait_for_url("**/2")
    cut_off.wait_for_load_state("networkidle")
    assert list(sitting.answers(Draft).values()) == ["poor"]
