"""What a citizen's telephone pays for, from the link in a message to the questions: all bytes on the wire."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from survey.db import db
from tests.browser.conftest import LiveServer
from tests.survey.factory import make_round

PHONE = {"width": 360, "height": 740}
FIRST_QUESTIONS = 60_000  # bytes, headers and the page of welcome included, with nothing in the cache
NEXT_QUESTIONS = 12_000
FOR_LATER = (
    60_000  # fetched once the page is in use, so that the whole form can be answered without a connection
)
KEPT_FOR_LATER = re.compile(r"/form\?language=|/service-worker\.js|/static/form\w*\.js")

Meter = Callable[[], dict[str, int]]


@pytest.fixture
def start(live_server: LiveServer) -> str:
    """The address of a survey with the questionnaire that citizens are in fact sent."""
    with live_server.app.app_context():
        made = make_round(db.session, questionnaire="citizen-satisfaction-2024", synthetic=True)
        return f"{live_server.url}/k/{made.survey.slug}"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A small telephone that has never been here, and whose browser keeps nothing for later."""
    context = browser.new_context(
        viewport=PHONE, has_touch=True, java_script_enabled=request.param, service_workers="block"
    )
    yield context
    context.close()


def metered(page: Page) -> Meter:
    """A function that gives the bytes that came since it was last called, by address."""
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def sent(event: dict[str, Any]) -> None:
        if "redirectResponse" in event:
            count(event["requestId"], event["redirectResponse"]["encodedDataLength"])
        addresses[event["requestId"]] = event["request"]["url"]

    def count(request: str, size: float) -> None:
        sizes[addresses[request]] = sizes.get(addresses[request], 0) + int(size)

    def read() -> dict[str, int]:
        page.wait_for_load_state("networkidle")
        counted = dict(sizes)
        sizes.clear()
        return counted

    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.requestWillBeSent", sent)
    network.on("Network.loadingFinished", lambda event: count(event["requestId"], event["encodedDataLength"]))
    return read


def begin(page: Page, start: str) -> None:
    page.goto(start)
    page.locator("input[name=unit]").first.check()
    page.get_by_role("button", name="Tôi đồng ý, bắt đầu").click()


def test_the_way_to_the_first_questions_is_light(phone: BrowserContext, start: str) -> None:
    page = phone.new_page()
    meter = metered(page)
    begin(page, start)
    sizes = meter()
    assert page.url == f"{start}/1"
    assert sum("/static/" in address for address in sizes) >= 3, "style and both fonts"
    assert sum(sizes.values()) < FIRST_QUESTIONS, sizes


def test_what_is_kept_for_later_is_light_and_comes_after_the_page(browser: Browser, start: str) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("load", lambda: asked.append("load"))
    meter = metered(page)
    begin(page, start)
    page.wait_for_url(f"{start}/1")
    while page.evaluate("sessionStorage.length") < 2:  # one for each language
        page.wait_for_timeout(100)
    sizes = meter()
    for_later = {address: size for address, size in sizes.items() if KEPT_FOR_LATER.search(address)}
    assert any("/form?language=en" in address for address in for_later)
    assert sum(for_later.values()) < FOR_LATER, for_later
    loaded = asked.index("load", asked.index(f"{start}/1"))
    assert all(asked.index(address) > loaded for address in for_later if address in asked), asked
    page.context.close()


def test_each_further_page_is_its_questions_and_little_else(phone: BrowserContext, start: str) -> None:
    page = phone.new_page()
    meter = metered(page)
    begin(page, start)
    expect(page.get_by_role("heading", level=1)).to_have_text("Lần giải quyết thủ tục gần đây nhất")
    meter()
    page.get_by_label("Chưa nhận được").check()
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    expect(page).to_have_url(f"{start}/2")
    sizes = meter()
    assert 0 < sum(sizes.values()) < NEXT_QUESTIONS, sizes


def test_who_comes_back_fetches_no_style_and_no_font_again(phone: BrowserContext, start: str) -> None:
    begin(phone.new_page(), start)
    page = phone.new_page()
    meter = metered(page)
    page.goto(start)
    sizes = meter()
    files = {address: size for address, size in sizes.items() if "/static/" in address}
    assert files
    assert not any(files.values()), files


@pytest.mark.parametrize("weight", ["400", "700"])
def test_vietnamese_is_written_in_the_typeface(page: Page, start: str, weight: str) -> None:
    """In both weights, and in both ways to store a letter: whole, or in pieces."""
    page.goto(start)
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, "ắằẳẵặ ơưđ Đ Ỹ Ợ “Ông/Bà” 1.000 ₫")
        assert faces(page, text, weight) == {("Be Vietnam Pro", True)}
    assert not any(fetched for _, fetched in faces(page, "→✓", weight))


def faces(page: Page, text: str, weight: str) -> set[tuple[str, bool]]:
    """The typefaces that this text is drawn in, and whether each was fetched."""
    page.evaluate(
        """([text, weight]) => {
            const heading = document.querySelector("h1");
            heading.textContent = text;
            heading.style.fontWeight = weight;
        }""",
        [text, weight],
    )
    page.evaluate("document.fonts.ready.then(() => null)")
    inspector = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        inspector.send(f"{domain}.enable")
    root = inspector.send("DOM.getDocument")["root"]["nodeId"]
    heading = inspector.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    drawn = inspector.send("CSS.getPlatformFontsForNode", {"nodeId": heading})["fonts"]
    return {(font["familyName"], font["isCustomFont"]) for font in drawn}
