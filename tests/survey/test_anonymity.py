"""With the whole database in hand, nobody joins the codes that were used to the answers given with them."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, current_app

from survey import codes
from survey.collection import open_draft, save_answers, submit_draft
from survey.collection.invitations import COMPANIONS
from survey.db import db, now
from survey.models import (
    AuditEntry,
    Draft,
    Invitation,
    Mailing,
    MailRecipient,
    Response,
    ResponseFlag,
    ResponseVersion,
    WayCount,
)
from tests.survey.factory import ANSWERS, MadeRound, make_round

PEOPLE = 30
# What is shared on purpose: which survey, which stratum, and the day. All of it holds for many people.
SHARED = {"survey_id", "stratum_id", "unit_id", "received_on", "made_on", "version"}
ANSWERED = (Response, ResponseVersion, ResponseFlag)
INVITED = (Invitation, Draft, Mailing, MailRecipient, WayCount, AuditEntry)
NO_NAMES = {"None", "True", "False", ""}


@pytest.fixture
def made(app: Flask) -> Iterator[MadeRound]:
    """A round in which PEOPLE answered by code, in the order of `codes[0]`; comment "n" is of the n-th.

    Codes lie roughly as they were made, which must not be the order of answering: nobody answers by the list.
    """
    with app.app_context():
        made = make_round(db.session, units=1, codes_each=PEOPLE)
        random.shuffle(made.codes[0])
        for number, code in enumerate(made.codes[0]):
            answer_by_code(made, codes.normalise(code), ANSWERS | {"comment": str(number)})
        yield made


def answer_by_code(made: MadeRound, code: str, answers: dict[str, Any]) -> None:
    key = current_app.config["SECRET_KEY"]
    draft_hash, code_hash = codes.draft_hash(code, key), codes.invitation_hash(code, key)
    open_draft(made.survey, draft_hash, made.strata[0])
    save_answers(made.survey, draft_hash, list(answers), answers, "")
    submit_draft(made.survey, draft_hash, uuid.uuid4(), code_hash=code_hash)


def who_is_who(made: MadeRound) -> tuple[dict[uuid.UUID, int], dict[uuid.UUID, int]]:
    """The truth that the tables must hide: invitation → person, response → person."""
    key = current_app.config["SECRET_KEY"]
    person = {codes.invitation_hash(codes.normalise(code), key): n for n, code in enumerate(made.codes[0])}
    invitations = {each.id: person[each.code_hash] for each in db.session.scalars(sa.select(Invitation))}
    versions = db.session.scalars(sa.select(ResponseVersion))
    return invitations, {each.response_id: int(each.answers["comment"]) for each in versions}


def values(*models: type) -> dict[str, set[str]]:
    """Table and column → what stands in it, of all columns that are not shared on purpose."""
    return {
        f"{model.__tablename__}.{column.name}": set(map(str, db.session.scalars(sa.select(column))))
        - NO_NAMES
        for model in models
        for column in model.__table__.columns
        if column.name not in SHARED
    }


def test_no_column_of_the_codes_meets_a_column_of_the_answers(made: MadeRound) -> None:
    told, asked = values(*ANSWERED), values(Invitation)
    assert told["responses.id"]
    assert asked["invitations.code_hash"]
    assert not [pair for pair in product(told, asked) if told[pair[0]] & asked[pair[1]]]


def test_what_both_sides_share_says_nothing_about_one_person(made: MadeRound) -> None:
    for column in (Response.stratum_id, Response.received_on, ResponseVersion.made_on, Invitation.stratum_id):
        assert len(set(db.session.scalars(sa.select(column)))) == 1


def test_no_answer_tells_the_moment_it_was_given(made: MadeRound) -> None:
    """A correction does, which staff make; of what a person sent the database takes no moment."""
    assert set(db.session.scalars(sa.select(ResponseVersion.made_at))) == {None}
    with pytest.raises(sa.exc.IntegrityError, match="moment"):
        db.session.execute(sa.update(ResponseVersion).values(made_at=now()))
    db.session.rollback()


def test_no_draft_and_no_audit_entry_stays_behind(made: MadeRound) -> None:
    assert db.session.scalars(sa.select(Draft)).all() == db.session.scalars(sa.select(AuditEntry)).all() == []


def test_the_rows_of_the_codes_lie_in_no_order_of_answering(made: MadeRound) -> None:
    """Pairing the n-th row of the one table with the n-th of the other finds no more people than chance.

    Under chance one pair of 30 is right on average, and 8 or more in about one of 100,000 runs (a Poisson
    distribution of mean 1: 1.0e-5).
    """
    invitations, responses = who_is_who(made)
    for table, truth in ((Invitation.__table__, invitations), (Response.__table__, responses)):
        assert len(truth) == PEOPLE, table
    asked = [invitations[row] for row in stored_order(Invitation.__table__, "id")]
    for model, column in ((Response, "id"), (ResponseVersion, "response_id")):
        told = [responses[row] for row in stored_order(model.__table__, column)]
        assert sum(one == other for one, other in zip(asked, told, strict=True)) < 8
        assert abs(rank_correlation(asked, told)) < 0.75  # beyond 0.75 with n = 30: p < 1e-5


def stored_order(table: sa.Table, column: str) -> list[uuid.UUID]:
    """The rows as a bare SELECT of the database returns them, which is how they lie."""
    return list(db.session.scalars(sa.select(table.c[column])))


def rank_correlation(one: list[int], other: list[int]) -> float:
    """Spearman's rho of two orders of the numbers 0 … n−1 (no ties): 1 − 6 Σd² / (n (n² − 1))."""
    n = len(one)
    place = {person: position for position, person in enumerate(other)}
    squares = sum((position - place[person]) ** 2 for position, person in enumerate(one))
    return 1 - 6 * squares / (n * (n * n - 1))


def test_no_transaction_is_seen_to_have_written_both(made: MadeRound) -> None:
    """PostgreSQL tells which transaction wrote a row: many codes carry each, or none does. SQLite tells only
    in which order rows came, by row ids, and these tables have none.
    """
    if db.engine.dialect.name == "sqlite":
        for table in ("invitations", "responses"):
            with pytest.raises(sa.exc.OperationalError, match="no such column: rowid"):
                db.session.execute(sa.text(f"SELECT rowid FROM {table}"))
        return
    written = {
        table: Counter(db.session.scalars(sa.text(f"SELECT xmin::text FROM {table}")))
        for table in ("invitations", "responses")
    }
    assert len(written["responses"]) == PEOPLE <= COMPANIONS
    shared = written["invitations"].keys() & written["responses"].keys()
    assert [written["invitations"][writer] for writer in shared] == [PEOPLE]
