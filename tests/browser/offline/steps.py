"""A telephone whose line breaks, and a person who answers on it all the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from survey.db import db
from survey.models import Draft
from tests.browser.offline.line import Place

PHONE = {"width": 360, "height": 740}
KEPT = "Đã lưu trên thiết bị này, chưa gửi"
THANKS = "Cảm ơn Ông/Bà, phiếu đã được gửi"
CHECK = "Xem lại câu trả lời trước khi gửi"
SAVED = "cả trên thiết bị này và trên trang khảo sát"
LATER = "Lưu trang này và trả lời tiếp sau"
READY = """async (slug) => {
    const kept = await caches.match(`/k/${slug}/form?language=en`, { ignoreVary: true });
    const worker = await navigator.serviceWorker.getRegistration("/k/");
    return Boolean(kept && worker?.active);
}"""
STORED = """async () => {
    if (!(await indexedDB.databases()).length) return "[]";
    const rows = await Promise.all([Store.entries(), Store.record(location.pathname.split("/")[2])]);
    return JSON.stringify(rows.flat().filter(Boolean));
}"""


def kept_here(page: Page) -> list[dict[str, Any]]:
    """All that this browser keeps of people who answer."""
    return json.loads(page.evaluate(STORED))


def begin(page: Page) -> None:
    page.locator("main form[action*='/k/'] button.govuk-button").first.click()


def stored(place: Place) -> dict[str, Any]:
    with place.app.app_context():
        return db.session.scalars(sa.select(Draft)).one().answers


def wait_for(page: Page, place: Place, answers: dict[str, Any]) -> None:
    for _ in range(100):
        if stored(place) == answers:
            return
        page.wait_for_timeout(50)
    assert stored(place) == answers


def come_by_code(page: Page, place: Place, code: str) -> None:
    page.goto(f"{place.url}/c")
    page.locator("#code").fill(code)
    page.locator("main form .govuk-button").click()
    page.wait_for_url(place.start)


def start(page: Page, place: Place, *, shared: bool = False) -> None:
    page.goto(place.start)
    page.get_by_label(place.unit).check()
    if shared:
        page.locator("#shared").check()
    page.get_by_role("button", name="Tôi đồng ý, bắt đầu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lần đến gần đây nhất")


def wait_until_kept(page: Page, slug: str) -> None:
    """The whole form is on the device."""
    for _ in range(300):
        if page.evaluate(READY, slug):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the form was not kept")


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question, exact=True).get_by_label(answer, exact=True).check()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Lưu và tiếp tục").or_(
        page.get_by_role("button", name="Tiếp tục", exact=True)
    ).click()


def at(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def answer_first_page(page: Page) -> None:
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill("2")
    go_on(page)
    at(page, "Sự phục vụ")


def wait_until_written(page: Page) -> None:
    """The form in the browser has written down where it is."""
    page.wait_for_function("""() => Store.record(location.pathname.split("/")[2])
        .then((kept) => kept?.view === location.hash.slice(1))""")


def answer_the_rest(page: Page) -> None:
    choose(page, "Thái độ lịch sự", "Hài lòng")
    choose(page, "Hướng dẫn rõ ràng", "Không biết")
    page.get_by_label("Thời gian").check()
    go_on(page)
    at(page, "Về người trả lời")
    page.get_by_label("Góp ý thêm").fill("Cảm ơn")
    go_on(page)
    at(page, CHECK)


def send(page: Page) -> None:
    page.get_by_role("button", name="Gửi câu trả lời của tôi").click()


def start_and_lose_the_line(page: Page, place: Place, **options: bool) -> None:
    start(page, place, **options)
    wait_until_kept(page, place.slug)
    place.cut(page.context)


def note_the_code_and_lose_the_line(page: Page, place: Place) -> str:
    """The code to go on with, seen before the first page is answered without a line."""
    start(page, place)
    wait_until_kept(page, place.slug)
    page.goto(f"{place.start}/later")
    code = page.locator(".app-code").inner_text()
    page.goto(f"{place.start}/1")
    page.wait_for_load_state("networkidle")
    place.cut(page.context)
    answer_first_page(page)
    return code


def finish_without_a_line(page: Page, place: Place) -> None:
    """Answered from the first page to the last while the line is cut; the form waits on the device."""
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    answer_the_rest(page)
    send(page)
    at(page, KEPT)


def waker(page: Page, place: Place) -> Callable[[], object]:
    """What wakes the worker once the line is back: the browser itself, by an event that a browser without a
    window never sends by itself.
    """
    session = page.context.new_cdp_session(page)
    registrations: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: registrations.extend(each["registrationId"] for each in said["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.wait_for_timeout(500)
    return lambda: session.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            "origin": place.url,
            "registrationId": registrations[-1],
            "tag": "outbox",
            "lastChance": False,
        },
    )


FIRST_PAGE = {"received": "no", "visits": 2}
ANSWERED = {
    "received": "no",
    "visits": 2,
    "polite": "high",
    "clear": "dont_know",
    "improve": ["time"],
    "comment": "Cảm ơn",
}
