"""Doubts are decided in a browser without scripts too."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.scanning.outcome import states
from tests.survey.conftest import PASSWORD
from tests.survey.entry.scanning.sheets import Printed


def without_scripts(browser: Browser, site: str) -> Page:
    """A page of a browser without scripts, in which the supervisor is signed in."""
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{site}/sign-in")
    plain.fill("[name=name]", "supervisor")
    plain.fill("[name=password]", PASSWORD)
    plain.click("main button[type=submit]")
    return plain


def test_doubts_are_decided_without_scripts_too(app, site, browser, page, printed, upload):
    address = upload((1,))
    plain = without_scripts(browser, site)
    plain.goto(address + "/doubts")
    plain.locator("[data-key=yes]").first.click()
    plain.locator("[data-key=unreadable]").first.click()
    for _ in range(3):
        plain.locator("[data-key=blank]").first.click()
    assert states(app, printed)[0] == "accepted"
    plain.context.close()


def test_a_blank_page_is_said_in_one_answer_without_scripts_too(app, site, browser, printed, upload):
    address = upload(draw=Printed.form)
    plain = without_scripts(browser, site)
    plain.goto(address + "/doubts")
    plain.locator("#page-1 [data-key=all]").click()
    plain.locator("[data-undo] button").click()
    plain.locator("#page-1 [data-key=all]").click()
    plain.locator("#page-2 [data-key=no]").click()
    expect(plain.locator("#page-2")).to_have_count(0)
    for item in ("received", "polite", "clear"):
        plain.locator(f"#cell-2-{item} [data-key=yes]").click()
    assert states(app, printed)[:2] == ["accepted", "accepted"]
    plain.context.close()
