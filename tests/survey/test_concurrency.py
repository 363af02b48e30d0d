"""Many at the same moment, each on a connection of its own: one response, one code burnt, nothing lost."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey.collection import PaperEntry, Refused, Submission, open_draft, submit
from survey.db import db
from survey.models import Draft, Invitation, PaperForm, Response, ResponseVersion, Stratum, Survey
from tests.survey.citizen import Citizen
from tests.survey.factory import ANSWERS, make_batch, make_round, make_user

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


def test_twenty_identical_submits_make_one_response(app: Flask) -> None:
    with app.app_context():
        made = make_round(db.session)
        slug, unit, code = made.survey.slug, made.units[0].code, made.codes[1][0]
    for number, person in enumerate(
        (about_to_send(app, slug, unit=unit), about_to_send(app, slug, code=code))
    ):
        replies = at_once(app, [sending(app, person) for _ in range(20)])
        assert replies == [(303, f"/k/{slug}/thanks")] * 20
        assert count(app, Response) == count(app, ResponseVersion) == number + 1
    assert count(app, Invitation, used=True) == 1
    assert count(app, Draft) == 0


def test_ten_devices_racing_with_one_code_make_one_response(app: Flask) -> None:
    with app.app_context():
        made = make_round(db.session)
        slug, code = made.survey.slug, made.codes[0][0]
    devices = [about_to_send(app, slug, code=code) for _ in range(10)]
    replies = at_once(app, [sending(app, device) for device in devices])
    assert Counter(status for status, _ in replies) == {303: 1, 409: 9}
    assert count(app, Response) == count(app, Invitation, used=True) == 1


def test_ten_people_sending_at_once_are_all_counted(app: Flask) -> None:
    with app.app_context():
        made = make_round(db.session, codes_each=10)
        slug, codes = made.survey.slug, made.codes[0]
    people = [about_to_send(app, slug, code=code) for code in codes]
    replies = at_once(app, [sending(app, person) for person in people])
    assert {status for status, _ in replies} == {303}
    assert count(app, Response) == count(app, Invitation, used=True) == 10


def test_pages_saved_at_once_from_several_windows_are_all_kept(app: Flask) -> None:
    with app.app_context():
        made = make_round(db.session)
        slug, unit = made.survey.slug, made.units[0].code
    person = Citizen(app.test_client(), slug)
    person.start(unit)
    windows = []
    for number, answers in zip((1, 3, 4), PAGES, strict=True):
        window = Citizen(app.test_client(), slug)
        window.client._cookies = dict(person.client._cookies)
        window.open(f"/k/{slug}/{number}")
        windows.append(lambda window=window, answers=answers: window.answer(**answers).status_code)
    assert at_once(app, windows) == [200] * 3
    with app.app_context():
        kept = db.session.scalars(sa.select(Draft)).one().answers
    assert kept.keys() == {"received", "visits", "polite", "clear", "improve", "comment"}


def test_a_draft_begun_twice_at_once_is_one_draft(app: Flask) -> None:
    with app.app_context():
        made = make_round(db.session)
        survey_id, stratum_id = made.survey.id, made.strata[0].id

    def begin() -> uuid.UUID:
        survey, stratum = db.session.get(Survey, survey_id), db.session.get(Stratum, stratum_id)
        return open_draft(survey, "one key", stratum).id

    assert len(set(at_once(app, [begin] * 8))) == 1
    assert count(app, Draft) == 1


def test_a_paper_form_keyed_twice_at_once_is_kept_once(app: Flask) -> None:
    with app.app_context():
        made = make_round(db.session)
        batch, enumerator = make_batch(db.session, made), make_user(db.session)
        survey_id, stratum_id = made.survey.id, made.strata[0].id
        paper = PaperEntry(batch.id, 7, enumerator.id)

    def key() -> str:
        keyed = Submission(uuid.uuid4(), stratum_id, ANSWERS, mode="keyed", paper=paper)
        try:
            submit(db.session.get(Survey, survey_id), keyed)
        except Refused as refusal:
            return refusal.faults[0].place
        return "kept"

    assert Counter(at_once(app, [key] * 8)) == {"kept": 1, "number": 7}
    assert count(app, Response) == count(app, PaperForm) == 1
