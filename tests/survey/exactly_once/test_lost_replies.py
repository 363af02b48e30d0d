"""The answers are stored, the reply is lost on the way: whoever tries again meets the same thanks."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from survey.models import Draft, Invitation, Response, ResponseVersion
from tests.survey.citizen import Citizen
from tests.survey.exactly_once.racing import about_to_send, count, kept_by
from tests.survey.respond.surveyed import Round, says

RECORD = {"received": "no", "visits": 2, "polite": "high", "clear": "dont_know", "improve": ["time"]}
RECORD["comment"] = "Cảm ơn"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
DROPPED = (ConnectionError, http.client.HTTPException)


class CutsReplies:
    """The application behind a line that breaks: the first `cuts` replies are made, and never arrive."""

    def __init__(self, app: Flask, cuts: int) -> None:
        self.app, self.cuts, self.statuses = app, cuts, []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def note_and_start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            self.statuses.append(int(status[:3]))
            return start_response(status, headers, *rest)

        reply = self.app(environ, note_and_start)
        if len(self.statuses) <= self.cuts:
            b"".join(reply)
            reply.close()
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            return []
        return reply


@pytest.fixture
def line(app: Flask) -> Iterator[CutsReplies]:
    line = CutsReplies(app, cuts=2)
    server = make_server("127.0.0.1", 0, line, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    line.server = server
    yield line
    server.shutdown()
    thread.join()
    server.server_close()


def send(
    server: BaseWSGIServer, path: str, body: str, kind: str, cookies: str = ""
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("POST", path, body, {"Content-Type": kind, "Cookie": cookies})
        reply = connection.getresponse()
        reply.body = reply.read()
        return reply
    finally:
        connection.close()


def press(line: CutsReplies, person: Citizen) -> http.client.HTTPResponse:
    """The button of the check, from this person's browser, over the line."""
    cookies = "; ".join(f"{each.key}={each.value}" for each in person.client._cookies.values())
    return send(line.server, f"/k/{person.slug}/check", urlencode(person.hidden), FORM, cookies)


@pytest.mark.parametrize("comes_with", ["open link", "personal code"])
def test_a_form_sent_by_its_pages_again_and_again_is_stored_once(
    app: Flask, line: CutsReplies, comes_with: str
) -> None:
    a_round = Round(app)
    entry = {"open link": {"unit": a_round.units[0]}, "personal code": {"code": a_round.codes[0][0]}}
    person = about_to_send(app, a_round.slug, **entry[comes_with])
    for _ in range(2):
        with pytest.raises(DROPPED):
            press(line, person)
        assert a_round.answers() == RECORD
    assert press(line, person).headers["Location"] == f"/k/{a_round.slug}/thanks"
    assert line.statuses == [303] * 3
    assert count(app, Response) == count(app, ResponseVersion) == 1
    assert count(app, Invitation, used=True) == (comes_with == "personal code")
    assert count(app, Draft) == 0


def test_what_the_browser_kept_is_sent_until_there_is_a_reply(app: Flask, line: CutsReplies) -> None:
    a_round = Round(app)
    message = json.dumps(kept_by(about_to_send(app, a_round.slug, code=a_round.codes[0][0])))
    for _ in range(2):
        with pytest.raises(DROPPED):
            send(line.server, f"/k/{a_round.slug}/outbox", message, JSON)
        assert a_round.answers() == RECORD
    replies = [send(line.server, f"/k/{a_round.slug}/outbox", message, JSON) for _ in range(2)]
    assert [json.loads(reply.body)["state"] for reply in replies] == ["stored"] * 2
    assert replies[0].body == replies[1].body
    assert count(app, Response) == count(app, ResponseVersion) == count(app, Invitation, used=True) == 1
    assert count(app, Draft) == 0


def test_after_a_lost_reply_the_browser_sends_by_the_other_way(app: Flask, line: CutsReplies) -> None:
    a_round = Round(app)
    person = about_to_send(app, a_round.slug, unit=a_round.units[0])
    message = json.dumps(kept_by(person))
    with pytest.raises(DROPPED):
        press(line, person)
    with pytest.raises(DROPPED):
        send(line.server, f"/k/{a_round.slug}/outbox", message, JSON)
    assert json.loads(send(line.server, f"/k/{a_round.slug}/outbox", message, JSON).body)["state"] == "stored"
    assert press(line, person).status == 303
    assert count(app, Response) == count(app, ResponseVersion) == 1
    assert a_round.answers() == RECORD


def test_who_opens_the_survey_again_instead_is_told_that_it_was_sent(app: Flask, line: CutsReplies) -> None:
    a_round = Round(app)
    with_code = about_to_send(app, a_round.slug, code=a_round.codes[0][0])
    by_link = about_to_send(app, a_round.slug, unit=a_round.units[0])
    for person in (with_code, by_link):
        with pytest.raises(DROPPED):
            press(line, person)
        person.open(f"/k/{a_round.slug}/check")
    assert says(with_code, "được lưu và tính một lần")
    assert says(by_link, "đã được gửi, từ máy này hoặc từ một thiết bị khác")
    assert count(app, Response) == 2
