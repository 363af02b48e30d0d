"""The whole form in the browser, where the line to the server is cut: every state it can be in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.offline.steps import wait_until_kept
from tests.browser.screens.visitor import MOST_PAGES, Visitor

GO_ON = "#form > .govuk-button"
SEND = "[data-view=check] #send"


def go_to_the_check(visitor: Visitor) -> None:
    for _ in range(MOST_PAGES):
        if visitor.page.locator(SEND).is_visible():
            return
        before = visitor.page.url
        visitor.fill()
        visitor.page.locator(GO_ON).click()
        expect(visitor.page).not_to_have_url(before)
    pytest.fail("no way leads to the check")


def answered_offline(visitor: Visitor) -> Iterator[str]:
    page, context = visitor.page, visitor.page.context
    visitor.begin("offline")
    wait_until_kept(page, visitor.scenery.slugs["offline"])
    context.set_offline(True)
    page.reload()
    visitor.see("#form")
    yield "offline-section"
    page.locator(GO_ON).click()
    visitor.see("#summary")
    yield "offline-section-faults"
    go_to_the_check(visitor)
    yield "offline-check"
    page.locator(SEND).click()
    visitor.see("[data-view=waiting]")
    yield "offline-kept"
    visitor.scenery.change("offline", state="closed")
    context.set_offline(False)
    visitor.see("[data-view=declined]")
    yield "offline-declined"
    visitor.scenery.change("offline", state="open")
    page.locator("#again").click()
    visitor.see("[data-view=sent]")
    yield "offline-sent"
    context.set_offline(True)
    visitor.open(visitor.scenery.survey("offline"))
    visitor.see("[data-view=nothing]")
    yield "offline-nothing-kept"
    context.set_offline(False)


def left_offline(visitor: Visitor) -> Iterator[str]:
    """Called away in the middle; the line comes back before the end, where the survey has been paused."""
    page, context = visitor.page, visitor.page.context
    visitor.begin("offline")
    wait_until_kept(page, visitor.scenery.slugs["offline"])
    context.set_offline(True)
    page.reload()
    visitor.see("#form")
    visitor.fill()
    page.locator(GO_ON).click()
    page.locator("#later").click()
    visitor.see("[data-view=later]")
    yield "offline-later"
    page.locator("footer a").click()
    visitor.see("[data-view=privacy]")
    yield "offline-privacy"
    visitor.scenery.change("offline", state="paused")
    context.set_offline(False)
    visitor.open(f"{visitor.scenery.survey('offline')}/later")
    visitor.see("#only-here")
    yield "later-only-here"
    visitor.scenery.change("offline", state="open")
    visitor.open(f"{visitor.scenery.survey('offline')}/form")
    expect(page.locator("#where-kept")).to_have_text(page.locator("#where-kept").get_attribute("data-saved"))
    yield "offline-section-saved"


def sat_offline(visitor: Visitor) -> Iterator[str]:
    page, context = visitor.page, visitor.page.context
    visitor.open(visitor.scenery.survey("sitting"))
    visitor.press()
    wait_until_kept(page, visitor.scenery.slugs["sitting"])
    context.set_offline(True)
    visitor.open(f"{visitor.scenery.survey('sitting')}/check")
    visitor.see(SEND)
    page.locator(SEND).click()
    visitor.see("#summary")
    yield "offline-sitting-faults"
    page.locator("#summary a").first.click()
    go_to_the_check(visitor)
    page.locator("#answers-given summary").first.click()
    yield "offline-sitting-check"
    context.set_offline(False)


def refused_later(visitor: Visitor) -> Iterator[str]:
    """The browser's clock is wrong: what it let pass, the server refuses. Then the person deletes it."""
    page, context = visitor.page, visitor.page.context
    page.clock.set_fixed_time("2040-01-01")
    visitor.begin("offline")
    wait_until_kept(page, visitor.scenery.slugs["offline"])
    visitor.type("#q-visited_on", "2039-12-31")
    context.set_offline(True)
    visitor.fill()
    page.locator("#answers > .govuk-button").click()
    visitor.see("#form")
    go_to_the_check(visitor)
    page.locator(SEND).click()
    visitor.see("[data-view=waiting]")
    context.set_offline(False)
    visitor.see("#summary")
    yield "offline-refused"
    expect(page.locator("#q-visited_on-error")).to_be_visible()
