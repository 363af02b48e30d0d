"""What a tampered browser sends as JSON: stored as meant once, or refused in words, and never a failure."""

from __future__ import annotations

import json
from typing import Any

import pytest

from survey.models import Response, ResponseVersion
from tests.survey.citizen import Citizen
from tests.survey.hostile.strings import A_FEW, ENDLESS, MEGABYTE, STRINGS, Hostile
from tests.survey.hostile.test_answers import EVERYWHERE, kept_of
from tests.survey.pages import Page
from tests.survey.respond.surveyed import Round

DEEP = 100_000


@pytest.fixture(params=A_FEW, ids=lambda each: each.name)
def hostile(request: pytest.FixtureRequest) -> Hostile:
    return request.param


@pytest.fixture
def ticket(citizen: Citizen) -> str:
    citizen.answer(word="x")
    (given,) = (each["data-kept"] for each in Page(citizen.page.text).named("div") if "data-kept" in each)
    return json.loads(given)["ticket"]


def send(citizen: Citizen, body: str | bytes) -> Any:
    return citizen.client.post(f"/k/{citizen.slug}/outbox", data=body, content_type="application/json")


def test_texts_are_stored_as_meant(citizen: Citizen, a_round: Round, ticket: str, hostile: Hostile) -> None:
    reply = send(citizen, json.dumps({"ticket": ticket, "answers": {"story": [hostile.raw]}}))
    assert reply.json["state"] == "stored"
    assert a_round.answers(ResponseVersion) == ({"story": hostile.lines} if hostile.lines else {})


def test_faults_are_named_at_their_places(citizen: Citizen, a_round: Round, ticket: str) -> None:
    for hostile in filter(lambda each: each.line, STRINGS):
        texts = {item: [hostile.raw] for item in EVERYWHERE}
        reply = send(citizen, json.dumps({"ticket": ticket, "answers": texts}))
        assert reply.status_code == 422, hostile.name
        places = {fault["place"] for fault in reply.json["faults"]}
        assert places, hostile.name
        assert places <= set(EVERYWHERE) - set(kept_of(hostile)), hostile.name
        assert all(fault["sentence"] for fault in reply.json["faults"])
    assert a_round.count(Response) == 0


def test_all_of_them_arrive(citizen: Citizen, a_round: Round, ticket: str) -> None:
    raw = "\n".join(each.raw for each in STRINGS)
    assert send(citizen, json.dumps({"ticket": ticket, "answers": {"story": [raw]}})).status_code == 200
    stored = a_round.answers(ResponseVersion)["story"]
    assert all(each.lines in stored for each in STRINGS)


@pytest.mark.parametrize("half", ["\\ud800", "\\udfff\\ud800", "a\\ud83dz"])
def test_halves_of_characters_are_dropped(citizen: Citizen, a_round: Round, ticket: str, half: str) -> None:
    body = f'{{"ticket": "{ticket}", "answers": {{"story": ["m\u1ed9t {half}"], "{half}": ["x"]}}}}'
    assert send(citizen, body.encode()).json["state"] == "stored"
    assert a_round.answers(ResponseVersion)["story"].startswith("một")


@pytest.mark.parametrize(
    "answers",
    [
        "[]",
        "null",
        '"story"',
        "1e309",
        "NaN",
        '{"story": "x"}',
        '{"story": [1]}',
        '{"story": [null]}',
        '{"story": [["x"]]}',
        '{"story": {"0": "x"}}',
        '{"story": ["a\\u0000b"]}',
        '{"count": [Infinity]}',
        '{"count": [' + "9" * 5_000 + "]}",
        "[" * DEEP + "]" * DEEP,
        '{"story":' * DEEP + "1" + "}" * DEEP,
    ],
    ids=lambda text: text[:16],
)
def test_another_shape_is_refused_in_words(
    citizen: Citizen, a_round: Round, ticket: str, answers: str
) -> None:
    reply = send(citizen, f'{{"ticket": "{ticket}", "answers": {answers}}}')
    assert (reply.status_code, reply.json["state"]) == (400, "unreadable")
    assert "không" in reply.json["message"].lower()
    assert a_round.count(Response) == 0


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "0", '"x"', "[" * DEEP, b"\xff\xfe\x00", b"\xed\xa0\x80", "\ufeff{}"]
)
def test_what_is_no_json_is_refused_in_words(citizen: Citizen, body: str | bytes) -> None:
    reply = send(citizen, body)
    assert (reply.status_code, reply.json["state"]) == (400, "unreadable")


def test_a_ticket_is_ours_or_none(citizen: Citizen) -> None:
    for hostile in STRINGS:
        for ticket in (hostile.raw, [hostile.raw], {hostile.raw: 1}):
            reply = send(citizen, json.dumps({"ticket": ticket, "answers": {}}))
            assert (reply.status_code, reply.json["state"]) == (400, "unreadable"), hostile.name
    assert send(citizen, '{"ticket": "\\ud800", "answers": {}}').status_code == 400


@pytest.mark.parametrize("name", ENDLESS)
def test_a_text_without_end_is_refused_or_cut(citizen: Citizen, ticket: str, name: str) -> None:
    reply = send(citizen, json.dumps({"ticket": ticket, "answers": {"story": [ENDLESS[name]]}}))
    assert reply.json["state"] == ("stored" if name == "marks without end" else "refused")
    assert len(reply.text) < 2_000


def test_many_texts_and_many_fields_are_no_failure(citizen: Citizen, a_round: Round, ticket: str) -> None:
    texts = {f"item{number}": ["x"] for number in range(10_000)}
    reply = send(citizen, json.dumps({"ticket": ticket, "answers": {**texts, "some": ["time"] * 10_000}}))
    assert reply.json["state"] == "stored"
    assert a_round.answers(ResponseVersion) == {"some": ["time"]}


def test_more_than_the_server_reads_is_refused(citizen: Citizen, a_round: Round, ticket: str) -> None:
    reply = send(citizen, json.dumps({"ticket": ticket, "answers": {"story": ["x" * (5 * MEGABYTE)]}}))
    assert reply.status_code in (400, 413)
    assert a_round.count(Response) == 0
