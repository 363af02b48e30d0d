"""The application served on a free port of this machine, and a browser in front of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.survey.conftest import (  # noqa: F401 - fixtures
    PASSWORD,
    app,
    compiled_translations,
    new_user,
    quick_passwords,
    shared_app,
)

# What a page looks like does not depend on the database: whole ways are gone on both, all else on SQLite.
ON_BOTH_DATABASES = ("test_from_nothing", "test_respond.py")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": LEVELS, "resultTypes": ["violations"], "preload": False}
"""What axe looks for. It need not say all that is well, nor fetch the styles again."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the second database where the first shows the same."""
    if os.environ.get("TEST_DATABASES", "both") != "both":
        return
    twice = [item for item in items if "/browser/" in item.path.as_posix() and "postgresql" in item.name]
    left_out = {item for item in twice if not any(name in item.path.as_posix() for name in ON_BOTH_DATABASES)}
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=list(left_out))


@pytest.fixture
def site(app: Flask) -> Iterator[str]:  # noqa: F811
    """The address of the running application, its database empty at first."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@dataclass(frozen=True)
class LiveServer:
    """The running application: where a browser finds it, and the application itself to look into."""

    url: str
    app: Flask


@pytest.fixture
def live_server(site: str, app: Flask) -> LiveServer:  # noqa: F811
    return LiveServer(site, app)


@pytest.fixture
def sign_in(site: str, page: Page, new_user: Callable[..., int]) -> Callable[..., int]:  # noqa: F811
    """A function that signs in somebody of a role, as they would; returns the user's id."""

    def become(role: str, **values: object) -> int:
        user_id = new_user(role, **values)
        page.goto(f"{site}/sign-in")
        page.fill("[name=name]", role)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{site}/")
        return user_id

    return become


@pytest.fixture
def accessible(page: Page) -> Callable[[], None]:
    """A function that fails the test where the page in the browser breaks a rule of WCAG 2.2 AA."""

    def check() -> None:
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check
