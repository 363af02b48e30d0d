"""A tablet at a desk, touched by one person after the other, left half way, and cut from the network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, current_app
from playwright.sync_api import Browser, BrowserContext, Page, expect

from survey import codes
from survey.db import db
from survey.models import Draft, Kiosk, Response
from tests.browser.conftest import LEVELS, LiveServer
from tests.survey.factory import make_round

TABLET = {"width": 768, "height": 1024}
TABLETS = [TABLET, {"width": 1024, "height": 768}]
FINGER = 60  # pixels: what is touched standing
TOUCHED = "a[href], button, select, .app-choice__label, main input[type=text]"
KEY = "a-key-of-this-test"
SECOND = 1000


@dataclass(frozen=True)
class Desk:
    url: str
    app: Flask
    slug: str
    unit: str

    def count(self, model: type) -> int:
        with self.app.app_context():
            return db.session.scalar(sa.select(sa.func.count()).select_from(model))


@pytest.fixture
def desk(live_server: LiveServer) -> Desk:
    with live_server.app.app_context():
        made = make_round(db.session, open_link=False, synthetic=True)
        hashed = codes.kiosk_hash(KEY, current_app.config["SECRET_KEY"])
        db.session.add(Kiosk(survey=made.survey, stratum=made.strata[0], name="Quầy 3", key_hash=hashed))
        db.session.commit()
        return Desk(live_server.url, live_server.app, made.survey.slug, made.units[0].name)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def new_tablet(browser: Browser, desk: Desk) -> Iterator[Callable[..., Page]]:
    """A function that sets a tablet up and shows its start screen, its clock in our hands."""
    contexts: list[BrowserContext] = []

    def make(*, scripts: bool = True, size: dict[str, int] = TABLET) -> Page:
        context = browser.new_context(viewport=size, has_touch=True, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        if scripts:
            page.clock.install()
        page.goto(f"{desk.url}/kiosk/{KEY}")
        page.get_by_role("button", name="Thiết lập máy này").tap()
        expect(page.get_by_text(desk.unit, exact=True)).to_be_visible()
        return page

    yield make
    for context in contexts:
        context.close()


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


def test_somebody_who_is_still_there_goes_on(new_tablet, desk):
    page = new_tablet()
    begin(page)
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    wait(page, 9)
    expect(question(page)).to_be_hidden()
    wait(page, 2)
    expect(question(page)).to_be_visible()
    expect(page.get_by_role("button", name="Tiếp tục", exact=True)).to_be_focused()
    page.get_by_role("button", name="Tiếp tục", exact=True).tap()
    expect(question(page)).to_be_hidden()
    wait(page, 9)
    expect(question(page)).to_be_hidden()
    expect(page.get_by_role("radio", name="Không", exact=True)).to_be_checked()


@pytest.mark.parametrize(
    "answered",
    [
        lambda page: page.keyboard.press("a"),
        lambda page: page.keyboard.press("Space"),
        lambda page: page.touchscreen.tap(5, 1000),  # beside the question
        lambda page: page.get_by_text("Ông/Bà còn ở đây không?").tap(),
    ],
    ids=["a key", "the blank key", "a touch beside it", "a touch of its words"],
)
def test_any_touch_or_key_in_twenty_seconds_answers_the_question(new_tablet, desk, answered):
    """WCAG 2.2.1: whoever needs longer has at least 20 seconds to say so by one simple action, at least ten
    times; and the action does nothing else.
    """
    page = new_tablet()
    begin(page)
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill("17")
    for _ in range(10):
        wait(page, 11)
        expect(question(page)).to_be_visible()
        expect(page.locator("[data-countdown]")).to_have_text(re.compile("^(19|20)$"))
        wait(page, 18)
        expect(question(page)).to_be_visible()
        answered(page)
        expect(question(page)).to_be_hidden()
    expect(page.get_by_label("Ông/Bà đã đến mấy lần?")).to_have_value("17")
    expect(page.locator(":checked")).to_have_count(0)


def test_a_question_that_nobody_answers_leads_to_the_start_after_its_twenty_seconds(new_tablet, desk):
    page = new_tablet()
    begin(page)
    wait(page, 11)
    expect(question(page)).to_be_visible()
    wait(page, 21)
    expect_start(page, desk)


def test_a_touch_or_a_scroll_is_a_sign_of_life(new_tablet, desk):
    page = new_tablet()
    begin(page)
    for sign in (lambda: page.touchscreen.tap(5, 500), lambda: page.mouse.wheel(0, 50)):
        wait(page, 8)
        sign()
        page.wait_for_timeout(100)
    wait(page, 8)
    expect(question(page)).to_be_hidden()


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


def test_without_scripts_the_page_returns_by_itself(new_tablet, desk):
    page = new_tablet(scripts=False)
    begin(page)
    refresh = page.locator("meta[http-equiv=refresh]").get_attribute("content")
    seconds, address = re.fullmatch(r"(\d+); url=(.+)", refresh).groups()
    assert int(seconds) % 30 == 0
    page.goto(desk.url + address)
    expect_start(page, desk)
    assert desk.count(Draft) == 0


def test_a_lost_connection_is_said_in_words_and_recovers_by_itself(new_tablet, desk):
    page = new_tablet()
    begin(page)
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    page.context.set_offline(True)
    page.get_by_role("button", name="Lưu và tiếp tục").tap()
    expect(page.get_by_role("alertdialog", name="mất kết nối")).to_be_visible()
    page.context.set_offline(False)
    wait(page, 6)
    page.wait_for_url("**/3")


def test_a_start_screen_without_a_connection_waits_for_it(new_tablet, desk):
    page = new_tablet()
    page.context.set_offline(True)
    page.get_by_role("button", name="Bắt đầu").tap()
    expect(page.get_by_role("alertdialog", name="mất kết nối")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Thử lại").tap()
    page.wait_for_url("**/1")


def test_a_way_out_of_sight_keeps_nothing_on_the_screen(new_tablet, desk):
    """The connection is lost while nobody is there: what was chosen is hidden until the tablet is back."""
    page = new_tablet()
    begin(page)
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    page.context.set_offline(True)
    wait(page, 31)
    expect(page.get_by_role("alertdialog", name="mất kết nối")).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    page.context.set_offline(False)
    wait(page, 6)
    expect_start(page, desk)
    assert desk.count(Draft) == 0


@pytest.mark.parametrize("size", TABLETS, ids=lambda size: f"{size['width']}")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_accessible_and_easy_to_touch(new_tablet, desk, size, language):
    page = new_tablet(size=size)
    if language == "en":
        page.get_by_role("button", name="English").tap()
        expect(page.locator("html")).to_have_attribute("lang", "en")
    expect_accessible(page)
    page.locator(".app-kiosk-start").tap()
    page.wait_for_url("**/1")
    expect_accessible(page)
    assert small_targets(page) == []
    wait(page, 11)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("alertdialog").get_by_role("button").tap()
    page.locator("main button[type=submit]").tap()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect_accessible(page)
    page.goto(f"{desk.url}/k/{desk.slug}/check")
    expect_accessible(page)
    assert small_targets(page) == []
    page.goto(f"{desk.url}/kiosk/quit")
    expect_accessible(page)


def expect_accessible(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": LEVELS})
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def small_targets(page: Page) -> list[str]:
    """What is touched and smaller than a finger; choices are touched by their labels."""
    return page.evaluate(
        """([touched, least]) => [...document.querySelectorAll(touched)]
            .filter(each => each.checkVisibility() && !each.closest("dialog, .govuk-skip-link"))
            .filter(each => each.getBoundingClientRect().height < least)
            .map(each => each.outerHTML.slice(0, 120))""",
        [TOUCHED, FINGER],
    )
