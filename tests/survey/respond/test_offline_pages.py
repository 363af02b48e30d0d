"""What a browser is given to go on without a connection: the whole form, the worker, its own answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

from survey.models import Draft, Response
from tests.survey.citizen import Citizen
from tests.survey.pages import Page
from tests.survey.respond.surveyed import RECORD, SERVICE, VISIT, Round


def kept(citizen: Citizen) -> dict[str, Any]:
    """What the page shown gives the browser to keep."""
    (given,) = (each["data-kept"] for each in Page(citizen.page.text).named("div") if "data-kept" in each)
    return json.loads(given)


def form(citizen: Citizen, language: str = "vi", **headers: str) -> Any:
    return citizen.client.get(f"/k/{citizen.slug}/form?language={language}", headers=headers)


def test_a_page_of_questions_gives_the_answers_stored_and_the_permission_to_send_them(
    citizen: Citizen, a_round: Round
) -> None:
    citizen.answer(**VISIT)
    given = kept(citizen)
    assert given["answers"] == {"received": ["no"], "visits": ["2"]}
    assert (given["slug"], given["unit"], given["page"]) == (a_round.slug, a_round.unit_names[1], 3)
    texts = given["answers"] | {"polite": ["high"], "clear": ["high"]}
    sent = citizen.client.post(
        f"/k/{a_round.slug}/outbox", json={"ticket": given["ticket"], "answers": texts}
    )
    assert sent.json["state"] == "stored"
    assert (a_round.count(Response), a_round.count(Draft)) == (1, 0)


def test_the_check_gives_them_too_and_the_thanks_take_them_away(citizen: Citizen) -> None:
    citizen.answer_all(VISIT, SERVICE, {})
    citizen.open(f"/k/{citizen.slug}/check")
    assert set(kept(citizen)["answers"]) == {"received", "visits", "polite", "clear", "improve"}
    citizen.send()
    assert kept(citizen) == {"slug": citizen.slug, "mark": ""}


def test_a_shared_device_is_given_nothing(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    citizen = newcomer()
    citizen.start(a_round.units[0], shared="1")
    citizen.answer(**VISIT)
    assert kept(citizen) == {"slug": a_round.slug, "mark": ""}
    assert form(citizen).status_code == 302


def test_the_form_holds_every_question_and_nothing_of_the_person(citizen: Citizen) -> None:
    citizen.answer(received="no", visits="17")
    mark = kept(citizen)["mark"]
    reply = form(citizen)
    assert {each["name"] for each in Page(reply.text).named("input", "textarea") if "name" in each} == {
        *RECORD,
        "late",
        "visited_on",
        "reason",
    }
    assert not any(text in reply.text for text in (mark, "csrf", 'value="17"', "checked"))
    assert "Set-Cookie" not in reply.headers


def test_the_form_is_the_same_for_everybody_and_fetched_once(
    citizen: Citizen, newcomer: Callable[[], Citizen], a_round: Round
) -> None:
    other = newcomer()
    other.start(a_round.units[0])
    first = form(citizen)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert form(other).text == first.text
    again = form(citizen, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.text) == (304, "")


def test_the_form_speaks_the_language_asked_for(citizen: Citizen) -> None:
    assert '<html lang="en"' in (english := form(citizen, "en").text)
    assert "Have you received the result?" in english
    assert "This question needs an answer." in english
    assert "Ông/Bà đã nhận kết quả chưa?" in form(citizen, "vi").text
    assert '<html lang="vi"' in form(citizen, "xx").text


def test_the_form_takes_no_message_meant_for_the_next_page(citizen: Citizen) -> None:
    with citizen.client.session_transaction() as session:
        session["_flashes"] = [("message", "Xin chào")]
    assert "Xin chào" not in form(citizen).text
    assert "Xin chào" in citizen.open(f"/k/{citizen.slug}/1").text


def test_the_form_carries_what_the_answers_must_keep_to(citizen: Citizen) -> None:
    pages = [each for each in Page(form(citizen).text).named("div") if "data-rules" in each]
    rules = json.loads(pages[0]["data-rules"])
    assert rules["received"] == {"required": True}
    assert rules["visits"]["message"] == "Số lần từ 0 đến 30."
    assert rules["visits"]["constraint"][0] == "and"
    assert json.loads(pages[1]["data-relevant"]) == ["=", ["$", "late"], "yes"]


def test_only_who_is_answering_gets_the_form(newcomer: Callable[[], Citizen], citizen: Citizen) -> None:
    assert form(newcomer()).location.endswith(f"/k/{citizen.slug}")
    citizen.answer_all(VISIT, SERVICE, {})
    citizen.send()
    assert form(citizen).location.endswith("/thanks")


def test_the_form_stays_legible_after_the_survey_was_closed(citizen: Citizen, a_round: Round) -> None:
    a_round.change(state="closed")
    assert form(citizen).status_code == 200


def test_one_question_a_page_makes_as_many_pages(citizen: Citizen, a_round: Round) -> None:
    a_round.change(page_by="question")
    assert len(re.findall(r'data-view="page-\d+"', form(citizen).text)) == 9


def test_the_worker_is_one_file_asked_for_each_time(client: FlaskClient) -> None:
    reply = client.get("/service-worker.js")
    assert reply.mimetype == "text/javascript"
    assert reply.headers["Cache-Control"] == "no-cache"
    assert all(word in reply.text for word in ("globalThis.Store", "globalThis.Outbox", '"fetch"'))
