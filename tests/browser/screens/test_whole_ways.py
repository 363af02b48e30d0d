"""The whole way from the address to the thanks, by each door: by keyboard alone, and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from survey.db import db
from survey.models import Response, Survey
from tests.browser.screens.at_a_desk import kiosk_key
from tests.browser.screens.scenery import DOSSIERS, Scenery

# Door → the survey behind it, and the address where a person begins.
DOORS: dict[str, tuple[str, Callable[[Scenery], str]]] = {
    "section": ("short", lambda scenery: scenery.survey("short")),
    "question": ("kinds", lambda scenery: scenery.survey("kinds")),
    "sitting": ("sitting", lambda scenery: scenery.survey("sitting")),
    "code": ("invited", lambda scenery: "/c"),
    "dossier": ("dossier", lambda scenery: scenery.survey("dossier")),
    "kiosk": ("desk", lambda scenery: f"/kiosk/{kiosk_key('desk')}"),
}
THANKS = "Cảm ơn Ông/Bà, phiếu đã được gửi"
MOST_PAGES = 25
MOST_STEPS = 60  # of the Tab key on one page
HERE = """() => {
    const here = document.activeElement;
    const isAnswered = here.type === "radio" && document.querySelector(`[name="${here.name}"]:checked`);
    return {
        name: here.name ?? "",
        chooses: here.type === "radio" && !isAnswered,
        goesOn: here.matches("main .govuk-button:not(.govuk-button--secondary)"),
    };
}"""


@pytest.fixture(params=["by keyboard alone", "without scripts"])
def way(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def page(browser: Browser, way: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        java_script_enabled=way != "without scripts",
        service_workers="block",
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.mark.parametrize("door", DOORS)
def test_from_the_address_to_the_thanks(page: Page, scenery: Scenery, way: str, door: str) -> None:
    role, address = DOORS[door]
    place = list(WAYS).index(way) + 1  # each burns a code and a dossier of its own
    typed = {
        "code": scenery.codes[role][place + 1],
        "dossier": DOSSIERS[place],
        "reason": "Thiếu cán bộ",
    }
    before = responses(scenery, role)
    page.goto(scenery.url + address(scenery))
    heading = page.get_by_role("heading", level=1)
    for _ in range(MOST_PAGES):
        if heading.inner_text() == THANKS:
            break
        WAYS[way](page, typed)
    expect(heading).to_have_text(THANKS)
    rated_at_once = 5 if door == "sitting" else 1
    assert responses(scenery, role) - before == rated_at_once


def responses(scenery: Scenery, role: str) -> int:
    with scenery.app.app_context():
        query = sa.select(sa.func.count(Response.id)).join(Survey).where(Survey.slug == scenery.slugs[role])
        return db.session.scalar(query)


def by_keyboard(page: Page, typed: dict[str, str]) -> None:
    """From the head of the page along everything it offers, in the order of the Tab key, to its button."""
    page.wait_for_load_state()
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here["chooses"]:
            page.keyboard.press("Space")
        elif here["name"] in typed:
            page.keyboard.type(typed[here["name"]])
        elif here["goesOn"]:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    pytest.fail(f"the keyboard does not reach a button of {page.url}")


def by_hand(page: Page, typed: dict[str, str]) -> None:
    """What is seen on the page, one question after the other."""
    for group in page.locator("main fieldset:visible").all():
        if group.locator("[type=radio]").count():
            group.locator("label").first.click()
    for name, text in typed.items():
        for field in page.locator(f"main [name={name}]").all():
            field.fill(text)
    with page.expect_navigation():
        page.locator("main .govuk-button:not(.govuk-button--secondary)").first.click()


WAYS = {"by keyboard alone": by_keyboard, "without scripts": by_hand}
