"""The screens of keying and verifying keep the rules of accessibility, on a desk and on a telephone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from survey.db import db
from tests.survey.paper.room import key, make_room

SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}
EVERYWHERE = ("batch", "key", "settle", "plan")
"""The other screens are made of the same parts: they are looked at once, where there is least room."""
SHOTS = os.environ.get("SCREENSHOTS")


@pytest.fixture
def addresses(app: Flask) -> dict[str, str]:
    """Of a batch with a form accepted, one to settle and one to be keyed again."""
    with app.app_context():
        room = make_room(forms=12, plan="all")
        room.batch.layout_id = None  # there is no scan to show
        for number in (1, 2, 3):
            key(room, room.lan, number=number, polite="low" if number == 2 else "high")
        for number in (1, 2):
            key(room, room.mai, "second", number=number)
        batch = f"/entry/batches/{room.batch.id}"
        response = f"/entry/responses/{room.form(1).response_id}"
        settle = f"/entry/forms/{room.form(2).id}/settle"
        db.session.rollback()
    return {
        "list": "/entry",
        "new": "/entry/batches/new",
        "batch": batch,
        "key": f"{batch}/key",
        "again": f"{batch}/key-again",
        "settle": settle,
        "plan": f"{batch}/plan",
        "response": response,
        "correct": f"{response}/correct",
    }


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_screen_keeps_the_rules_at_every_size(
    site: str, page: Page, accessible: Callable, sign_in: Callable, addresses: dict[str, str], language: str
) -> None:
    sign_in("supervisor")
    page.context.add_cookies([{"name": "language", "value": language, "url": site}])
    for size, measures in SIZES.items():
        page.set_viewport_size(measures)
        is_narrow = (size, language) == ("phone", "vi")
        for name, address in addresses.items():
            if name not in EVERYWHERE and not is_narrow:
                continue
            page.goto(site + address)
            if name in ("key", "again"):
                expect(page.locator("[data-saving=saved]")).to_be_visible()
                page.keyboard.press("9")  # no such choice: a fault
            if name == "key":
                page.keyboard.press("2")
                page.keyboard.press("/")
                page.keyboard.press("Enter")
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"{name}-{size}-{language}.png", full_page=True)
            accessible()
            assert page.evaluate("document.documentElement.scrollWidth") <= measures["width"], address
