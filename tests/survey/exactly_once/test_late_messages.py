"""What a browser kept arrives late, or twice: what was stored is told as stored, and nothing comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.collection import discard_drafts, expire_answers, reject, withdraw
from survey.collection.quota_setting import WantedQuota, add_quotas
from survey.db import db, today
from survey.fieldwork.blueprint import locked
from survey.models import Draft, Quota, Response, ResponseVersion, Survey
from tests.survey.citizen import Citizen
from tests.survey.exactly_once.racing import about_to_send, at_once, count, kept_by, sending_kept
from tests.survey.factory import make_user
from tests.survey.respond.surveyed import Round
from tests.survey.sittings import make_sitting, rows_at

STORED = (200, "stored")
OTHERS_STORED = (409, "used")


@pytest.fixture
def a_round(app: Flask) -> Round:
    made = Round(app)
    made.change(withdrawable=True)
    return made


def a_message(app: Flask, a_round: Round) -> dict[str, Any]:
    return kept_by(about_to_send(app, a_round.slug, unit=a_round.units[0]))


def states(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Response.state)))


def taken_back(survey: Survey, response: Response) -> None:
    assert withdraw(survey, response.id)


def kept_long_enough(survey: Survey, response: Response) -> None:
    survey.keep_until = today() - timedelta(1)
    db.session.commit()
    assert expire_answers(today()) == 1


def left_out_by_staff(survey: Survey, response: Response) -> None:
    reject(response, make_user(db.session, "supervisor"), "phiếu thử")


def closed(survey: Survey, response: Response) -> None:
    survey.state = "closed"
    db.session.commit()


def paused(survey: Survey, response: Response) -> None:
    survey.state = "paused"
    db.session.commit()


def over_and_cleaned_up(survey: Survey, response: Response) -> None:
    survey.closes_on = today() - timedelta(1)
    db.session.commit()
    discard_drafts()


AFTERWARDS = {
    taken_back: "withdrawn",
    kept_long_enough: "expired",
    left_out_by_staff: "rejected",
    closed: "accepted",
    paused: "accepted",
    over_and_cleaned_up: "accepted",
}


@pytest.mark.parametrize("happens", AFTERWARDS)
def test_a_repetition_is_told_the_truth_and_changes_nothing(app: Flask, a_round: Round, happens: Any) -> None:
    send = sending_kept(app, a_round.slug, a_message(app, a_round))
    assert send() == STORED
    with app.app_context():
        happens(db.session.get(Survey, a_round.survey_id), db.session.scalars(sa.select(Response)).one())
    before = a_round.answers()
    assert before == {} if AFTERWARDS[happens] in ("withdrawn", "expired") else before
    told = (410, "withdrawn") if before == {} else STORED
    assert at_once(app, [send] * 4) == [told] * 4
    assert states(app) == [AFTERWARDS[happens]]
    assert a_round.answers() == before
    assert (count(app, ResponseVersion), count(app, Draft)) == (1, 0)


@pytest.mark.parametrize(("state", "told"), [("closed", (410, "closed")), ("paused", (403, "paused"))])
def test_what_never_arrived_in_time_is_not_told_as_stored(
    app: Flask, a_round: Round, state: str, told: tuple[int, str]
) -> None:
    """And its draft is still there: a survey that goes on takes it."""
    send = sending_kept(app, a_round.slug, a_message(app, a_round))
    a_round.change(state=state)
    assert at_once(app, [send] * 3) == [told] * 3
    assert (count(app, Response), count(app, Draft)) == (0, 1)
    a_round.change(state="open")
    assert [send(), send()] == [STORED] * 2
    assert (count(app, Response), count(app, Draft)) == (1, 0)


def test_a_withdrawal_while_the_browser_repeats_brings_nothing_back(app: Flask, a_round: Round) -> None:
    send = sending_kept(app, a_round.slug, a_message(app, a_round))
    send()
    with app.app_context():
        response_id = db.session.scalars(sa.select(Response.id)).one()

    def take_back() -> tuple[int, str]:
        assert withdraw(db.session.get(Survey, a_round.survey_id), response_id)
        return STORED

    told = set(at_once(app, [send, send, take_back, send, send]))
    assert STORED in told <= {STORED, (410, "withdrawn")}
    assert (states(app), a_round.answers()) == (["withdrawn"], {})


def test_a_repetition_takes_no_second_place_of_a_quota(app: Flask, a_round: Round) -> None:
    first, late = a_message(app, a_round), a_message(app, a_round)
    with app.app_context():
        add_quotas(locked(Survey, a_round.survey_id), [WantedQuota(None, {"received": "no"}, 1)])
        db.session.commit()
    sent = sending_kept(app, a_round.slug, first)
    assert at_once(app, [sent] * 6) == [STORED] * 6
    assert sending_kept(app, a_round.slug, late)() == (403, "full")
    assert sent() == STORED
    with app.app_context():
        assert db.session.scalars(sa.select(Quota.taken)).one() == 1
    assert count(app, Response) == 1


# Several units in one sitting


@pytest.fixture
def sitting(app: Flask) -> Round:
    return make_sitting(app, units=3)


def two_versions(app: Flask, sitting: Round) -> tuple[dict[str, Any], dict[str, Any]]:
    """What one deputy's browser kept when one agency was rated, and a moment later, with the second rated."""
    deputy = Citizen(app.test_client(), sitting.slug)
    deputy.start()
    rows = []
    for _ in range(2):
        rows.append(rows_at(deputy.page.text))
        deputy.answer(**{rows[-1][0]: "good"})
    deputy.answer(comment="")
    deputy.open(f"/k/{sitting.slug}/check")
    return kept_by(deputy), kept_by(deputy, **{rows[0][1]: "fair", rows[1][1]: "poor"})


@pytest.mark.parametrize("first", [0, 1])
def test_a_sitting_sent_twice_with_other_units_rated_is_stored_as_it_came_first(
    app: Flask, sitting: Round, first: int
) -> None:
    versions = two_versions(app, sitting)
    sent, repeated = (sending_kept(app, sitting.slug, versions[place]) for place in (first, 1 - first))
    assert sent() == STORED
    assert at_once(app, [repeated, sent, repeated, sent]) == [OTHERS_STORED, STORED] * 2
    assert units_stored(app) == sitting.units[: first + 1]
    assert count(app, Draft) == 0


def test_two_versions_of_a_sitting_at_once_are_not_mixed(app: Flask, sitting: Round) -> None:
    deeds = [sending_kept(app, sitting.slug, message) for message in two_versions(app, sitting)]
    told = at_once(app, deeds * 3)
    first = told.index(STORED)
    assert told == [STORED if place == first else OTHERS_STORED for place in (0, 1)] * 3
    assert units_stored(app) == sitting.units[: first + 1]
    with app.app_context():
        raters = db.session.scalars(sa.select(Response.psu)).all()
        versions = db.session.scalars(sa.select(ResponseVersion.response_id)).all()
        assert len(set(raters)) == 1
        assert sorted(versions) == sorted(db.session.scalars(sa.select(Response.id)))


def units_stored(app: Flask) -> list[str]:
    with app.app_context():
        return sorted(response.unit.code for response in db.session.scalars(sa.select(Response)))
