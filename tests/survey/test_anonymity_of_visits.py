"""Receipts, codes to go on with, dossiers, tickets and signals: none leads from a person to an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
import sqlalchemy as sa
from flask import Flask, current_app

from survey import codes
from survey.collection import Submission, find_draft, open_draft, save_answers, submit, submit_draft
from survey.db import db
from survey.models import Invitation, Kiosk, Mailing, MailRecipient, Response, Survey
from survey.respond.sending import ticket
from survey.respond.visit import Visit, new_visit
from tests.survey.factory import ANSWERS, MadeRound, make_round
from tests.survey.test_anonymity import ANSWERED, INVITED, values

EACH = 4
OTHER_KEY = "a key that somebody guessed, a key that somebody guessed"


@dataclass(frozen=True)
class People:
    """The visits of those who answered, by how they came; `tickets` are what their browsers held."""

    made: MadeRound
    openly: list[Visit]
    by_letter: list[Visit]
    by_dossier: list[Visit]
    tickets: list[str]

    @property
    def all(self) -> list[Visit]:
        return [*self.openly, *self.by_letter, *self.by_dossier]


@pytest.fixture(params=[True, False], ids=["withdrawable", "not withdrawable"])
def people(request: pytest.FixtureRequest, app: Flask) -> Iterator[People]:
    """People who came by every door and answered; somebody is still on the way, somebody awaits mail."""
    with app.test_request_context():
        made = make_round(db.session, units=1, codes_each=EACH)
        made.survey.withdrawable = request.param
        key = current_app.config["SECRET_KEY"]
        letters = [codes.normalise(code) for code in made.codes[0]]
        numbers = [codes.dossier_hash(f"H-{n}", made.survey.id, key) for n in range(EACH)]
        add_others(made, numbers)
        openly = [new_visit(made.survey) for _ in range(EACH)]
        by_letter = [
            new_visit(made.survey, letter, burns=codes.invitation_hash(letter, key)) for letter in letters
        ]
        by_dossier = [new_visit(made.survey, burns=number) for number in numbers]
        held = [answer(made, visit) for visit in (*openly, *by_letter, *by_dossier)]
        open_draft(made.survey, new_visit(made.survey).draft_hash, made.strata[0])
        yield People(made, openly, by_letter, by_dossier, held)


def add_others(made: MadeRound, numbers: list[str]) -> None:
    survey_id, stratum_id = made.survey.id, made.strata[0].id
    db.session.add_all(
        Invitation(survey_id=survey_id, stratum_id=stratum_id, kind="dossier", code_hash=number)
        for number in numbers
    )
    db.session.add(Kiosk(survey_id=survey_id, stratum_id=stratum_id, name="Quầy 1", key_hash="k" * 64))
    mailing = Mailing(survey_id=survey_id, subject="Mời", body="…", created_at=sa.func.now())
    db.session.add(mailing)
    db.session.flush()
    db.session.add(MailRecipient(mailing_id=mailing.id, stratum_id=stratum_id, address="a@example.vn"))
    db.session.commit()


def answer(made: MadeRound, visit: Visit) -> str:
    """Answer and send, as the pages do; returns the ticket that the browser held until then."""
    survey = db.session.get_one(Survey, made.survey.id)
    open_draft(survey, visit.draft_hash, made.strata[0])
    held = ticket.issue(survey, visit, find_draft(survey, visit.draft_hash))
    save_answers(survey, visit.draft_hash, list(ANSWERS), ANSWERS, "")
    submit_draft(
        survey, visit.draft_hash, visit.response_id, code_hash=visit.burns or None, flags=("fast", "burst")
    )
    return held


def everything() -> str:
    """All that stands in the database."""
    return "\n".join(
        str(tuple(row)) for table in db.metadata.sorted_tables for row in db.session.execute(sa.select(table))
    )


def test_no_column_of_one_side_meets_a_column_of_the_other(people: People) -> None:
    assert len(db.session.scalars(sa.select(Response)).all()) == 3 * EACH
    told, asked = values(*ANSWERED), values(*INVITED, Kiosk)
    few = {str(number) for number in range(100)}  # ids and counts of tables that hold nobody's answers
    met = {pair: told[pair[0]] & asked[pair[1]] - few for pair in product(told, asked)}
    assert not {pair: common for pair, common in met.items() if common}


def test_nothing_that_a_person_holds_stands_in_the_database(people: People) -> None:
    stored = everything()
    for visit in people.all:
        for held in (visit.secret, visit.receipt):
            assert held not in stored
            assert codes.printed(held) not in stored
    assert not any(held in stored for held in people.tickets)
    assert "H-1" not in stored


def test_no_code_makes_an_id_without_the_key(people: People) -> None:
    """Whoever holds every code, receipt and number, and the database, still lacks the key."""
    ids = set(db.session.scalars(sa.select(Response.id)))
    held = [text for visit in people.all for text in (visit.secret, visit.receipt)]
    assert not ids & {codes.response_id(text, OTHER_KEY) for text in held}


def test_not_even_the_key_makes_an_id_from_what_stands_on_a_list(people: People) -> None:
    """Letters and dossiers' numbers are on lists; receipts and codes to go on with are not."""
    key, ids = current_app.config["SECRET_KEY"], set(db.session.scalars(sa.select(Response.id)))
    listed = [visit.secret for visit in people.by_letter] + [f"H-{n}" for n in range(EACH)]
    listed += list(db.session.scalars(sa.select(Invitation.code_hash)))
    assert not ids & {codes.response_id(text, key) for text in listed}


def test_only_where_answers_can_be_withdrawn_does_a_receipt_lead_to_them(people: People) -> None:
    key, ids = current_app.config["SECRET_KEY"], set(db.session.scalars(sa.select(Response.id)))
    found = {codes.response_id(visit.receipt, key) for visit in people.all} & ids
    assert len(found) == (3 * EACH if people.made.survey.withdrawable else 0)


def test_no_transaction_wrote_one_person_on_both_sides(people: People) -> None:
    """By PostgreSQL's xmin: what shares the transaction of a response is a crowd, whatever door was used.
    SQLite notes no transactions, and row ids, which would tell the order, are in none of these tables.
    """
    if db.engine.dialect.name == "sqlite":
        for model in (*ANSWERED, Invitation, MailRecipient):
            with pytest.raises(sa.exc.OperationalError, match="no such column: rowid"):
                db.session.execute(sa.text(f"SELECT rowid FROM {model.__tablename__}"))
        return
    of_answers = set(db.session.scalars(sa.text("SELECT xmin::text FROM responses")))
    for model in INVITED:
        written = Counter(db.session.scalars(sa.text(f"SELECT xmin::text FROM {model.__tablename__}")))
        crowds = [number for writer, number in written.items() if writer in of_answers]
        assert all(number >= 2 * EACH for number in crowds), model.__tablename__


def test_signals_stand_with_the_answers_and_name_no_address(people: People) -> None:
    told = values(*ANSWERED)
    assert told["response_flags.response_id"] == told["responses.id"]
    assert told["response_flags.kind"] == {"fast", "burst"}


def test_a_form_from_an_outbox_leaves_no_more_behind(people: People) -> None:
    visit = new_visit(people.made.survey)
    submission = Submission(visit.response_id, people.made.strata[0].id, ANSWERS)
    submit(people.made.survey, submission, draft_hash=visit.draft_hash)
    stored = everything()
    assert visit.secret not in stored
    assert visit.receipt not in stored
