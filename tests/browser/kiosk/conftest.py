"""A tablet at a desk, its clock in our hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import current_app
from playwright.sync_api import Browser, BrowserContext, Page, expect

from survey import codes
from survey.db import db
from survey.models import Kiosk
from tests.browser.conftest import LiveServer
from tests.browser.kiosk.desk import KEY, TABLET, Desk
from tests.survey.factory import make_round


@pytest.fixture
def desk(live_server: LiveServer) -> Desk:
    with live_server.app.app_context():
        made = make_round(db.session, open_link=False, synthetic=True)
        hashed = codes.kiosk_hash(KEY, current_app.config["SECRET_KEY"])
        db.session.add(Kiosk(survey=made.survey, stratum=made.strata[0], name="Quầy 3", key_hash=hashed))
        db.session.commit()
        return Desk(live_server.url, live_server.app, made.survey.slug, made.units[0].name)


@pytest.fixture
def new_tablet(browser: Browser, desk: Desk) -> Iterator[Callable[..., Page]]:
    """A function that sets a tablet up and shows its start screen, its clock in our hands."""
    contexts: list[BrowserContext] = []

    def make(*, scripts: bool = True, size: dict[str, int] = TABLET) -> Page:
        context = browser.new_context(viewport=size, has_touch=True, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        if scripts:
            page.clock.install()
        page.goto(f"{desk.url}/kiosk/{KEY}")
        page.get_by_role("button", name="Thiết lập máy này").tap()
        expect(page.get_by_text(desk.unit, exact=True)).to_be_visible()
        return page

    yield make
    for context in contexts:
        context.close()
