"""Many at the same moment, each on a connection of its own: one response, one code burnt, nothing lost."""

from __future__ import annotations

import uuid
from collections import Counter

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.collection import PaperEntry, Refused, Submission, open_draft, submit
from survey.db import db
from survey.models import Draft, Invitation, PaperForm, Response, ResponseVersion, Stratum, Survey
from tests.survey.citizen import Citizen
from tests.survey.exactly_once.racing import (
    PAGES,
    about_to_send,
    at_once,
    count,
    kept_by,
    sending,
    sending_kept,
)
from tests.survey.factory import ANSWERS, make_batch, make_round, make_user
from tests.survey.respond.surveyed import Round


@pytest.fixture
def made(app: Flask) -> Round:
    return Round(app, codes_each=10)


@pytest.mark.parametrize("way", ["pages", "outbox", "both"])
@pytest.mark.parametrize("comes_with", ["open link", "personal code"])
def test_twenty_identical_submits_make_one_response(
    app: Flask, made: Round, way: str, comes_with: str
) -> None:
    entry = {"open link": {"unit": made.units[0]}, "personal code": {"code": made.codes[0][0]}}
    person = about_to_send(app, made.slug, **entry[comes_with])
    message = kept_by(person)
    press = [sending(app, person) for _ in range(20)]
    post = [sending_kept(app, made.slug, message) for _ in range(20)]
    thanks, stored = (303, f"/k/{made.slug}/thanks"), (200, "stored")
    deeds, told = {
        "pages": (press, [thanks] * 20),
        "outbox": (post, [stored] * 20),
        "both": (press[::2] + post[::2], [thanks] * 10 + [stored] * 10),
    }[way]
    assert at_once(app, deeds) == told
    assert count(app, Response) == count(app, ResponseVersion) == 1
    assert count(app, Invitation, used=True) == (comes_with == "personal code")
    assert count(app, Draft) == 0


def test_ten_devices_racing_with_one_code_make_one_response(app: Flask, made: Round) -> None:
    devices = [about_to_send(app, made.slug, code=made.codes[0][0]) for _ in range(10)]
    replies = at_once(app, [sending(app, device) for device in devices])
    assert Counter(status for status, _ in replies) == {303: 1, 409: 9}
    assert count(app, Response) == count(app, Invitation, used=True) == 1


def test_ten_people_sending_at_once_are_all_counted(app: Flask, made: Round) -> None:
    people = [about_to_send(app, made.slug, code=code) for code in made.codes[0]]
    replies = at_once(app, [sending(app, person) for person in people])
    assert {status for status, _ in replies} == {303}
    assert count(app, Response) == count(app, Invitation, used=True) == 10


def test_pages_saved_at_once_from_several_windows_are_all_kept(app: Flask, made: Round) -> None:
    person = Citizen(app.test_client(), made.slug)
    person.start(made.units[0])
    windows = []
    for number, answers in zip((1, 3, 4), PAGES, strict=True):
        window = Citizen(app.test_client(), made.slug)
        window.client._cookies = dict(person.client._cookies)
        window.open(f"/k/{made.slug}/{number}")
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
