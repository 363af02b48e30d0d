"""Whoever leaves a device leaves nothing on it; whoever is there next sees nothing of the former."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.offline.steps import (
    ANSWERED,
    KEPT,
    Place,
    answer_first_page,
    answer_the_rest,
    at,
    finish_without_a_line,
    kept_here,
    send,
    start,
    start_and_lose_the_line,
    wait_until_kept,
    wait_until_written,
)

LEAVE = "form[action$=later] button"
DECLINE = "form[action$=decline] button"
LEFT = "Máy này không còn giữ phiếu của Ông/Bà"
FIRST = "Phiếu khảo sát ngắn"
DAY = 24 * 3600 * 1000
AGED = """async ([state, age]) => {
    const [entry] = await Store.entries();
    const database = await new Promise((done) => {
        indexedDB.open("answers", 1).onsuccess = (event) => done(event.target.result);
    });
    const changed = { ...entry, state, faults: [], message: "", saved: Date.now() - age };
    await new Promise((done) => {
        const work = database.transaction("outbox", "readwrite");
        work.objectStore("outbox").put(changed);
        work.oncomplete = done;
    });
}"""


def answer_without_a_line(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    wait_until_written(page)


def start_anew(page: Page, place: Place) -> None:
    page.goto(place.start)
    page.locator("[name=anew]").click()
    expect(page.get_by_role("button", name="Tôi đồng ý, bắt đầu")).to_be_visible()
    page.wait_for_load_state("networkidle")


def test_who_leaves_with_the_code_finds_what_was_answered_without_a_line(page: Page, place: Place) -> None:
    answer_without_a_line(page, place)
    page.goto("about:blank")
    place.mend(page.context)
    page.goto(f"{place.start}/later")
    code = page.locator(".app-code").inner_text()
    page.locator(LEAVE).click()
    expect(page.locator("#gone")).not_to_be_empty()
    assert kept_here(page) == []
    page.goto(f"{place.url}/c")
    page.locator("#code").fill(code)
    page.locator("main form .govuk-button").click()
    expect(page.get_by_text("1 trên 3")).to_be_visible()


def test_who_would_lose_answers_by_leaving_is_told_first(page: Page, place: Place) -> None:
    answer_without_a_line(page, place)
    page.goto("about:blank")
    place.change(state="paused")
    place.mend(page.context)
    page.goto(f"{place.start}/later")
    expect(page.locator("#only-here")).to_contain_text("chỉ có trên thiết bị này")
    expect(page.locator(LEAVE)).to_have_text("Rời khỏi máy và xóa phần chỉ có trên máy này")
    page.get_by_role("link", name="Xem phần này").click()
    at(page, "Sự phục vụ")
    assert len(kept_here(page)) == 1


def test_nothing_is_forgotten_where_the_device_cannot_be_left(page: Page, place: Place) -> None:
    start(page, place)
    page.goto(f"{place.start}/later")
    place.cut(page.context)
    page.locator(LEAVE).click()
    expect(page.locator("#leaving")).to_contain_text("chỉ quên được phiếu khi có mạng")
    place.mend(page.context)
    assert len(kept_here(page)) == 1


def test_a_finished_form_that_waits_is_not_deleted_unasked(page: Page, place: Place) -> None:
    finish_without_a_line(page, place)
    place.change(state="paused")
    place.mend(page.context)
    page.goto(f"{place.start}/later")
    page.locator(LEAVE).click()
    expect(page.locator("#only-here")).to_be_focused()
    assert len(kept_here(page)) == 1
    page.wait_for_timeout(3100)  # a double click sends nothing
    page.locator(LEAVE).click()
    expect(page.locator("#gone")).not_to_be_empty()
    assert kept_here(page) == []


@pytest.mark.parametrize("way", [LEAVE, DECLINE])
def test_who_leaves_takes_the_answers_along(page: Page, place: Place, way: str) -> None:
    answer_without_a_line(page, place)
    place.mend(page.context)
    page.goto(f"{place.start}/later")
    assert len(kept_here(page)) == 1
    page.locator(way).click()
    expect(page.locator("#gone")).not_to_be_empty()
    assert kept_here(page) == []
    page.goto(f"{place.start}/form")
    at(page, FIRST)


def test_who_declines_sends_nothing_that_waited(page: Page, place: Place) -> None:
    finish_without_a_line(page, place)
    place.change(state="paused")
    place.mend(page.context)
    page.goto(f"{place.start}/later")
    page.locator(DECLINE).click()
    expect(page.locator("#gone")).not_to_be_empty()
    assert kept_here(page) == []
    place.change(state="open")
    page.goto(place.start)
    page.wait_for_load_state("networkidle")
    assert place.answers() == []


def test_the_next_page_deletes_what_the_press_of_the_button_could_not(page: Page, place: Place) -> None:
    finish_without_a_line(page, place)
    place.change(state="paused")
    place.mend(page.context)
    page.goto(f"{place.start}/later")
    page.evaluate("() => { IDBObjectStore.prototype.delete = () => { throw new Error('full'); }; }")
    page.locator(DECLINE).click()
    expect(page.locator("#gone")).not_to_be_empty()
    assert kept_here(page) == []


def test_a_browser_that_deletes_nothing_is_not_praised_for_it(page: Page, place: Place) -> None:
    answer_without_a_line(page, place)
    place.mend(page.context)
    page.goto(f"{place.start}/later")
    page.add_init_script("IDBObjectStore.prototype.delete = () => { throw new Error('full'); };")
    page.reload()
    page.locator(LEAVE).click()
    page.wait_for_url("**/left")
    expect(page.locator("#gone")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).not_to_have_text(
        "Thiết bị này đã quên câu trả lời của Ông/Bà"
    )


def test_coming_to_the_page_of_leaving_deletes_nothing_of_who_stays(page: Page, place: Place) -> None:
    answer_without_a_line(page, place)
    place.mend(page.context)
    page.goto(f"{place.start}/left")
    page.wait_for_load_state("networkidle")
    assert len(kept_here(page)) == 1


@pytest.mark.parametrize(
    ("state", "days", "left"),
    [("waiting", 29, 1), ("waiting", 31, 0), ("refused", 6, 1), ("refused", 8, 0), ("declined", 8, 0)],
)
def test_nothing_waits_for_ever(page: Page, place: Place, state: str, days: int, left: int) -> None:
    finish_without_a_line(page, place)
    page.evaluate(AGED, [state, days * DAY])
    assert len(kept_here(page)) == left


def test_the_next_person_is_not_shown_what_was_refused_to_the_former(page: Page, place: Place) -> None:
    finish_without_a_line(page, place)
    (entry,) = kept_here(page)
    page.evaluate(AGED, ["refused", 0])
    place.mend(page.context)
    page.goto(place.start)
    expect(page.locator("#outbox a")).to_be_visible()
    start_anew(page, place)
    expect(page.locator("#outbox")).to_be_hidden()
    page.goto(f"{place.start}/form#entry-{entry['mark']}")
    at(page, FIRST)


def test_what_waits_of_the_former_is_sent_without_a_word_to_the_next(page: Page, place: Place) -> None:
    start(page, place)
    answer_first_page(page)
    wait_until_kept(page, place.slug)
    next_person = page.context.new_page()
    next_person.goto(place.start)
    place.cut(page.context)
    answer_the_rest(page)
    send(page)
    at(page, KEPT)
    (entry,) = kept_here(page)
    page.close()
    place.change(state="paused")
    place.mend(next_person.context)
    next_person.locator("[name=anew]").click()
    at(next_person, "Khảo sát đang tạm dừng")
    expect(next_person.locator("#outbox")).to_contain_text("1 phiếu")
    expect(next_person.locator("#outbox a")).to_have_count(0)
    next_person.goto(f"{place.start}/form#entry-{entry['mark']}")
    at(next_person, "Khảo sát đang tạm dừng")
    place.change(state="open")
    next_person.goto(place.start)
    expect(next_person.locator("#outbox")).to_be_hidden()
    next_person.wait_for_load_state("networkidle")
    assert kept_here(next_person) == []
    assert place.answers() == [ANSWERED]
