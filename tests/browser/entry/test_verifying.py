"""A batch by keyboard alone: keyed, keyed again by another person, settled by a third, accepted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from survey.collection.paper import Plan, set_plan
from survey.db import db
from survey.models import PaperForm
from tests.browser.entry.keyboard import Keyboard
from tests.survey.conftest import PASSWORD
from tests.survey.factory import make_batch, make_round, make_user

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
FIRST = ["2", "1", "Enter", "Enter", "3", "3", "1", "Enter", "1", "Enter", "Enter"]
SECOND = ["2", "2", "Enter", "Enter", "3", "1", "1", "Enter", "1", "Enter", "Enter"]
"""Another number of visits, and another rating."""
SECRET = "Kín"


@pytest.fixture
def batch_id(app: Flask) -> int:
    """Two forms, all keyed twice."""
    with app.app_context():
        batch = make_batch(db.session, make_round(db.session), forms_expected=2)
        set_plan(batch, Plan("all"), make_user(db.session, "supervisor"))
        return batch.id


@pytest.fixture
def person(site: str, page: Page, new_user: Callable[..., int]) -> Callable[..., Keyboard]:
    """A function that seats a new person at the browser; the interface is English."""

    def become(role: str, name: str) -> Keyboard:
        new_user(role, name)
        page.context.clear_cookies()
        page.goto(f"{site}/sign-in")
        page.fill("[name=name]", name)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{site}/")
        page.context.add_cookies([{"name": "language", "value": "en", "url": site}])
        return Keyboard(page, site)

    return become


def walk_to(page: Page, name: str) -> int:
    """Press Tab until a link or button of this name has the focus; how many keys that took."""
    for keys in range(1, 60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()").startswith(name):
            return keys
    raise AssertionError(f"no way to {name}")


def test_a_batch_is_keyed_twice_settled_and_accepted_by_keyboard_alone(
    app: Flask, site: str, page: Page, batch_id: int, person, accessible
) -> None:
    lan = person("enumerator", "lan")
    page.goto(f"{site}/entry/batches/{batch_id}")
    walk_to(page, "Key forms")
    lan.press("Enter")
    lan.ready()
    lan.press(*FIRST[:-2])
    lan.type(SECRET)
    lan.press(*FIRST[-2:])
    lan.saved(1)
    lan.press(*FIRST)
    expect(page.get_by_role("alert")).to_contain_text("No form of this batch waits to be keyed by you.")
    assert lan.keys == 23 + len(SECRET)

    sent: list[str] = []
    page.on("response", lambda reply: sent.append(reply.text()) if "/entry/" in reply.url else None)
    mai = person("enumerator", "mai")
    page.goto(f"{site}/entry/batches/{batch_id}")
    sent.clear()
    walk_to(page, "Key a second time (2)")
    mai.press("Enter")
    mai.ready()
    mai.press(*SECOND)
    mai.saved(1)
    mai.press(*FIRST)
    expect(page.get_by_role("alert")).to_contain_text("No form of this batch waits to be keyed by you.")
    assert mai.keys == 23
    assert len(sent) > 15
    for text in sent:  # every page and reply that reached the second keyer
        assert not any(word in text for word in (SECRET, " checked", " selected", "disputed", "accepted"))

    thu = person("supervisor", "thu")
    page.goto(f"{site}/entry/batches/{batch_id}")
    walk_to(page, "Settle differences (1)")
    thu.press("Enter")
    expect(page.get_by_text("Difference 1 of 3")).to_be_visible()
    accessible()
    thu.press("1")
    expect(page.get_by_text("Difference 2 of 3")).to_be_visible()
    thu.press("3", "2")  # neither of the two
    expect(page.get_by_text("Difference 3 of 3")).to_be_visible()
    thu.press("1")
    expect(page.get_by_text("Form 1 is settled and accepted.")).to_be_visible()
    assert thu.keys == 5
    with app.app_context():
        forms = db.session.scalars(sa.select(PaperForm).order_by(PaperForm.number)).all()
        assert [form.state for form in forms] == ["accepted", "accepted"]
        assert [form.checked_by.name for form in forms] == ["thu", "mai"]
        answers = forms[0].response.versions[0].answers
        assert (answers["visits"], answers["clear"], answers["comment"]) == (1, "middle", SECRET)
    expect(page.locator("#errors-caption")).to_be_visible()
