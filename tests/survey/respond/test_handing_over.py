"""What was answered without a connection reaches the draft before the form is finished."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from survey.db import db
from survey.models import Draft, Quota, Response
from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import SERVICE, VISIT, Round
from tests.survey.respond.test_offline_pages import kept
from tests.survey.respond.test_statistics import pages_of, sums

Texts = dict[str, list[str]]


def hand_over(citizen: Citizen, ticket: Any, answers: Any, **more: Any) -> TestResponse:
    return citizen.client.post(
        f"/k/{citizen.slug}/draft", json={"ticket": ticket, "answers": answers, **more}
    )


@pytest.fixture
def ticket(citizen: Citizen) -> str:
    return kept(citizen)["ticket"]


def test_what_is_handed_over_stands_on_the_pages(citizen: Citizen, ticket: str, a_round: Round) -> None:
    reply = hand_over(citizen, ticket, {"received": ["no"], "visits": [" 2 "]})
    assert reply.json == {
        "state": "saved",
        "answers": {"received": ["no"], "visits": ["2"]},
        "revision": kept(citizen)["revision"] + 1,
        "refused": [],
        "overwritten": False,
    }
    assert a_round.answers(Draft) == {"received": "no", "visits": 2}
    assert 'value="2"' in citizen.open(f"/k/{citizen.slug}/1").text


def test_only_what_is_sent_changes(citizen: Citizen, ticket: str, a_round: Round) -> None:
    citizen.answer(**VISIT)
    reply = hand_over(citizen, ticket, {"visits": [], "polite": ["high"]}, before={"visits": ["2"]})
    assert reply.json["overwritten"] is False
    assert reply.json["answers"] == {"received": ["no"], "polite": ["high"]}
    assert a_round.answers(Draft) == {"received": "no", "polite": "high"}


def test_an_answer_that_another_device_changed_meanwhile_is_told(citizen: Citizen, ticket: str) -> None:
    citizen.answer(**VISIT)
    reply = hand_over(citizen, ticket, {"visits": ["3"]}, before={"visits": ["1"]})
    assert reply.json["overwritten"] is True
    assert reply.json["answers"]["visits"] == ["3"]


def test_the_same_handed_over_twice_is_no_change(citizen: Citizen, ticket: str, a_round: Round) -> None:
    for _ in range(2):
        reply = hand_over(citizen, ticket, {"received": ["no"], "visits": ["2"]})
        assert (reply.json["state"], reply.json["overwritten"]) == ("saved", False)
    assert a_round.count(Draft) == 1


@pytest.mark.parametrize(("item", "text"), [("visits", "hai"), ("visits", "99"), ("received", "maybe")])
def test_what_cannot_be_kept_is_named_and_replaces_nothing(
    citizen: Citizen, ticket: str, a_round: Round, item: str, text: str
) -> None:
    citizen.answer(**VISIT)
    reply = hand_over(citizen, ticket, {item: [text], "comment": ["Tốt"]})
    assert reply.json["refused"] == [item]
    assert a_round.answers(Draft) == {"received": "no", "visits": 2, "comment": "Tốt"}


def test_an_item_of_no_form_takes_nothing_else_along(citizen: Citizen, ticket: str, a_round: Round) -> None:
    reply = hand_over(citizen, ticket, {"stranger": ["1"], "visits": ["2"]})
    assert (reply.json["refused"], a_round.answers(Draft)) == (["stranger"], {"visits": 2})


def test_nothing_is_kept_after_the_form_was_sent(citizen: Citizen, ticket: str, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE, {})
    citizen.send()
    reply = hand_over(citizen, ticket, {"visits": ["3"]})
    assert (reply.status_code, reply.json["state"]) == (409, "gone")
    assert (a_round.count(Draft), a_round.count(Response)) == (0, 1)
    assert a_round.answers()["visits"] == 2


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_a_survey_that_takes_nothing_says_so(
    citizen: Citizen, ticket: str, a_round: Round, state: str
) -> None:
    a_round.change(state=state)
    reply = hand_over(citizen, ticket, {"visits": ["3"]})
    assert (reply.status_code, reply.json["state"]) == (403, state)
    assert "chỉ có trên thiết bị này" in reply.json["message"]
    assert a_round.answers(Draft) == {}


def test_a_quota_that_is_full_is_told(app: Flask, citizen: Citizen, ticket: str, a_round: Round) -> None:
    with app.app_context():
        stratum_id = db.session.query(Draft).one().stratum_id
        db.session.add(Quota(survey_id=a_round.survey_id, stratum_id=stratum_id, answers={}, most=1, taken=1))
        db.session.commit()
    reply = hand_over(citizen, ticket, {"visits": ["3"]})
    assert reply.json["state"] == "saved"
    assert "đủ số phiếu" in reply.json["message"]
    assert a_round.answers(Draft) == {"visits": 3}


@pytest.mark.parametrize(
    "answers",
    [{"visits": "2"}, {"visits": ["\0"]}, ["visits"], None, {"visits": [2]}],
)
def test_what_no_form_of_ours_sends_is_refused(
    citizen: Citizen, ticket: str, a_round: Round, answers: Any
) -> None:
    reply = hand_over(citizen, ticket, answers)
    assert (reply.status_code, reply.json["state"]) == (400, "unreadable")
    assert a_round.answers(Draft) == {}


def test_only_a_ticket_of_ours_opens_the_draft(
    citizen: Citizen, newcomer: Callable[[], Citizen], ticket: str, a_round: Round
) -> None:
    for forged in ("", None, 7, ticket[:-2], {"secret": ticket}):
        assert hand_over(citizen, forged, {"visits": ["2"]}).status_code == 400
    assert hand_over(newcomer(), ticket, {"visits": ["2"]}).json["state"] == "saved"  # no cookie needed


def test_a_link_closed_since_opens_no_draft(citizen: Citizen, ticket: str, a_round: Round) -> None:
    a_round.change(open_link=False)
    assert hand_over(citizen, ticket, {"visits": ["2"]}).json["state"] == "gone"


def test_pages_handed_over_are_counted_once(app: Flask, citizen: Citizen, ticket: str) -> None:
    app.extensions["way_counts"].take()
    citizen.answer(**VISIT)
    hand_over(citizen, ticket, {"visits": ["3"], "polite": ["high"]})
    hand_over(citizen, ticket, {"clear": ["low"]})
    citizen.open(f"/k/{citizen.slug}/3")
    citizen.answer(**SERVICE)
    citizen.answer()  # the last page asks for nothing
    hand_over(citizen, ticket, {"comment": ["Tốt"]})
    assert pages_of(sums(app)) == {
        "saved section-1": 1,
        "reached section-3": 1,
        "saved section-3": 1,
        "reached section-4": 1,
        "saved section-4": 1,
        "reached section-check": 1,
    }
