"""Ten people key five hundred forms twice, all at once, while servers die, people leave and time passes."""

from __future__ import annotations

import datetime
import random
from collections import Counter

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.collection import Refused
from survey.collection.paper import (
    LEASE,
    Held,
    Plan,
    WantedBatch,
    claim,
    differences_of,
    finish,
    finishing,
    open_readings,
    print_batches,
    save_field,
    saving,
    settle,
)
from survey.collection.paper.locking import locked_reading
from survey.db import db, now
from survey.models import Batch, FormEvent, FormReading, PaperForm, Response, ResponseVersion, User
from tests.survey.exactly_once.racing import at_once
from tests.survey.factory import SMALL_QUESTIONNAIRE, make_round, make_user, words
from tests.survey.paper.room import LAYOUT

KEYERS, FORMS = 10, 500
DEATHS, LEAVES, LUNCHES = 0.03, 0.005, 0.02

TWO_QUESTIONS = {
    **SMALL_QUESTIONNAIRE,
    "code": "two",
    "sections": [
        {
            "code": "all",
            "title": words("Phiếu", "Form"),
            "questions": [
                {"code": "number", "kind": "integer", "required": True, "text": words("Số", "Number")},
                {"code": "word", "kind": "text", "required": True, "text": words("Chữ", "Word")},
            ],
        }
    ],
}


class Clock:
    """The time on the server, which jumps when everybody goes to lunch."""

    def __init__(self) -> None:
        self.passed = datetime.timedelta()

    def __call__(self) -> datetime.datetime:
        return now() + self.passed

    def lunch(self) -> None:
        self.passed += LEASE + datetime.timedelta(minutes=1)


class Left(Exception):
    """This person went home in the middle of a form."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (open_readings, saving, finishing):
        monkeypatch.setattr(module, "now", clock)
    return clock


class Keyer:
    """Somebody who keys whatever comes; what they saw is noted, to be checked afterwards."""

    def __init__(self, person_id: int, batch_id: int, clock: Clock, **mistakes: float) -> None:
        """`mistakes`: how often a first, and a second reading is wrong."""
        self.person_id, self.batch_id, self.clock, self.mistakes = person_id, batch_id, clock, mistakes
        self.chance = random.Random(person_id)
        self.seen: Counter[str] = Counter()
        self.finished: list[tuple[str, int]] = []

    def work(self) -> None:
        """Until nothing waits for this person, or they leave."""
        try:
            while any([self.key_one("first"), self.key_one("second")]):
                if self.chance.random() < LUNCHES:
                    self.clock.lunch()
        except Left:
            self.seen["left"] += 1

    def key_one(self, kind: str) -> bool:
        held = claim(self.batch_id, db.session.get(User, self.person_id), kind)
        if held is None:
            return False
        try:
            self.type_in(held)
            finish(held.reading_id, held.token)
            self.finished.append((kind, held.number))
        except Refused:  # it took too long, and somebody else has the form now
            self.seen["taken over"] += 1
        return True

    def type_in(self, held: Held) -> None:
        is_wrong = self.chance.random() < self.mistakes.get(held.kind, 0)
        word = "khác" if is_wrong else "đúng"
        for seq, (item, text) in enumerate((("number", str(held.number)), ("word", word)), start=1):
            if seq > held.seq:
                self.mishap(held)
                save_field(held.reading_id, held.token, item, [text], cursor=item, seq=seq)

    def mishap(self, held: Held) -> None:
        fate = self.chance.random()
        if fate < LEAVES:
            raise Left
        if fate < LEAVES + DEATHS:  # the server dies while it saves
            reading = locked_reading(held.reading_id)
            reading.answers, reading.seq = {"number": -1}, 99
            db.session.flush()
            db.session.remove()
            self.seen["died"] += 1


def print_forms(count: int, plan: Plan) -> int:
    """A batch of so many forms, by its id."""
    made = make_round(db.session, questionnaire=TWO_QUESTIONS, codes_each=0)
    wanted, person = [WantedBatch(made.strata[0].id, "all", count)], make_user(db.session)
    (batch,) = print_batches(made.survey, wanted, LAYOUT, language="vi", person=person, plan=plan)
    return batch.id


def test_no_form_is_keyed_twice_and_none_is_lost(app: Flask, clock: Clock) -> None:
    batch_id = print_forms(FORMS, Plan("all"))
    everybody: list[Keyer] = []
    supervisor_id = make_user(db.session, "supervisor").id
    while waiting(batch_id):
        shift = [Keyer(make_user(db.session).id, batch_id, clock, second=0.03) for _ in range(KEYERS)]
        db.session.remove()
        at_once(app, [keyer.work for keyer in shift])
        clock.lunch()
        everybody += shift
        assert len(everybody) < 50 * KEYERS, "forms stay behind that nobody is given"
    disputed = settle_all(batch_id, supervisor_id)

    finished = Counter(each for keyer in everybody for each in keyer.finished)
    assert finished == {(kind, number): 1 for kind in ("first", "second") for number in range(1, FORMS + 1)}
    check_the_tables(batch_id, FORMS)
    mishaps = sum((keyer.seen for keyer in everybody), Counter())
    assert mishaps["died"]
    assert mishaps["left"]
    assert db.session.query(FormEvent).filter_by(event="taken_over").count()
    assert disputed


def test_a_batch_is_sent_back_while_all_are_keying(app: Flask, clock: Clock) -> None:
    """Forms that were accepted after one reading are keyed again; their responses stay, and are corrected."""
    count = 60
    batch_id = print_forms(count, Plan("share", verify_share=30, error_limit=2))
    supervisor_id = make_user(db.session, "supervisor").id
    for wrong in (0.5, 0, 0):
        shift = [Keyer(make_user(db.session).id, batch_id, clock, first=wrong) for _ in range(KEYERS)]
        db.session.remove()
        at_once(app, [keyer.work for keyer in shift])
        clock.lunch()
        settle_all(batch_id, supervisor_id)
        db.session.remove()
    assert db.session.get(Batch, batch_id).rekey_all
    check_the_tables(batch_id, count)


def waiting(batch_id: int) -> int:
    open_states = PaperForm.state.not_in(("accepted", "disputed"))
    number = db.session.query(PaperForm).filter(PaperForm.batch_id == batch_id, open_states).count()
    db.session.remove()  # SQLite has one writer at a time, and this one is done
    return number


def settle_all(batch_id: int, supervisor_id: int) -> int:
    forms = db.session.scalars(sa.select(PaperForm).filter_by(batch_id=batch_id, state="disputed")).all()
    ids = [form.id for form in forms]
    for form_id in ids:
        assert [each.item for each in differences_of(db.session.get(PaperForm, form_id))] == ["word"]
        settle(form_id, "word", ["đúng"], db.session.get(User, supervisor_id))
    return len(ids)


def check_the_tables(batch_id: int, count: int) -> None:
    """Each form became one response that says what its own paper says, keyed by two different people."""
    rows = db.session.execute(
        sa.select(PaperForm.number, ResponseVersion.answers)
        .join(Response, Response.id == PaperForm.response_id)
        .join(Response.versions)
        .where(ResponseVersion.version == Response.version)
        .where(PaperForm.batch_id == batch_id, PaperForm.state == "accepted")
    ).all()
    assert sorted((number, answers["number"], answers["word"]) for number, answers in rows) == [
        (number, number, "đúng") for number in range(1, count + 1)
    ]
    assert db.session.query(Response).count() == count
    people: dict[int, list[int]] = {}
    for form_id, person_id in db.session.execute(sa.select(FormReading.form_id, FormReading.person_id)):
        people.setdefault(form_id, []).append(person_id)
    assert len(people) == count
    assert all(len(pair) == len(set(pair)) == 2 for pair in people.values())
