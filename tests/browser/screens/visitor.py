"""Whoever walks through the pages to show them: they press what the page offers, in whatever language."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens.scenery import Scenery

FIRST_BUTTON = "main form .govuk-button >> nth=0"
GO_ON = "#answers > .govuk-button"
# One choice of every question that lacks an answer: the fourth level, else the first.
FILL = """() => {
    const groups = {};
    for (const input of document.querySelectorAll("main :not(.app-choice--missing) > input[type=radio]"))
        if (input.checkVisibility()) (groups[input.name] ??= []).push(input);
    for (const levels of Object.values(groups))
        if (!levels.some((one) => one.checked)) (levels[3] ?? levels[0]).click();
    const reason = document.querySelector("main [name=reason]");  // the one text that is required
    if (reason?.checkVisibility()) reason.value = "Thiếu cán bộ";
}"""
MOST_PAGES = 15


@dataclass(frozen=True)
class Visitor:
    page: Page
    scenery: Scenery

    def open(self, path: str) -> None:
        self.page.goto(self.scenery.url + path)

    def press(self, selector: str = FIRST_BUTTON) -> None:
        """Press what leads to another page, and wait until that page is usable."""
        with self.page.expect_navigation():
            self.page.locator(selector).click()

    def type(self, field: str, text: str) -> None:
        self.page.locator(field).fill(text)

    def begin(self, role: str) -> None:
        """From the open link to the first page of questions, rating the first agency."""
        self.open(f"{self.scenery.survey(role)}?unit={self.scenery.units[role][0]}")
        self.press()

    def fill(self) -> None:
        """Answer the questions of choice on this page and the required text, then what that brings up."""
        for _ in range(2):
            self.page.evaluate(FILL)

    def go_on(self) -> None:
        self.press(GO_ON)

    def go_to_the_check(self) -> None:
        for _ in range(MOST_PAGES):
            if self.is_at("check"):
                return
            self.fill()
            self.go_on()
        pytest.fail(f"no way leads from {self.page.url} to the check")

    def is_at(self, end: str) -> bool:
        return self.page.url.partition("?")[0].endswith(f"/{end}")

    def send(self) -> None:
        self.press("#send .govuk-button")

    def answer_all(self, role: str) -> None:
        self.begin(role)
        self.go_to_the_check()
        self.send()

    def see(self, selector: str) -> None:
        """Wait for what a script shows."""
        expect(self.page.locator(selector).first).to_be_visible()
