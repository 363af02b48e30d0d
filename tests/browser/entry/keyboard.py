"""Hands on a keyboard: every key is counted, and nothing else is touched."""

from __future__ import annotations

from playwright.sync_api import Page, expect


class Keyboard:
    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.keys = 0

    def open(self, batch_id: int, screen: str = "key") -> None:
        self.page.goto(f"{self.site}/entry/batches/{batch_id}/{screen}")
        self.ready()

    def ready(self) -> None:
        """A form is open, and what was keyed of it is saved."""
        expect(self.page.locator("[data-saving=saved]")).to_be_visible()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.keys += len(keys)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def saved(self, number: int) -> None:
        """The form of this number is finished."""
        expect(self.page.locator("[data-saving]")).to_have_text(f"Form {number} is saved.")

    def stands_at(self, item: str) -> None:
        """The keys go to this item, or to the element of this id: now, or when the server has answered."""
        expect(self.page.locator(f"[data-item={item}]:focus-within, #{item}:focus")).not_to_have_count(0)

    def has_left(self, item: str) -> None:
        expect(self.page.locator(f"[data-item={item}]:focus-within")).to_have_count(0)
