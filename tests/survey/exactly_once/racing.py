"""People who send by the pages or by what their browser kept, all at the same moment."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey.db import db
from tests.survey.citizen import Citizen
from tests.survey.pages import Page

Result = TypeVar("Result")
PAGES = (
    {"received": "no", "visits": "2"},
    {"polite": "high", "clear": "dont_know", "improve": "time"},
    {"comment": "Cảm ơn"},
)


def at_once(app: Flask, deeds: Sequence[Callable[[], Result]]) -> list[Result]:
    """Do all the deeds in threads that start together, each with an application context of its own."""
    barrier = threading.Barrier(len(deeds))

    def do(deed: Callable[[], Result]) -> Result:
        with app.app_context():
            barrier.wait()
            return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def count(app: Flask, model: type, **values: object) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(model).filter_by(**values))


def about_to_send(app: Flask, slug: str, unit: str | None = None, code: str | None = None) -> Citizen:
    """Somebody whose answers are complete, in front of the button that sends them."""
    person = Citizen(app.test_client(), slug)
    if code:
        person.enter_code(code)
        person.post(person.path, {})
    else:
        person.start(unit)
    if not person.path.endswith("/check"):  # another device with this code has answered already
        person.answer_all(*PAGES)
    person.open(f"/k/{slug}/check")
    return person


def sending(app: Flask, person: Citizen) -> Callable[[], tuple[int, str]]:
    """One press of the person's button, from a copy of the browser: status, and where it leads."""
    browser: FlaskClient = app.test_client()
    browser._cookies = dict(person.client._cookies)

    def press() -> tuple[int, str]:
        response = browser.post(f"/k/{person.slug}/check", data=person.hidden)
        return response.status_code, response.location or ""

    return press


def kept_by(person: Citizen, **changed: str) -> dict[str, Any]:
    """What this person's browser kept of the page shown, as it sends it by itself; answers may differ."""
    (given,) = (each["data-kept"] for each in Page(person.page.text).named("div") if "data-kept" in each)
    kept = json.loads(given)
    answers = kept["answers"] | {item: [text] for item, text in changed.items()}
    return {"ticket": kept["ticket"], "answers": answers}


def sending_kept(app: Flask, slug: str, message: dict[str, Any]) -> Callable[[], tuple[int, str]]:
    """The browser sends what it kept, without a cookie: status, and the state it is told."""
    browser: FlaskClient = app.test_client()

    def send() -> tuple[int, str]:
        response = browser.post(f"/k/{slug}/outbox", json=message)
        return response.status_code, response.json["state"]

    return send
