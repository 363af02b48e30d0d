"""A person at the list of doubts: what is shown to them, and the keys they press."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def shown(page: Page) -> str:
    """The only question that is shown: "cell" or "page", its sheet, and its item."""
    only = page.locator(".app-scan:visible")
    expect(only).to_have_count(1)
    return only.get_attribute("id")


def cell(page: Page) -> str:
    """The item of the only cell that is shown."""
    return shown(page).split("-", 2)[2]


def say_blank(page: Page) -> None:
    """Of a page that was looked at to its end."""
    picture = page.locator(".app-scan:visible img")
    picture.evaluate("image => image.decode()")
    picture.evaluate("image => image.scrollIntoView({ block: 'end', inline: 'end' })")
    press(page, "b")


def press(page: Page, key: str) -> None:
    """A key, and the next cell, or the next list of cells, ready for more."""
    before = page.locator(".app-scan:visible").get_attribute("id")
    page.keyboard.press(key)
    page.wait_for_function(
        """before => document.readyState === "complete" &&
        document.querySelector(".app-scan:not([hidden])")?.id !== before""",
        arg=before,
    )
