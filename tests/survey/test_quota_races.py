"""Quotas hold while many send at once: never a place too many, none lost, nobody waiting for ever."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.collection import Outcome, QuotaFull, Submission, correct, open_draft, submit, submit_draft
from survey.collection.quota_setting import WantedQuota, add_quotas
from survey.db import db
from survey.fieldwork.blueprint import locked
from survey.models import Draft, Quota, Response, ResponseVersion, Stratum, Survey, User
from survey.respond.answering.booklet import asked_of
from tests.survey.exactly_once.racing import about_to_send, at_once, count, sending
from tests.survey.factory import ANSWERS, SMALL_QUESTIONNAIRE, MadeRound, make_round, make_user

YES = {"received": "yes", "late": "no"}


@pytest.fixture
def made(app: Flask) -> MadeRound:
    """A round; its rows are read already, for use in threads."""
    with app.app_context():
        made = make_round(db.session, codes_each=0)
        for row in (made.survey, *made.units, *made.strata):
            db.session.refresh(row)
        db.session.expunge_all()
        return made


def set_quotas(app: Flask, made: MadeRound, *wanted: WantedQuota) -> None:
    with app.app_context():
        add_quotas(locked(Survey, made.survey.id), wanted)
        db.session.commit()


def one_answer(made: MadeRound, place: int = 0, **changed: Any) -> Callable[[], str]:
    """A person with a form of their own, who sends it."""
    form = Submission(uuid.uuid4(), made.strata[place].id, ANSWERS | changed)

    def send() -> str:
        try:
            submit(db.session.get(Survey, made.survey.id), form)
        except QuotaFull:
            return "full"
        return "stored"

    return send


def taken(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Quota.taken).order_by(Quota.id)))


def counted(app: Flask, **answers: str) -> int:
    """Responses that count and gave these answers."""
    with app.app_context():
        matching = (ResponseVersion.answers[code].as_string() == value for code, value in answers.items())
        query = sa.select(sa.func.count()).select_from(Response).join(Response.versions)
        current = ResponseVersion.version == Response.version
        return db.session.scalar(query.where(Response.state == "accepted", current, *matching))


def test_forty_sending_at_once_fill_ten_places_and_no_more(app: Flask, made: MadeRound) -> None:
    set_quotas(app, made, WantedQuota(made.strata[0].id, {}, 10))
    outcomes = Counter(at_once(app, [one_answer(made) for _ in range(40)]))
    assert outcomes == {"stored": 10, "full": 30}
    assert taken(app) == [10]
    assert count(app, Response) == count(app, ResponseVersion) == 10


def test_who_comes_too_late_is_told_kindly_and_keeps_the_draft(app: Flask, made: MadeRound) -> None:
    people = [about_to_send(app, made.survey.slug, unit=made.units[0].code) for _ in range(6)]
    set_quotas(app, made, WantedQuota(made.strata[0].id, {}, 2))
    replies = at_once(app, [sending(app, person) for person in people])
    assert Counter(status for status, _ in replies) == {303: 2, 403: 4}
    assert count(app, Draft) == 4


def test_cells_that_overlap_are_filled_in_one_order(app: Flask, made: MadeRound) -> None:
    """Half of the people belong to the first and the last cell, half to the middle and the last."""
    cells = [WantedQuota(None, {"received": answer}, 9) for answer in ("yes", "no")]
    set_quotas(app, made, *cells, WantedQuota(made.strata[0].id, {}, 12))
    people = [one_answer(made, **(YES if number % 2 else {})) for number in range(30)]
    assert Counter(at_once(app, people)) == {"stored": 12, "full": 18}
    yes, no, all_of_them = taken(app)
    assert (yes, no) == (counted(app, received="yes"), counted(app, received="no"))
    assert yes + no == all_of_them == 12


def test_corrections_in_opposite_directions_do_not_wait_for_each_other(app: Flask, made: MadeRound) -> None:
    set_quotas(app, made, *(WantedQuota(None, {"received": answer}, 99) for answer in ("yes", "no")))
    forms = [Submission(uuid.uuid4(), made.strata[0].id, ANSWERS | (YES if n % 2 else {})) for n in range(12)]
    with app.app_context():
        author_id = make_user(db.session).id
        for form in forms:
            submit(db.session.get(Survey, made.survey.id), form)

    def turn(form: Submission) -> Callable[[], None]:
        answers = ANSWERS if form.answers["received"] == "yes" else ANSWERS | YES

        def deed() -> None:
            response = db.session.get(Response, form.response_id)
            correct(response, answers, db.session.get(User, author_id), "nhập nhầm")

        return deed

    at_once(app, [*map(turn, forms), *(one_answer(made) for _ in range(6))])
    assert taken(app) == [counted(app, received="yes"), counted(app, received="no")] == [6, 12]


def test_a_quota_set_while_answers_come_in_misses_none_of_them(app: Flask, made: MadeRound) -> None:
    def set_quota() -> str:
        add_quotas(locked(Survey, made.survey.id), [WantedQuota(None, {"received": "no"}, 15)])
        db.session.commit()
        return "set"

    people = [one_answer(made, place=number % 3) for number in range(30)]
    at_once(app, [*people[:15], set_quota, *people[15:]])
    assert taken(app) == [counted(app, received="no")]
    assert Counter(at_once(app, [one_answer(made) for _ in range(16)])).keys() <= {"stored", "full"}
    assert taken(app) == [counted(app, received="no")]


def test_one_form_sent_by_two_doors_at_once_is_stored_once(app: Flask, made: MadeRound) -> None:
    """The browser sends what it kept, while the person presses the button."""
    set_quotas(app, made, WantedQuota(None, {}, 99))
    for number in range(6):
        key, form = f"key {number}", Submission(uuid.uuid4(), made.strata[0].id, ANSWERS)
        with app.app_context():
            stratum = db.session.get(Stratum, made.strata[0].id)
            open_draft(db.session.get(Survey, made.survey.id), key, stratum).answers = ANSWERS
            db.session.commit()

        def kept(form: Submission = form, key: str = key) -> Outcome:
            return submit(db.session.get(Survey, made.survey.id), form, draft_hash=key)

        def pressed(form: Submission = form, key: str = key) -> Outcome:
            return submit_draft(db.session.get(Survey, made.survey.id), key, form.response_id)

        outcomes = at_once(app, [kept, pressed, kept, pressed])
        assert sorted(outcome.repeated for outcome in outcomes) == [False, True, True, True]
    assert taken(app) == [6]
    assert count(app, Draft) == 0


# Several units in one sitting


@pytest.fixture
def sittings(app: Flask) -> MadeRound:
    """Everybody rates all three agencies."""
    service = {"code": "service", "title": SMALL_QUESTIONNAIRE["title"], "questions": []}
    rating = {
        "code": "overall",
        "kind": "scale",
        "scale": "satisfaction3",
        "unit_of_rating": "agency",
        "text": SMALL_QUESTIONNAIRE["title"],
    }
    asked = {**SMALL_QUESTIONNAIRE, "code": "sitting", "sections": [{**service, "questions": [rating]}]}
    with app.app_context():
        made = make_round(db.session, questionnaire=asked, codes_each=0)
        made.survey.rates = "several"
        db.session.commit()
        for row in (made.survey, *made.units, *made.strata):
            db.session.refresh(row)
        db.session.expunge_all()
        return made


def sitting(app: Flask, made: MadeRound) -> Callable[[], tuple[str, tuple[int, ...]]]:
    """Somebody who rates all the agencies and sends that."""
    with app.app_context():
        survey = db.session.get(Survey, made.survey.id)
        rows = {item.code: "high" for item in asked_of(survey).items()}
    form = Submission(uuid.uuid4(), None, rows)

    def send() -> tuple[str, tuple[int, ...]]:
        try:
            return "stored", submit(db.session.get(Survey, made.survey.id), form).left_out
        except QuotaFull:
            return "full", ()

    return send


def test_a_sitting_leaves_out_the_agencies_that_have_enough(app: Flask, sittings: MadeRound) -> None:
    first, second, third = (stratum.id for stratum in sittings.strata)
    set_quotas(
        app, sittings, *(WantedQuota(each, {}, most) for each, most in ((third, 4), (first, 1), (second, 2)))
    )
    outcomes = at_once(app, [sitting(app, sittings) for _ in range(8)])
    assert Counter(outcomes) == {
        ("stored", ()): 1,
        ("stored", (first,)): 1,
        ("stored", (first, second)): 2,
        ("full", ()): 4,
    }
    assert taken(app) == [4, 1, 2]
    for stratum_id, stored in ((first, 1), (second, 2), (third, 4)):
        assert count(app, Response, stratum_id=stratum_id) == stored


def test_a_sitting_sent_again_is_met_by_its_own_id_whatever_was_left_out(
    app: Flask, sittings: MadeRound
) -> None:
    set_quotas(app, sittings, WantedQuota(sittings.strata[0].id, {}, 1))
    at_once(app, [sitting(app, sittings)])
    again = sitting(app, sittings)
    assert at_once(app, [again]) == [("stored", (sittings.strata[0].id,))]
    assert at_once(app, [again] * 4) == [("stored", ())] * 4
    assert count(app, Response) == 3 + 2
